import { type Diagnostic, type JudgeCode, judgeCatalogue, type Severity } from "../provider/compose";

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const specification = "https://github.com/compose-spec/compose-spec/blob/main/spec.md";

/**
 * Diagnostics as a SARIF 2.1.0 log, as code-scanning pages take it: one run, every rule that was broken with its help,
 * and for each result a place. Files are relative to the root of the sources, which is the folder of the command.
 */
export function asSarif(diagnostics: readonly Diagnostic[], version: string): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort();
  const log = {
    $schema: schema,
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
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, codes.indexOf(diagnostic.code))),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function ruleOf(code: string) {
  const { title, remedy, severity } = judgeCatalogue[code as JudgeCode];
  return {
    id: code,
    shortDescription: { text: sentence(title) },
    fullDescription: { text: `${sentence(title)} ${remedy}` },
    help: { text: `${sentence(title)} ${remedy}`, markdown: `**${sentence(title)}** ${remedy}` },
    helpUri: helpOf(code),
    defaultConfiguration: { level: levelOf(severity) },
    properties: { tags: ["compose"], "problem.severity": levelOf(severity) },
  };
}

function resultOf({ code, severity, message, file = "compose.yaml", range, path, remedy }: Diagnostic, index: number) {
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
    level: levelOf(severity),
    message: { text: `${sentence(message)} ${remedy}` },
    locations: [
      {
        physicalLocation: { artifactLocation: placeOf(file), region },
        ...(path === undefined || path === "" ? {} : { logicalLocations: [{ fullyQualifiedName: path }] }),
      },
    ],
  };
}

function helpOf(code: string): string {
  return code.startsWith("LYC20") ? "https://yaml.org/spec/1.2.2/" : specification;
}

function levelOf(severity: Severity): "error" | "warning" {
  return severity;
}

/** A relative reference for a file below the folder: each name escaped, the slashes kept. */
function placeOf(file: string): { uri: string; uriBaseId?: string } {
  const escaped = file.split("/").map(encodeURIComponent).join("/");
  return file.startsWith("/") ? { uri: `file://${escaped}` } : { uri: escaped, uriBaseId: "%SRCROOT%" };
}

function sentence(text: string): string {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(start) ? start : `${start}.`;
}
