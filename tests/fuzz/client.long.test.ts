import fc from "fast-check";
import type { Dispatcher } from "undici";
import { createLyceumClient } from "../../provider/lyceum/client";
import { configurationFor } from "../../provider/lyceum/testing/client";
import { amount, atMost, logFigures, scaled } from "./amount";
import { answerTo, CANARIES, type FuzzedAnswer } from "./answers";
import { CALLS, outcomeError, SECRET_START } from "./calls";
import { readOperations } from "./contract";

const operations = readOperations();

/**
 * A client whose network is a list of answers, and whose time passes at once. It has received every secret before.
 */
async function clientOver(answers: readonly FuzzedAnswer[]) {
  const nothing: FuzzedAnswer = { kind: "broken", sent: true };
  const sent: string[] = [];
  let prepared = false;
  const timers = new Set<() => void>();
  let now = Date.parse("2030-01-01T00:00:00Z");
  const play = (options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean => {
    const answer = prepared ? answers[sent.length % answers.length] : nothing;
    sent.push(`${options.method} ${options.path}`);
    setImmediate(() => answer !== undefined && perform(answer, handler, timers));
    return true;
  };
  const client = createLyceumClient(configurationFor("http://127.0.0.1:9", { token: CANARIES.token }), {
    environment: {},
    dispatcher: { dispatch: play } as unknown as Dispatcher,
    now: () => now,
    random: () => 0.5,
    sleep: async (seconds) => {
      now += seconds * 1000;
    },
    timer: (seconds, callback) => {
      const fire = (): void => {
        now += seconds * 1000;
        callback();
      };
      timers.add(fire);
      return () => timers.delete(fire);
    },
  });
  await client.start(SECRET_START);
  sent.length = 0;
  prepared = true;
  return { client, sent, now: () => now };
}

/** Calls a handler as undici would. */
function perform(answer: FuzzedAnswer, handler: Dispatcher.DispatchHandler, timers: ReadonlySet<() => void>): unknown {
  let aborted = false;
  const controller = {
    abort: () => {
      aborted = true;
    },
    pause() {},
    resume() {},
    aborted: false,
    paused: false,
    reason: null,
    rawHeaders: null,
    rawTrailers: null,
  } as unknown as Dispatcher.DispatchController;
  const broken = Object.assign(new Error(`read ECONNRESET ${CANARIES.token}`), { code: "ECONNRESET" });
  if (answer.kind === "broken" && !answer.sent) return handler.onResponseError?.(controller, broken);
  if (answer.kind === "silence") {
    if (answer.sent) handler.onRequestStart?.(controller, {});
    for (const fire of timers) fire();
    return undefined;
  }
  handler.onRequestStart?.(controller, {});
  if (answer.kind === "broken") return handler.onResponseError?.(controller, broken);
  handler.onResponseStart?.(controller, answer.status, answer.kind === "answer" ? answer.headers : {}, "");
  for (let at = 0; at < answer.body.length && !aborted; at += 65_536) {
    handler.onResponseData?.(controller, answer.body.subarray(at, at + 65_536));
  }
  if (aborted) return undefined;
  return answer.kind === "cut"
    ? handler.onResponseError?.(controller, broken)
    : handler.onResponseEnd?.(controller, {});
}

const conversation = fc.constantFrom(...CALLS).chain((call) => {
  const operation = operations.find((one) => one.id === call.operation) ?? operations[0];
  if (operation === undefined) throw new Error("The contract has no operations.");
  return fc.record({ call: fc.constant(call), answers: fc.array(answerTo(operation), { minLength: 1, maxLength: 5 }) });
});

test(
  "whatever is answered, a call ends in its type, a StartOutcome or a LyceumError, without a secret",
  async () => {
    let answers = 0;
    const ends = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(conversation, async ({ call, answers: script }) => {
        const { client, sent, now } = await clientOver(script);
        const begun = now();
        const fault = await outcomeError(call, client);
        answers += sent.length;
        ends.set(call.operation, (ends.get(call.operation) ?? 0) + 1);
        expect(fault).toBeUndefined();
        // A start leaves once; what follows a refused machine only reads.
        expect(sent.filter((line) => line.includes("/compose/start")).length).toBe(
          call.operation === "startComposeExecution" ? 1 : 0,
        );
        // Retries are bounded in number and in time; logs may ask the record too.
        expect(sent.length).toBeLessThanOrEqual(9);
        expect(now() - begun).toBeLessThan(10 * 60_000);
      }),
      amount(4_800),
    );
    logFigures("answers to the client", { answers, calls: Object.fromEntries(ends) });
    expect(answers).toBeGreaterThanOrEqual(scaled(9_000));
  },
  atMost(200),
);
