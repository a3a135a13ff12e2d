import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = dirname(__dirname);

/** What a module takes as it is loaded, and whatever those take: an `import()` in a function is no part of it. */
function loaded(file: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const names = [
    ...readFileSync(file, "utf8").matchAll(/^(?:import|\} from|export .* from)\b.*?"([^"]+)";$|require\("([^"]+)"\)/gm),
  ];
  return names
    .map(([, imported, required]) => imported ?? required ?? "")
    .flatMap((name) =>
      name.startsWith(".")
        ? loaded(join(dirname(file), name), seen)
        : name.startsWith("node:")
          ? []
          : [`${relative(ROOT, file)} takes ${name}`],
    );
}

test("the commands of the README start in a clone where no package is installed: they install them", () => {
  const commands = ["tools/quickstart.mjs", "tools/test/test.mjs"].map((name) => join(ROOT, name));

  expect(commands.flatMap((command) => loaded(command))).toEqual([]);
});

test("a command that takes a package as it starts is found", () => {
  expect(loaded(join(ROOT, "tools", "release", "release-plugin.mjs"))).toContain(
    "tools/bundle/bundle.mjs takes esbuild",
  );
});
