import { errorOfStatus } from "../bucket/errors";
import type { BucketAnswer } from "../bucket/operations/call";
import { xmlError } from "../bucket/protocol/xml";
import type { FaultDecision } from "../faults/decide";
import type { AnswerFault } from "../faults/fault";
import type { ServerState } from "./state";

/** The result of a request to the bucket. After `cutAfter` bytes of the answer's body, the connection is reset. */
export type BucketOutcome =
  | { readonly kind: "answer"; readonly answer: BucketAnswer; readonly cutAfter?: number }
  | { readonly kind: "reset" };

/** The parts of the server and of the request that {@link withBucketFault} needs. */
export interface BucketFaultContext extends Pick<ServerState, "clock" | "faults"> {
  /** The body of the request. */
  readonly body: AsyncIterable<Buffer>;
  readonly path: string;
}

/**
 * Carries out an operation of the bucket with an injected fault. Answers of the bucket are not JSON, so `reshape` has
 * no effect.
 *
 * With `commit: "after"`, `delay` and `hold` carry out the operation after the wait. Other faults carry it out before
 * the answer, because the body of the request cannot be read after the answer.
 */
export async function withBucketFault(
  decided: FaultDecision["answer"],
  operation: () => Promise<BucketAnswer>,
  context: BucketFaultContext,
): Promise<BucketOutcome> {
  if (decided === undefined || decided.fault.kind === "reshape") return { kind: "answer", answer: await operation() };
  const { id, fault } = decided;
  switch (fault.kind) {
    case "delay":
    case "hold": {
      const early = fault.commit === "before" ? await operation() : undefined;
      if (fault.kind === "hold") await context.faults.hold(id);
      else await new Promise<void>((resolve) => void context.clock.schedule(fault.seconds * 1000, resolve));
      if (fault.commit === "never") return { kind: "answer", answer: failed({ status: 504 }, context.path) };
      return { kind: "answer", answer: early ?? (await operation()) };
    }
    case "reset":
      return reset(fault, operation, context);
    case "garbage":
    case "status": {
      if (fault.commit !== "never") discard(await operation());
      const garbage = { status: 200, headers: { "content-type": "text/html" } };
      if (fault.kind === "garbage") return { kind: "answer", answer: { ...garbage, body: fault.body } };
      return { kind: "answer", answer: failed(fault, context.path) };
    }
  }
}

async function reset(
  { commit, afterBytes }: Extract<AnswerFault, { readonly kind: "reset" }>,
  operation: () => Promise<BucketAnswer>,
  { body }: BucketFaultContext,
): Promise<BucketOutcome> {
  if (commit !== "never") {
    discard(await operation());
    return { kind: "reset" };
  }
  if (afterBytes === undefined) return { kind: "reset" };
  let read = 0;
  for await (const piece of body) {
    read += piece.length;
    if (read >= afterBytes) return { kind: "reset" };
  }
  if (read > 0) return { kind: "reset" };
  return { kind: "answer", answer: await operation(), cutAfter: afterBytes };
}

function discard({ body }: BucketAnswer): void {
  if (typeof body === "object") body.stream.destroy();
}

function failed(
  {
    status,
    code,
    body,
    headers = {},
  }: Pick<Extract<AnswerFault, { readonly kind: "status" }>, "status" | "code" | "body" | "headers">,
  path: string,
): BucketAnswer {
  const [usual, message] = errorOfStatus(status);
  const own = xmlError([
    ["Code", code ?? usual],
    ["Message", message],
    ["Resource", path],
    ["RequestId", "local"],
  ]);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return { status, headers: { "content-type": "application/xml", ...headers }, body: body === undefined ? own : text };
}
