import { readFileSync } from "node:fs";
import { join } from "node:path";
import { secretsIn } from "../../provider/secrets/testing/detector";
import { measure, tableOf, withTable } from "../../provider/secrets/testing/measure";

test("the page about secrets has the table of today; if not: npm run secrets -- --write", () => {
  const page = readFileSync(join(__dirname, "../../docs/explanation/secrets.md"), "utf8");
  expect(withTable(page, "| planted |")).not.toBe(page);
  expect(withTable(page, tableOf(measure(secretsIn)))).toBe(page);
});
