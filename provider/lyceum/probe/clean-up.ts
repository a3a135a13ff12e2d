import type { Redactor } from "../../secrets";
import type { Caller } from "../caller";
import { parseAborted } from "../parse";
import { parseExecutionPage } from "../parse-list";
import { readValue, recordAnswer } from "./recorded";

/**
 * What became of the run of a probe that did not see its end. `over`: 404, so it has ended, or the service does not know it.
 * `left`: the abort was not accepted, and `timeout` ends the run.
 */
export interface CleanedUp {
  readonly kind: "aborted" | "over" | "left";
  readonly id: string;
}

/** Aborts a run. Not bound to the signal of the probe: it is called because that was given. */
export async function abortRun(call: Caller, redact: Redactor, id: string): Promise<CleanedUp> {
  const parse = (json: unknown) => parseAborted(json, redact);
  const result = await call({ operation: "abortWorkload", executionId: id, parse, attempts: 3 });
  if (result.kind === "value") return { kind: "aborted", id };
  return { kind: result.kind === "answer" && result.answer.status === 404 ? "over" : "left", id };
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
