import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_OPTIONS } from "../../cli/compose/project-options";
import { INPUTS } from "../../provider/schema/inputs";

// A stranger who reads a message of the package must not meet arguments, flags or services of this product.

const folder = join(__dirname, "../../compose");
const signatures = readFileSync(join(folder, "arguments/signatures.ts"), "utf8");

/** The names of arguments that only this product has. Names of one word are words of Compose or of English. */
const ARGUMENTS = Object.keys(INPUTS).filter((name) => /[A-Z]/.test(name) && !signatures.includes(` ${name}:`));
const FLAGS = Object.keys(PROJECT_OPTIONS).map((name) => `--${name}`);
const OF_THIS_PRODUCT = new RegExp(
  `lyceum|pulumi|\\b(?:${ARGUMENTS.join("|")}|buckets?|the account|an account|a preview)\\b|(?<![\\w-])(?:${FLAGS.join("|")})\\b`,
  "i",
);

/** The texts of the package: everything but tests. */
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(?:ts|md|json)$/.test(path) && !path.endsWith(".test.ts"))
  .filter((path) => !path.split("/").some((part) => part === "testing" || part === "node_modules"));

test("no text of the package has a name of this product", () => {
  for (const text of ["npx pulumi-lyceum", "Set `composeRoot`", "(`--root`)", "the account's files"])
    expect(text).toMatch(OF_THIS_PRODUCT);
  expect(files.length).toBeGreaterThan(100);
  const found = files.flatMap((path) =>
    readFileSync(join(folder, path), "utf8")
      .split("\n")
      .flatMap((line, index) => (OF_THIS_PRODUCT.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
  expect(found).toEqual([]);
});
