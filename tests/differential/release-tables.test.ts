import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ReleaseDifference, releaseDifferences } from "./release-differences";
import { stricterRows } from "./stricter";

const root = join(__dirname, "../..");
const page = join(root, "docs/explanation/docker-compose.md");
const { releases }: { releases: { compose: string; adds: string[] }[] } = JSON.parse(
  readFileSync(join(root, "tools/generate/compose-spec/releases.json"), "utf8"),
);

/** The keys that each release adds, each once. The many keys of init containers are one entry. */
function keyTable(): string[] {
  const ofContainers = /^(?:services\.\*\.pre_start\.\[\]|services\.\*|jobs\.\*)\./;
  const rows = releases.flatMap(({ compose, adds }) => {
    const ofInit = adds.filter((key) => key.startsWith("services.*.pre_start.[]."));
    const shown = ofInit.length > 9 ? adds.filter((key) => !ofInit.includes(key)) : adds;
    const keys = [...new Set(shown.map((key) => `\`${key.replace(ofContainers, "")}\``))].sort();
    if (shown !== adds) keys.push("further keys of `pre_start` such as `cap_add`");
    return keys.length === 0 ? [] : [`| ${compose} | ${keys.join(", ")} |`];
  });
  return ["| release | keys |", "|---|---|", ...rows];
}

/** What the oldest release, the newest release and this package do with a text. */
function verdicts({ release, kind }: ReleaseDifference): readonly [oldest: string, newest: string, here: string] {
  if (kind === "model") return release === "oldest" ? ["differs", "", ""] : ["", "differs", ""];
  const [theirs, here] = kind === "refused here" ? ["accepts", "refuses"] : ["refuses", "accepts"];
  return release === "oldest" ? [theirs, here, here] : [here, theirs, here];
}

function differenceTable(): string[] {
  const rows = new Map(releaseDifferences.map((rule) => [rule.why, verdicts(rule)]));
  return [
    "| text | 2.40.3 | newest | this package |",
    "|---|---|---|---|",
    ...[...rows].map(([why, cells]) => `| ${[why, ...cells].join(" | ")} |`),
  ];
}

function stricterTable(): string[] {
  return [
    "| this package also refuses | because |",
    "|---|---|",
    ...stricterRows.map(({ refuses, because, code }) => `| ${refuses} (${code}) | ${because} |`),
  ];
}

test.each([
  ["stricter", stricterTable()],
  ["keys", keyTable()],
  ["differences", differenceTable()],
])("docs/explanation/docker-compose.md has the table of %s, which UPDATE_GOLDEN=1 writes", (name, table) => {
  const text = readFileSync(page, "utf8");
  const [before = "", rest = ""] = text.split(`<!-- releases: ${name} -->\n`);
  const after = rest.slice(rest.indexOf("<!-- end -->"));
  const made = `${before}<!-- releases: ${name} -->\n${table.join("\n")}\n${after}`;
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(page, made);
  else expect(text).toBe(made);
});
