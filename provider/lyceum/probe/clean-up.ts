import type { Redactor } from "../../secrets";
import type { Caller } from "../caller";
import { parseAborted } from "../parse";
import { parseExecutionPage } from "../parse-list";
import { readValue, recordAnswer } from "./recorded";

/** What became of the run of a probe that did not see its end. */
export type CleanedUp =
  | { readonly kind: "aborted"; readonly id: string }
  /** 404: it has ended, or the service does not know it. */
  | { readonly kind: "over"; readonly id: string }
  /** The abort was not accepted: `timeout` ends the run. */
  | { readonly kind: "left"; readonly id: string };

/** Aborts a run. Not bound to the signal of the probe: it is called because that was given. */
export async function abortRun(call: Caller, redact: Redactor, id: string): Promise<CleanedUp> {
  const { result } = await sendAbort(call, redact, id);
  if (result.kind === "value") return { kind: "aborted", id };
  return result.kind === "answer" && result.answer.status === 404 ? { kind: "over", id } : { kind: "left", id };
}

function sendAbort(call: Caller, redact: Redactor, executionId: string) {
  return recordAnswer(call, {
    operation: "abortWorkload",
    executionId,
    parse: (json) => parseAborted(json, redact),
    attempts: 3,
  });
}

/** The run of a start whose answer was lost: the provider looks for it by its file name in the same two calls. */
export async function findByFileName(call: Caller, fileName: string): Promise<string | undefined> {
  const requests = [
    { operation: "listWorkloads" as const },
    { operation: "getBillingHistory" as const, query: { limit: 50, offset: 0 } },
  ];
  for (const request of requests) {
    const page = readValue(await recordAnswer(call, { ...request, parse: parseExecutionPage, attempts: 2 }));
    const run = page?.executions.find((entry) => entry.fileName === fileName);
    if (run !== undefined) return run.executionId;
  }
  return undefined;
}
