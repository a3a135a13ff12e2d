import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

// `npm run mutate` is rarely called, so this test reports a path that a move of files has left behind in its groups.

const root = join(__dirname, "../..");
const groups = readFileSync(join(__dirname, "mutation-groups.mjs"), "utf8");
const LISTS = /\b(modules|tests): \[([^\]]*)\]/g;

const named = [...groups.matchAll(LISTS)].flatMap(([, list, paths = ""]) =>
  [...paths.matchAll(/"([^"]+)"/g)].map(([, path = ""]) => `${path}${list === "tests" ? ".test" : ""}.ts`),
);

test("the groups of `npm run mutate` name modules and tests", () => {
  expect(named).toContain("compose/project/merge/merge.ts");
  expect(named).toContain("compose/project/merge/merge.test.ts");
});

test.each([...new Set(named)])("%s exists", (path) => expect(existsSync(join(root, path))).toBe(true));
