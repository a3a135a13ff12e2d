import { readFileSync } from "node:fs";
import { join } from "node:path";
import { POLICY_WARNINGS, RULES, WHOLE_RULES } from "../../provider/policy";
import { CI_CATALOGUE, CiError } from "./catalogue";

const page = readFileSync(join(__dirname, "../../docs/reference/errors.md"), "utf8");

const rules = Object.values({ ...RULES, ...WHOLE_RULES, ...POLICY_WARNINGS }).map((rule) => [rule.code, rule] as const);

test.each([...Object.entries(CI_CATALOGUE), ...rules])(
  "%s is on the page of errors, with what to do",
  (code, { title, remedy }) => {
    const [, section = ""] = page.split(`\n### ${code}: ${title}\n`);
    expect(section.split("\n### ")[0]).toContain(remedy);
  },
);

test("an error says what happened and what to do", () => {
  expect(new CiError("LYC5001", "It is not there.").message).toBe(
    "LYC5001: It is not there. Run `npm install @pulumi/pulumi` in the folder of the Pulumi project.",
  );
});
