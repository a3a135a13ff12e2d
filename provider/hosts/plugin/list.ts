import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { containsUnknown, type Runtime } from "../../lifecycle";
import { listRuns } from "../../reads";
import { show } from "../../schema";
import { badRequest } from "./failures";
import { received } from "./wire-values";

/** The arguments of `pulumi do lyceum:index:ComposeExecution list`, in Pulumi's schema. */
export const LIST_INPUTS = {
  properties: {
    includeEnded: {
      type: "boolean",
      description: "Whether runs that have ended are listed, too, newest first. Otherwise only the active ones.",
    },
  },
} as const;

/** Lists runs of the account by id and label, page by page. A program can read or import each listed run. */
export async function* list(runtime: Runtime, request: messages.ListRequest): AsyncGenerator<messages.ListResponse> {
  const query = received(request.getQuery()).values;
  if (containsUnknown(query)) {
    const response = new messages.ListResponse();
    response.setComputed(new messages.ListResponse.Computed());
    yield response;
    return;
  }
  for (const [key, value] of Object.entries(query)) {
    if (value === null) continue;
    if (!Object.hasOwn(LIST_INPUTS.properties, key))
      throw badRequest(`LYC4010: list has no ${key}; it has includeEnded.`);
    if (typeof value !== "boolean") throw badRequest(`LYC4010: ${key} must be true or false, not ${show(value)}.`);
  }
  const includeEnded = query.includeEnded === true;
  // The active runs come in one answer, so they have no second page.
  const limits = [request.getLimit(), includeEnded ? request.getPageSize() : 0].filter((limit) => limit > 0);
  const { runs, next, note } = await listRuns(runtime.client(), {
    includeEnded,
    limit: Math.min(Number.POSITIVE_INFINITY, ...limits),
    offset: offsetIn(request.getContinuationToken()),
  });
  if (note !== undefined) {
    runtime.engine.report.warning("", note);
    await runtime.engine.flush();
  }
  for (const { executionId, label } of runs) {
    const result = new messages.ListResponse.Result();
    result.setId(executionId);
    result.setName(label);
    const response = new messages.ListResponse();
    response.setResult(result);
    yield response;
  }
  if (next === undefined) return;
  const continuation = new messages.ListResponse.Continuation();
  continuation.setContinuationToken(String(next));
  const response = new messages.ListResponse();
  response.setContinuation(continuation);
  yield response;
}

function offsetIn(token: string): number {
  return /^\d{1,9}$/.test(token) ? Number(token) : 0;
}
