import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { listRuns } from "../../queries";
import { containsUnknown, type Runtime } from "../../resource";
import { received } from "./wire-values";

/** What `pulumi do lyceum:index:ComposeExecution list` may be given, as Pulumi's schema describes it. */
export const LIST_INPUTS = {
  properties: {
    includeEnded: {
      type: "boolean",
      description: "Whether runs that have ended are listed, too, newest first. Otherwise only the active ones.",
    },
  },
} as const;

/** Lists runs of the account by id and label, page by page. Whatever is listed can be read and imported. */
export async function* list(runtime: Runtime, request: messages.ListRequest): AsyncGenerator<messages.ListResponse> {
  const query = received(request.getQuery()).values;
  if (containsUnknown(query)) {
    const response = new messages.ListResponse();
    response.setComputed(new messages.ListResponse.Computed());
    yield response;
    return;
  }
  const includeEnded = query.includeEnded === true;
  // The active runs come in one answer, which has no second page.
  const limits = [request.getLimit(), includeEnded ? request.getPageSize() : 0].filter((limit) => limit > 0);
  const { runs, next, note } = await listRuns(runtime.context().client, {
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
