import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RULES, WHOLE_RULES } from "../../provider/policy";
import { parsePolicy } from "../../provider/policy/parse-policy";
import { referenceOf } from "../testing/reference";
import { ci } from "./ci";

const file = join(__dirname, "../../docs/reference/ci.md");
const update = process.env.UPDATE_GOLDEN === "1";

// The exit codes are left out, because the page has a separate table of them.
test("the page has every option; UPDATE_GOLDEN=1 writes them", () => {
  const page = readFileSync(file, "utf8");
  const head = "<!-- help: ci -->\n";
  const begin = page.indexOf(head) + head.length;
  const end = page.indexOf("\n## ", begin);
  const want = `\n${referenceOf("ci", { ...ci, closing: [] })}`;
  if (update) writeFileSync(file, `${page.slice(0, begin)}${want}\n${page.slice(end)}`);
  else expect(page.slice(begin, end).trimEnd()).toBe(want);
});

test("the policy of the page is valid, and has every key", () => {
  const page = readFileSync(file, "utf8").split("\n## Policy\n")[1] ?? "";
  const [, text = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const parsed = parsePolicy(text, "lyceum-policy.yaml");
  expect(parsed).toMatchObject({ kind: "policy" });
  for (const { code } of Object.values({ ...RULES, ...WHOLE_RULES })) expect(text).toContain(code);
  for (const key of Object.keys({ ...RULES, ...WHOLE_RULES })) expect(text).toContain(`${key}:`);
});
