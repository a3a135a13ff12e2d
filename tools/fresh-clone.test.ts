import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const ROOT = dirname(__dirname);

/**
 * Returns the modules that Node loads together with a module, directly or indirectly. An `import()` in a function does
 * not count.
 */
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

test("the commands of the README start in a clone without installed packages, and install them", () => {
  const commands = ["tools/quickstart.mjs", "tools/test/test.mjs"].map((name) => join(ROOT, name));

  expect(commands.flatMap((command) => loaded(command))).toEqual([]);
});

test("finds a command that loads a package when it starts", () => {
  expect(loaded(join(ROOT, "tools", "release", "release-plugin.mjs"))).toContain(
    "tools/bundle/bundle.mjs takes esbuild",
  );
});
