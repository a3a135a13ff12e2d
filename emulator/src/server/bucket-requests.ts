import type { IncomingMessage, ServerResponse } from "node:http";
import { asS3Error, S3Error } from "../bucket/errors";
import { authenticate, type BucketRequest, bucketRequest, carryOut, errorAnswer, sendAnswer } from "../bucket/server";
import { toIso } from "../clock/clock";
import { type BucketOutcome, withBucketFault } from "./bucket-faults";
import { refusalOf, shownHeaders } from "./headers";
import type { LoggedRequest } from "./request-log";
import type { ServerState } from "./state";

/** The largest number of bytes that {@link drain} reads and drops. */
const MOST_DRAINED = 16 * 1024 * 1024;

/** Answers a request to the bucket. Never rejects. */
export async function answerBucketRequest(
  state: ServerState,
  request: IncomingMessage,
  response: ServerResponse,
  { expectsContinue = false } = {},
): Promise<void> {
  const logged = received(state, request);
  response.on("close", () => {
    if (response.headersSent) logged.status = response.statusCode;
  });
  response.setHeader("x-lyceum-emulator", state.engine.name);
  response.setHeader("x-content-type-options", "nosniff");
  response.setHeader("content-security-policy", "default-src 'none'; sandbox");
  // Clients of S3 correct their clock with the time in this header.
  response.setHeader("date", new Date(state.clock.now()).toUTCString());
  try {
    const outcome = await answered(state, request, logged, () => {
      if (expectsContinue) response.writeContinue();
    });
    const isOwnFailure = outcome.kind === "answer" && outcome.answer.status === 500 && logged.fault === undefined;
    if (isOwnFailure && !response.destroyed) state.log(`${logged.operation} failed: ${String(outcome.answer.body)}`);
    if (outcome.kind === "reset") response.destroy();
    else await sent(request, response, outcome);
  } catch (error) {
    if (!response.destroyed) state.log(`${logged.operation ?? "bucket"} failed: ${String(error)}`);
    response.destroy();
  }
}

async function answered(
  state: ServerState,
  request: IncomingMessage,
  logged: LoggedRequest,
  beforeBody: () => void,
): Promise<BucketOutcome> {
  try {
    const refusal = refusalOf(request.headers, state.allowedHosts);
    if (refusal !== undefined) throw new S3Error("AccessDenied", refusal);
    const asked: BucketRequest = bucketRequest(request);
    logged.operation = asked.operation ?? null;
    const valid = authenticate(state.bucket, request);
    logged.authorized = true;
    const { operation = "unknown" } = asked;
    const decision = state.faults.decide({ operation });
    if (decision.answer !== undefined) logged.fault = decision.answer.id;
    const short = decision.views.map(({ fault }) => (fault.kind === "short-pages" ? fault.entries : undefined));
    const pageSize = short.find((entries) => entries !== undefined);
    const body = bodyOf(request, beforeBody);
    const own = () => carryOut(state.bucket, asked, request, valid, { body, pageSize });
    return await withBucketFault(decision.answer, own, { body, path: logged.path, ...state });
  } catch (error) {
    return { kind: "answer", answer: errorAnswer(asS3Error(error), request.url ?? "") };
  }
}

async function* bodyOf(request: IncomingMessage, before: () => void): AsyncGenerator<Buffer> {
  before();
  // The connection must stay open for the answer, even if the body is not read to its end.
  yield* request.iterator({ destroyOnReturn: false });
}

async function sent(
  request: IncomingMessage,
  response: ServerResponse,
  { answer, cutAfter }: Extract<BucketOutcome, { readonly kind: "answer" }>,
): Promise<void> {
  if (!request.complete) {
    response.setHeader("connection", "close");
    await drain(request);
  }
  await sendAnswer(response, answer, cutAfter);
}

/** Reads and drops the rest of the body, because some clients read the answer only after they have sent everything. */
async function drain(request: IncomingMessage): Promise<void> {
  let left = Math.min(Number(request.headers["content-length"] ?? 0), MOST_DRAINED + 1);
  if (left > MOST_DRAINED || request.headers.expect !== undefined) return;
  try {
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      left -= (piece as Buffer).length;
      if (left < -MOST_DRAINED) return;
    }
  } catch {
    // The client has closed the connection.
  }
}

function received(state: ServerState, request: IncomingMessage): LoggedRequest {
  const { method = "", url = "" } = request;
  const mark = `${url}?`.indexOf("?");
  return state.requests.add({
    at: toIso(state.clock.now()),
    operation: null,
    method,
    path: url.slice(0, mark),
    query: shownQuery(new URLSearchParams(url.slice(mark + 1))),
    headers: shownHeaders(request.headers),
    authorized: false,
  });
}

/** Returns a query in which the signature and the token of a signed link are empty. */
function shownQuery(query: URLSearchParams): Readonly<Record<string, string>> {
  const secret = /^x-amz-(signature|security-token)$/i;
  return Object.fromEntries([...query].map(([name, value]) => [name, secret.test(name) ? "" : value]));
}
