import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RULES, WHOLE_RULES } from "../../provider/policy";
import { parsePolicy } from "../../provider/policy/parse-policy";
import { referenceOf } from "../testing/reference";
import { ci } from "./ci";
import { ENDINGS } from "./exit-codes";

const file = join(__dirname, "../../docs/reference/ci.md");
const update = process.env.UPDATE_GOLDEN === "1";

/** What stands in the page behind a comment, up to the next heading; UPDATE_GOLDEN=1 writes it. */
function holds(comment: string, want: string): void {
  const page = readFileSync(file, "utf8");
  const head = `<!-- ${comment} -->\n`;
  const begin = page.indexOf(head) + head.length;
  const end = page.indexOf("\n## ", begin);
  if (update) writeFileSync(file, `${page.slice(0, begin)}${want}\n${page.slice(end)}`);
  else expect(page.slice(begin, end).trimEnd()).toBe(want);
}

// Its exit codes have a table.
test("the page has every option", () => holds("help: ci", `\n${referenceOf("ci", { ...ci, closing: [] })}`));

test("the page has every exit code", () => {
  const rows = ENDINGS.map(({ code, when }) => `| ${code} | ${when} |`);
  holds("table: exit codes", ["", "| code | when |", "|--:|---|", ...rows].join("\n"));
});

test("the policy of the page is valid, and has every key", () => {
  const page = readFileSync(file, "utf8").split("\n## Policy\n")[1] ?? "";
  const [, text = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const parsed = parsePolicy(text, "lyceum-policy.yaml");
  expect(parsed).toMatchObject({ kind: "policy" });
  for (const { code } of Object.values({ ...RULES, ...WHOLE_RULES })) expect(text).toContain(code);
  for (const key of Object.keys({ ...RULES, ...WHOLE_RULES })) expect(text).toContain(`${key}:`);
});
