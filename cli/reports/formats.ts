import { printable } from "../../provider/display/printable";
import { ownVersion } from "../../provider/lyceum/http/own-version";
import { type Surface, UsageError } from "../command";
import { count } from "../layout";
import type { OptionTable } from "../option-table";
import { asGithub } from "./github";
import { asJson } from "./json";
import { printedDiagnostics } from "./print-diagnostics";
import { asSarif } from "./sarif";
import type { ValidationResult } from "./validation-result";

/** Returns one report about all projects, for the standard output. The report may be empty. */
type Report = (results: readonly ValidationResult[], surface: Surface) => string;

const all = (results: readonly ValidationResult[]) => results.flatMap(({ diagnostics }) => diagnostics);

/** The formats of a report. */
export const FORMATS = {
  text: (results, surface) =>
    results
      .filter(({ diagnostics }) => diagnostics.length > 0)
      .map((result) => printedDiagnostics(result, surface))
      .join("\n\n"),
  json: (results) => asJson(all(results)),
  sarif: (results, { folder }) => asSarif(all(results), { version: ownVersion(), folder }),
  github: (results, { folder, variable }) => asGithub(all(results), folder, variable("GITHUB_WORKSPACE") || undefined),
} as const satisfies Readonly<Record<string, Report>>;

/** A format of a report. */
export type Format = keyof typeof FORMATS;

/** The options that choose the format. */
export const FORMAT_OPTIONS = {
  format: {
    type: "string",
    value: "FORMAT",
    help: "text (default), json, sarif or github (annotations in a workflow of GitHub)",
  },
  json: {
    type: "boolean",
    default: false,
    help: "--format json: a list of {code, severity, message, file, line, column, path, remedy}",
  },
  sarif: { type: "boolean", default: false, help: "--format sarif: SARIF 2.1.0, for code-scanning pages" },
} as const satisfies OptionTable;

/** Returns the one format that the options choose. */
export function formatOf(values: { format?: string | undefined; json: boolean; sarif: boolean }): Format {
  const { format, json, sarif } = values;
  const chosen = [...(format === undefined ? [] : [format]), ...(json ? ["json"] : []), ...(sarif ? ["sarif"] : [])];
  const [first = "text", ...others] = new Set(chosen);
  if (others.length > 0)
    throw new UsageError(`Either ${[first, ...others].map((name) => `--format ${name}`).join(" or ")}`);
  if (!isFormat(first)) throw new UsageError(`--format must be one of ${Object.keys(FORMATS).join(", ")}`);
  return first;
}

function isFormat(name: string): name is Format {
  return Object.hasOwn(FORMATS, name);
}

/** Returns the number of diagnostics in one line: `compose.yaml: 1 error`, or `2 errors, 1 warning in 3 projects`. */
export function summary(results: readonly ValidationResult[]): string {
  const found = all(results);
  const errors = found.filter(({ severity }) => severity === "error").length;
  const counts = { error: errors, warning: found.length - errors };
  const parts = Object.entries(counts).flatMap(([word, number]) => (number === 0 ? [] : [count(number, word)]));
  const text = parts.length === 0 ? "no errors" : parts.join(", ");
  const [first, ...others] = results;
  return others.length === 0 ? `${first?.files.join(", ")}: ${text}` : `${text} in ${results.length} projects`;
}

/**
 * Returns a line with the services that need an image, in the form of the argument `images`. Empty for several
 * projects.
 */
export function imagesToGive([result, ...others]: readonly ValidationResult[]): string {
  if (result === undefined || others.length > 0) return "";
  const names = result.diagnostics.flatMap(({ code, path = "" }) => {
    const [, plain, quoted] = /^services(?:\.([\w-]+)|\[(".+")\])\.build$/.exec(path) ?? [];
    if (code !== "LYC2301" && code !== "LYC2302") return [];
    return plain === undefined ? (quoted ?? []) : [/^[A-Za-z_]\w*$/.test(plain) ? plain : JSON.stringify(plain)];
  });
  if (names.length === 0) return "";
  return `To build, and to give to the run:  images: { ${names.map((name) => `${name}: …`).join(", ")} }`;
}

/** Returns a line with the jobs of the project. `--job` validates one of them. Empty for several projects. */
export function jobsToRun([result, ...others]: readonly ValidationResult[]): string {
  const jobs = result?.jobs ?? [];
  if (jobs.length === 0 || others.length > 0) return "";
  return `Jobs, of which \`--job NAME\` validates one as it runs:  ${jobs.map(printable).join(", ")}`;
}
