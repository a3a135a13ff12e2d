import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Policy, RULES, WHOLE_RULES } from "../../provider/policy";
import { CHECKED_KEYS } from "../../provider/policy/checked-keys";
import { POLICY_FIELDS } from "../../provider/policy/fields";
import { parsePolicy } from "../../provider/policy/parse-policy";
import { referenceOf } from "../testing/reference";
import { ci } from "./ci";
import { CI_EXIT_CODES } from "./exit-codes";
import { OPERATIONS } from "./options";

const file = join(__dirname, "../../docs/reference/ci.md");
const RULES_BY_KEY: Readonly<Record<keyof Policy, { readonly code: string; readonly by?: string }>> = {
  ...RULES,
  ...WHOLE_RULES,
};
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

test.each(Object.keys(OPERATIONS))(
  "the command %s of options.ts is in `about` of ci.ts, and has a section in docs/reference/ci.md",
  (name) => {
    expect(ci.about.join("\n")).toContain(`${name}: `);
    expect(readFileSync(file, "utf8")).toContain(`\n## ${name}\n`);
  },
);

test("the page has each key that the rules about images refuse", () => {
  const [, table = ""] = readFileSync(file, "utf8").split("<!-- table: checked keys -->\n");
  const rows = [...(table.split("\n\n")[0]?.matchAll(/^\| (`[^|]*`) \|/gm) ?? [])].flatMap(([, keys = ""]) =>
    keys.match(/\w+/g),
  );
  expect(rows.sort()).toEqual([...CHECKED_KEYS]);
});

test("the page has each exit code with its meaning", () => {
  const [, table = ""] = readFileSync(file, "utf8").split("\n## Exit codes\n");
  const rows = [...(table.split("\n## ")[0]?.matchAll(/^\| (\d+) \| (.*) \|$/gm) ?? [])];
  const codesOf = (meaning: RegExp) =>
    rows.filter(([, , text = ""]) => meaning.test(text)).map(([, code]) => Number(code));
  expect({
    clean: codesOf(/^Pulumi succeeded/),
    error: codesOf(/^Pulumi failed/),
    drift: codesOf(/^`drift` has found drift/),
    locked: codesOf(/^another command has locked the stack/),
    beyondReview: codesOf(/beyond the review/),
    stopped: codesOf(/^SIGINT or SIGTERM/),
  }).toEqual(Object.fromEntries(Object.entries(CI_EXIT_CODES).map(([name, code]) => [name, [code]])));
});

test("the policy of the page is valid, and has every key", () => {
  const page = readFileSync(file, "utf8").split("\n## Policy\n")[1] ?? "";
  const [, text = ""] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const parsed = parsePolicy(text, "lyceum-policy.yaml");
  expect(parsed).toMatchObject({ kind: "policy" });
  const keys = Object.keys({ ...RULES, ...WHOLE_RULES }).filter((key) => key !== "allowedKeys");
  for (const key of [...keys, "warn", "stacks", "exceptions"]) expect(text).toContain(`${key}:`);
});

test("the page has every rule, what it expects and what evaluates it; UPDATE_GOLDEN=1 writes them", () => {
  const page = readFileSync(file, "utf8");
  const head = "<!-- table: rules -->\n";
  const begin = page.indexOf(head) + head.length;
  const end = page.indexOf("\n### ", begin);
  const rows = Object.entries(POLICY_FIELDS).map(([key, { expects }]) => {
    const { code, by } = { by: "`ci`, and the provider at the update; a pack", ...RULES_BY_KEY[key as keyof Policy] };
    // A list of all keys would make the table as wide as the list. The page has the keys in another table.
    const value = key === "allowedKeys" ? "a list of [these keys](#images)" : expects.replaceAll("*", "\\*");
    return `| \`${key}\` | ${code} | ${value} | ${by} |`;
  });
  const want = `\n| key | code | value | evaluated by |\n|---|---|---|---|\n${rows.join("\n")}\n`;
  if (update) writeFileSync(file, `${page.slice(0, begin)}${want}${page.slice(end)}`);
  else expect(page.slice(begin, end)).toBe(want);
});
