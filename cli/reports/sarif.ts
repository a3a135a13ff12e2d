import { isAbsolute, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../../compose";
import { COMPOSE_CATALOGUE, type ComposeCode } from "../../provider/compose-rules";
import { sentence } from "../../provider/display/wording";
import { POLICY_CATALOGUE } from "../../provider/policy";
import { shownJson } from "./json";
import { PROGRAM_ERROR } from "./program-error";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const SPECIFICATION = "https://github.com/compose-spec/compose-spec/blob/main/spec.md";

/** The properties of a SARIF log that do not come from the diagnostics. */
export interface SarifOptions {
  /** The version of this package. */
  readonly version: string;
  /** The absolute path of the folder to which file names are relative: the root of the sources. */
  readonly folder: string;
}

/**
 * Returns diagnostics as a SARIF 2.1.0 log for code-scanning pages. The log has one run, every violated rule with its
 * help, and a location for each result. The name of a file below the folder is relative to the folder. Any other file
 * has its full URL.
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
        // Columns count UTF-16 code units, as in JavaScript.
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { "%SRCROOT%": { description: { text: "The folder that the command ran in." } } },
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, codes.indexOf(diagnostic.code), folder)),
      },
    ],
  };
  return shownJson(log);
}

function ruleOf(code: string) {
  const ofProgram = code === PROGRAM_ERROR.code ? PROGRAM_ERROR : undefined;
  const { title, remedy, severity } = ofProgram ?? POLICY_CATALOGUE[code] ?? COMPOSE_CATALOGUE[code as ComposeCode];
  return {
    id: code,
    shortDescription: { text: sentence(title) },
    fullDescription: { text: `${sentence(title)} ${remedy}` },
    help: { text: `${sentence(title)} ${remedy}`, markdown: `**${sentence(title)}** ${remedy}` },
    ...helpOf(code),
    defaultConfiguration: { level: severity },
    properties: {
      tags: [ofProgram ? "program" : code in POLICY_CATALOGUE ? "policy" : "compose"],
      "problem.severity": severity,
    },
  };
}

function resultOf(diagnostic: Diagnostic, index: number, folder: string) {
  const { code, severity, message, file = "compose.yaml", range, path, remedy } = diagnostic;
  return {
    ruleId: code,
    ruleIndex: index,
    level: severity,
    message: { text: withoutPlaceholders(`${sentence(message)} ${remedy}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: artifactLocationOf(file, folder), region: regionOf(range) },
        ...(path === undefined || path === "" ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }),
      },
    ],
  };
}

/**
 * Returns the region of a range. SARIF reads a region without an end as the rest of the line, so an empty range also
 * gets an end.
 */
function regionOf(range: Diagnostic["range"]) {
  if (range === undefined) return { startLine: 1 };
  const { start, end } = range;
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/**
 * Returns the address of a rule's help. The rules of a policy and the errors of a program belong to the user's project,
 * so no public page explains them.
 */
function helpOf(code: string): { readonly helpUri?: string } {
  if (code in POLICY_CATALOGUE || code === PROGRAM_ERROR.code) return {};
  return { helpUri: code.startsWith("LYC20") ? "https://yaml.org/spec/1.2.2/" : SPECIFICATION };
}

/**
 * Returns a relative reference for a file below the folder; for any other file, a full URL. Each part of the path is
 * escaped, and the slashes stay.
 */
function artifactLocationOf(file: string, folder: string): { uri: string; uriBaseId?: string } {
  const whole = resolve(folder, file);
  const relativePath = relative(folder, whole);
  const escaped = (path: string) => path.split(sep).map(encodeURIComponent).join("/");
  const outside = relativePath === ".." || relativePath.startsWith(`..${sep}`) || isAbsolute(relativePath);
  return outside ? { uri: `file://${escaped(whole)}` } : { uri: escaped(relativePath), uriBaseId: "%SRCROOT%" };
}

/**
 * Escapes numbers in braces, because SARIF would replace them by arguments of the message. Names in a document may
 * contain such numbers.
 */
function withoutPlaceholders(text: string): string {
  return text.replace(/\{([0-9]+)\}/g, "{{$1}}");
}
