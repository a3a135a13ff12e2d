import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isScalar, parseAllDocuments } from "yaml";
import { DOCUMENT_SCHEMA, SCHEMA_DEFINITIONS } from "../../compose/validate/schema.generated";
import { type AcceptedDifference, acceptedBy } from "./differences";
import type { Compared } from "./run";

/** The page with a table for each release of Compose. The package of the Compose reader contains it. */
const page = join(__dirname, "../../compose/CONFORMANCE.md");

/** In these sections, each key of a service or job has a row. Every other key of the top level has a single row. */
const containers = ["services", "jobs"];

/** Returns the families of keys that occur in a project: `services.ports`, `networks`, and so on. */
export function familiesOf(files: Readonly<Record<string, string>>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [path, text] of Object.entries(files)) {
    if (!/\.ya?ml$/.test(path)) continue;
    for (const document of parseAllDocuments(text, { uniqueKeys: false, merge: true, logLevel: "silent" })) {
      if ("contents" in document) collect(document.contents, [], found);
    }
  }
  return found;
}

/** Walks the keys of a document down to those of a service. */
function collect(node: unknown, path: readonly string[], found: Set<string>): void {
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : "";
    const [section] = [...path, name];
    if (path.length === 0 && name.startsWith("x-")) found.add("x-…");
    else if (path.length === 0 && !containers.includes(name) && /^[a-z]+$/.test(name)) found.add(name);
    else if (path.length === 2 && /^[a-z_]+$/.test(name)) found.add(`${section}.${name}`);
    if (path.length < 2 && containers.includes(section ?? "")) collect(value, [...path, name], found);
  }
}

/** Returns the families of all keys of the Compose Specification. */
export function keyFamilies(): ReadonlySet<string> {
  const sections = Object.keys(DOCUMENT_SCHEMA.properties ?? {});
  const ofContainers = [
    ["services", "service"],
    ["jobs", "job"],
  ].flatMap(([section, definition = ""]) =>
    Object.keys(SCHEMA_DEFINITIONS[definition]?.properties ?? {}).map((key) => `${section}.${key}`),
  );
  return new Set([...sections.filter((section) => !containers.includes(section)), ...ofContainers, "x-…"]);
}

/** The number of projects of a family, and how many of them have an intended difference. */
interface Row {
  projects: number;
  accepted: number;
  refused: number;
  different: number;
}

/** Who refuses a project with a difference of each kind. If nobody does, the models differ. */
const REFUSED_BY: Readonly<Record<AcceptedDifference["kind"], string>> = {
  "refused here": "this reader",
  "refused by Compose": "Compose",
  model: "",
};

/**
 * Returns the table of a release, as lines of Markdown. Only keys of the specification have a row, so a project with a
 * misspelt key adds no row.
 */
export function conformanceTable(
  compared: readonly Compared[],
  known: ReadonlySet<string>,
  rules: readonly AcceptedDifference[],
): readonly string[] {
  const rows = new Map<string, Row>();
  const reasons = new Map<string, { readonly refusedBy: string; count: number }>();
  for (const { project, ours, differences } of compared) {
    const families = [...familiesOf(project.files)].filter((family) => known.has(family));
    for (const family of ["**all**", ...families]) {
      const row = rows.get(family) ?? { projects: 0, accepted: 0, refused: 0, different: 0 };
      rows.set(family, row);
      row.projects += 1;
      if (differences.length > 0) row.different += 1;
      else if (ours.accepted) row.accepted += 1;
      else row.refused += 1;
    }
    const found = new Map(
      differences.flatMap((difference) => {
        const rule = acceptedBy(difference, rules);
        return rule === undefined ? [] : [[rule.why, rule.kind] as const];
      }),
    );
    for (const [why, kind] of found) {
      const reason = reasons.get(why) ?? { refusedBy: REFUSED_BY[kind], count: 0 };
      reasons.set(why, reason);
      reason.count += 1;
    }
  }
  const sorted = [...rows].sort(([one], [other]) => (one < other ? -1 : 1));
  return [
    "| key | projects | same model | both refuse | intended differences |",
    "|---|--:|--:|--:|--:|",
    ...sorted.map(
      ([family, { projects, accepted, refused, different }]) =>
        `| ${family.startsWith("*") ? family : `\`${family}\``} | ${projects} | ${accepted} | ${refused} | ${different || ""} |`,
    ),
    "",
    "| intended difference | refused only by | projects |",
    "|---|---|--:|",
    ...[...reasons]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([why, { refusedBy, count }]) => `| ${why} | ${refusedBy} | ${count} |`),
  ];
}

/** Returns the text of the page with the table of a release, and the current text. */
export function pageWith(
  release: string,
  table: readonly string[],
): { readonly made: string; readonly current: string } {
  const current = existsSync(page) ? readFileSync(page, "utf8") : "";
  const [before = "", rest = ""] = current.split(`<!-- conformance: ${release} -->\n`);
  const after = rest.slice(rest.indexOf("<!-- end -->"));
  const made = `${before}<!-- conformance: ${release} -->\n${table.join("\n")}\n${after}`;
  if (process.env.UPDATE_GOLDEN !== "1") return { made, current };
  writeFileSync(page, made);
  return { made, current: made };
}
