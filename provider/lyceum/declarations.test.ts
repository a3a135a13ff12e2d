import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Programs may be checked with TypeScript 3.8, which cannot parse `import { type X }` in a declaration file; an
 * `import type` of its own it can.
 */
test("no import mixes types and values", () => {
  const mixed = readdirSync(__dirname, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    // No declaration of these is reached by a program.
    .filter((name) => !/^(?:contract|probe|testing)\b|\btesting\b/.test(name))
    .filter((name) => /(import|export) \{[^}]*\btype\b/.test(readFileSync(join(__dirname, name), "utf8")));
  expect(mixed).toEqual([]);
});
