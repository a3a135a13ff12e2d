import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../../compose";
import { COMPOSE_CATALOGUE, type ComposeCode } from "../../provider/compose-rules";
import { sentence } from "../../provider/display/wording";
import { POLICY_CATALOGUE } from "../../provider/policy";
import { shownJson } from "./json";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const SPECIFICATION = "https://github.com/compose-spec/compose-spec/blob/main/spec.md";

/** What a log says beside its results. */
export interface SarifOptions {
  /** Of this package. */
  readonly version: string;
  /** The folder that relative file names start from, absolute: the root of the sources. */
  readonly folder: string;
}

/**
 * Diagnostics as a SARIF 2.1.0 log, as code-scanning pages take it: one run, every rule that was broken with its help,
 * and for each result a place. A file below the folder is named relative to it, any other by its whole address.
 */
export function asSarif(diagnostics: readonly Diagnostic[], { version, folder }: SarifOptions): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const log = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "pulumi-lyceum",
            semanticVersion: version,
            rules: codes.map(ruleOf),
          },
        },
        // Columns are counted in UTF-16 code units, as JavaScript does.
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The folder that the command ran in." } } },
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, codes.indexOf(diagnostic.code), folder)),
      },
    ],
  };
  return shownJson(log);
}

function ruleOf(code: string) {
  const { title, remedy, severity } = POLICY_CATALOGUE[code] ?? COMPOSE_CATALOGUE[code as ComposeCode];
  return {
    id: code,
    shortDescription: { text: sentence(title) },
    fullDescription: { text: `${sentence(title)} ${remedy}` },
    help: { text: `${sentence(title)} ${remedy}`, markdown: `**${sentence(title)}** ${remedy}` },
    ...helpOf(code),
    defaultConfiguration: { level: severity },
    properties: { tags: [code in POLICY_CATALOGUE ? "policy" : "compose"], "problem.severity": severity },
  };
}

function resultOf(diagnostic: Diagnostic, index: number, folder: string) {
  const { code, severity, message, file = "compose.yaml", range, path, remedy } = diagnostic;
  const region =
    range === undefined
      ? { startLine: 1 }
      : {
          startLine: range.start.line,
          startColumn: range.start.column,
          endLine: range.end.line,
          endColumn: range.end.column,
        };
  return {
    ruleId: code,
    ruleIndex: index,
    level: severity,
    message: { text: withoutPlaceholders(`${sentence(message)} ${remedy}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: artifactLocationOf(file, folder), region },
        ...(path === undefined || path === "" ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }),
      },
    ],
  };
}

/** A rule of the policy is one of the project's own: no page of others explains it. */
function helpOf(code: string): { readonly helpUri?: string } {
  if (code in POLICY_CATALOGUE) return {};
  return { helpUri: code.startsWith("LYC20") ? "https://yaml.org/spec/1.2.2/" : SPECIFICATION };
}

/** A relative reference for a file below the folder, else a whole address: each name escaped, the slashes kept. */
function artifactLocationOf(file: string, folder: string): { uri: string; uriBaseId?: string } {
  const whole = resolve(folder, file);
  const relativePath = relative(folder, whole);
  const escaped = (path: string) => path.split(sep).map(encodeURIComponent).join("/");
  const outside = relativePath === ".." || relativePath.startsWith(`..${sep}`) || isAbsolute(relativePath);
  return outside ? { uri: `file://${escaped(whole)}` } : { uri: escaped(relativePath), uriBaseId: "%SRCROOT%" };
}

/** A number in braces would be taken for an argument of the message; a name in a document may look like one. */
function withoutPlaceholders(text: string): string {
  return text.replace(/\{([0-9]+)\}/g, "{{$1}}");
}
