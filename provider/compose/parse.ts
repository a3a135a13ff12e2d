import type { Document } from "yaml";
import type { DiagnosticCollector } from "./diagnostic";
import { readDocuments } from "./documents";
import { checkFlowColons } from "./flow-colons";
import { addSyntaxErrors } from "./yaml-errors";

const readableDirective = /^%(YAML[ \t]+1\.1|TAG[ \t]+\S+[ \t]+\S+)[ \t]*(#.*)?$/;

/**
 * Parses one YAML document. Diagnostics of the YAML itself are added to `collector`; `undefined` when there is nothing
 * to go on with.
 */
export function parseYaml(text: string, collector: DiagnosticCollector): Document.Parsed | undefined {
  // YAML, and so Compose, takes a lone CR as a line break, the library does not. The length stays the same.
  const source = text.includes("\r") ? text.replace(/\r(?!\n)/g, "\n") : text;
  const read = readDocuments(source, collector);
  if (read === undefined) return undefined;

  for (const { offset, source: line } of read.directives) {
    if (readableDirective.test(line)) continue;
    const span = { start: offset, end: offset + line.trimEnd().length };
    const remedy = "Remove the line.";
    collector.add("LYC2006", "not YAML: Compose knows no other directives than %YAML 1.1 and %TAG", { span, remedy });
  }

  const { documents } = read;
  const [first, second] = documents;
  if (first === undefined) return undefined;
  if (addSyntaxErrors(documents, source, collector)) return undefined;
  checkFlowColons(first, source, collector);
  if (second !== undefined) {
    const start = Math.max(0, source.lastIndexOf("---", second.contents?.range?.[0] ?? second.range[0]));
    const message = `the text holds ${read.count} YAML documents, and only one can be compared and run`;
    collector.add("LYC2008", message, { span: { start, end: start + 3 } });
  }
  return first;
}
