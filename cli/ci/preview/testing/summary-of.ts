import type { EngineResult } from "../../stack/session";
import { observedOf } from "../../testing/events";
import { validReport } from "../../testing/reports";
import { previewData, previewReport } from "../preview-data";
import { previewMarkdown } from "../preview-markdown";

const PRICES = new Map([["gpu.a100", 36]]);
const ABOUT = { project: "training", stack: "prod" };
/** The outputs of an execution whose run is active. */
export const recorded = { executionId: "run-1", status: "running", onDelete: "abort" };
/** A type of another package. */
export const DATABASE = "aws:rds/instance:Instance";

function reportText(data: ReturnType<typeof previewData>): string {
  const request = { operation: "preview", stack: ABOUT.stack, previewOnly: false } as const;
  const text = JSON.stringify(previewReport(request, data));
  validReport(text);
  return text;
}

/** Returns the summary of a preview with these events. */
export function summaryOf(
  events: Parameters<typeof observedOf>[0],
  { kind = "succeeded", output = [], ...names }: Partial<typeof ABOUT & Pick<EngineResult, "kind" | "output">> = {},
) {
  const data = previewData(
    { ...ABOUT, ...names },
    { kind, observed: observedOf(events), output },
    { prices: PRICES, own: {} },
  );
  return { data, text: previewMarkdown(data), json: reportText(data) };
}
