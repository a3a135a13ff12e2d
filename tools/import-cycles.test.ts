import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(__dirname, "..");

/** Modules by their paths, each with the modules that it imports, types included. */
type Imports = ReadonlyMap<string, readonly string[]>;

/** Every cycle of imports, as the modules that reach themselves; each is named once, from its first module in the alphabet. */
function cyclesIn(imports: Imports): string[] {
  const reached = (from: string): Set<string> => {
    const visited = new Set<string>();
    const open = [...(imports.get(from) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (visited.has(next)) continue;
      visited.add(next);
      open.push(...(imports.get(next) ?? []));
    }
    return visited;
  };
  const reach = new Map([...imports.keys()].map((module) => [module, reached(module)]));
  const cycles = [...reach].flatMap(([module, behind]) =>
    behind.has(module)
      ? [
          [...behind]
            .filter((other) => reach.get(other)?.has(module))
            .sort()
            .join(" ↔ "),
        ]
      : [],
  );
  return [...new Set(cycles)];
}

function importsUnder(folders: readonly string[]): Imports {
  const files = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.includes("node_modules"))
      .map((file) => join(root, folder, file)),
  );
  return new Map(files.map((file) => [relative(root, file), importsOf(file)]));
}

function importsOf(file: string): string[] {
  const specifiers = readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]*)"/g);
  return [...specifiers].flatMap(([, specifier = ""]) => {
    const path = join(dirname(file), specifier);
    const found = [`${path}.ts`, join(path, "index.ts")].find((candidate) => existsSync(candidate));
    return found === undefined ? [] : [relative(root, found)];
  });
}

test("a planted cycle is found", () => {
  const planted = new Map([
    ["a.ts", ["b.ts"]],
    ["b.ts", ["c.ts", "d.ts"]],
    ["c.ts", ["a.ts"]],
    ["d.ts", []],
  ]);
  expect(cyclesIn(planted)).toEqual(["a.ts ↔ b.ts ↔ c.ts"]);
});

test("no module imports itself by way of others", () => {
  const imports = importsUnder(["provider", "sdk", "cli", "emulator/src", "tests", "tools"]);
  expect([...imports.values()].flat().length).toBeGreaterThan(1000);
  expect(cyclesIn(imports)).toEqual([]);
});
