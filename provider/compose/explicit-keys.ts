import type { CST } from "yaml";
import type { DiagnosticCollector } from "./diagnostic";
import { addRefused } from "./yaml-errors";

/**
 * Adds an error for each `:` of an explicit key (`? key`) that does not stand in the column of its `?`. The YAML library takes it
 * wherever it is; Compose's reader refuses the document.
 */
export function checkExplicitKeys(mapping: CST.BlockMap, source: string, collector: DiagnosticCollector): void {
  for (const { start, sep } of mapping.items) {
    const question = start.find(({ type }) => type === "explicit-key-ind");
    const colon = sep?.find(({ type }) => type === "map-value-ind");
    if (question === undefined || colon === undefined) continue;
    if (columnOf(question.offset, source) === columnOf(colon.offset, source)) continue;
    const remedy = "Write it under the ?, or write the key without one.";
    addRefused(collector, colon.offset, "this : is not in the column of the ? of its key", remedy);
  }
}

function columnOf(offset: number, source: string): number {
  return offset - (source.lastIndexOf("\n", offset - 1) + 1);
}
