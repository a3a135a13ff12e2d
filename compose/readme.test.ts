import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as reader from ".";
import * as project from "./project";
import * as wording from "./wording";

const readme = readFileSync(join(__dirname, "README.md"), "utf8");

/** Returns the names that the README imports from an entry point although the entry point does not export them. */
function missingIn(page: string, entry: string, exported: object): readonly string[] {
  const [, names = ""] = new RegExp(`import \\{ ([^}]+) \\} from "${entry}";`).exec(page) ?? [];
  return names.split(", ").filter((name) => !Object.hasOwn(exported, name));
}

test("the imports of the README are exported, and the folders that it names exist", () => {
  expect(missingIn('import { readCompose, planted } from "compose-reader";', "compose-reader", reader)).toEqual([
    "planted",
  ]);
  expect(missingIn(readme, "compose-reader", reader)).toEqual([]);
  expect(missingIn(readme, "compose-reader/project", project)).toEqual([]);
  expect(missingIn(readme, "compose-reader/wording", wording)).toEqual([]);
  const folders = [...readme.matchAll(/^\| `([a-z-]+)\/` \|/gm)].map(([, folder = ""]) => folder);
  expect(folders.length).toBeGreaterThan(5);
  for (const folder of folders) expect(() => readFileSync(join(__dirname, folder))).toThrow(/EISDIR/);
});
