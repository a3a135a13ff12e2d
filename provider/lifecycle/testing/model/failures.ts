import fc from "fast-check";
import { LyceumError } from "../../../lyceum/errors";
import type { AbortOptions, CallOptions, ExecutionPage, ExecutionSummary, LyceumPort } from "../../../lyceum/port";
import type { Clock } from "../../watch/ports";
import { modelError, refusedStart, unclearStart } from "../model-service";

/** The calls that can fail in a scenario. */
export const FAILING_CALLS = ["start", "record", "abort", "deleteRecord", "listActive", "history", "logsTail"] as const;
type FailingCall = (typeof FAILING_CALLS)[number];

/** Seconds that a start with the outcome "unclear, done later" stays in a queue before its run exists. */
export const DONE_LATER = 20;

/** The outcomes of a start: when the run exists (now, later or never), and which answer the caller gets. */
const STARTS = {
  "unclear, done": unclearStart(true),
  "unclear, not done": unclearStart(false),
  "unclear, done later": { ...unclearStart(true), commitAfter: DONE_LATER },
  refused: refusedStart(400),
  busy: refusedStart(429, 5),
};
/** The names of the outcomes of a start. */
export const START_FAILURES = Object.keys(STARTS) as readonly (keyof typeof STARTS)[];
/** The outcomes of failing calls that are not starts. */
export const CALL_FAILURES = ["500", "403", "401", "429", "404", "hangs"] as const;
/** The answers to a failing abort. After each answer, the abort may be carried out or not. */
export const ABORT_FAILURES = ["500", "404", "409", "hangs", "slow"] as const;
/** Seconds until the answer to a slow abort. */
const SLOW = 45;

/**
 * Runs of other programs, with statuses and times that the API does not allow. When a command lists runs, the answer to
 * every second call contains these runs too.
 */
const ODD_RUNS: readonly ExecutionSummary[] = [
  { executionId: "x", status: "", fileName: "", createdAt: "never" },
  { executionId: "run-99", status: "constructor", fileName: "label", createdAt: "" },
  { executionId: "y", status: "RUNNING ", fileName: "lyc1.x.y.z", createdAt: "9999-12-31T00:00:00Z" },
  { executionId: "z", status: "completed", fileName: "another key", createdAt: "1772366405" },
];

/** A failure of one command: after the first `after` calls of one kind, the next `times` calls fail. */
export interface InjectedFailure {
  readonly call: FailingCall;
  readonly after: number;
  readonly times: number;
  readonly start: keyof typeof STARTS;
  readonly other: (typeof CALL_FAILURES)[number];
  /** The outcome if the call is an abort. If absent, an abort has the same outcome as other calls. */
  readonly abort?: { readonly answer: (typeof ABORT_FAILURES)[number]; readonly isCarriedOut: boolean } | undefined;
}

/** Generates a failure of one command. */
export const failure: fc.Arbitrary<InjectedFailure> = fc.record({
  call: fc.oneof(
    { weight: 3, arbitrary: fc.constant("start" as const) },
    { weight: 2, arbitrary: fc.constant("abort" as const) },
    { weight: 4, arbitrary: fc.constantFrom(...FAILING_CALLS) },
  ),
  after: fc.constantFrom(0, 0, 0, 1, 2, 3),
  times: fc.constantFrom(1, 1, 2, 30),
  start: fc.constantFrom(...START_FAILURES),
  other: fc.constantFrom(...CALL_FAILURES),
  abort: fc.option(fc.record({ answer: fc.constantFrom(...ABORT_FAILURES), isCarriedOut: fc.boolean() }), {
    nil: undefined,
    freq: 4,
  }),
});

/**
 * Generates a start that fails, and failures of the list or of the history from their third request on. So if the start
 * got no clear answer, the provider often cannot find out whether the start made a run.
 */
export const inTheDark: fc.Arbitrary<InjectedFailure[]> = fc
  .record({ start: fc.constantFrom(...START_FAILURES), call: fc.constantFrom("listActive", "history" as const) })
  .map(({ start, call }) => [
    { call: "start", after: 0, times: 1, start, other: "500" },
    { call, after: 2, times: 60, start, other: "500" },
  ]);

/** Describes a failure in a few words. */
export function failureText({ call, start, other, abort }: InjectedFailure): string {
  if (call === "start") return `start ${start}`;
  if (call !== "abort" || abort === undefined) return `${call} ${other}`;
  return `abort ${abort.answer}, ${abort.isCarriedOut ? "carried out" : "not carried out"}`;
}

/**
 * Makes the client of one command, whose calls fail as `failures` says. Calls `fired` for each failure that happens.
 */
export function failingPort(
  service: { readonly client: LyceumPort; readonly behaviour: { starts: unknown[] } },
  clock: Clock,
  failures: readonly InjectedFailure[],
  fired: (failure: InjectedFailure) => void,
): LyceumPort {
  const made = new Map<FailingCall, number>();

  function failureOf(call: FailingCall): InjectedFailure | undefined {
    const count = made.get(call) ?? 0;
    made.set(call, count + 1);
    const failure = failures.find(
      (candidate) => candidate.call === call && count >= candidate.after && count < candidate.after + candidate.times,
    );
    if (failure !== undefined) fired(failure);
    return failure;
  }

  async function failing<T>(call: FailingCall, options: CallOptions | undefined, real: () => Promise<T>): Promise<T> {
    const failure = failureOf(call);
    if (failure === undefined) return real();
    if (call === "abort" && failure.abort !== undefined) return doubtful(failure.abort, options, real);
    if (failure.other === "hangs") return untilCut(options?.signal);
    if (failure.other === "404" && (call === "record" || call === "abort" || call === "deleteRecord")) {
      return { kind: "missing", error: modelError(404) } as T;
    }
    throw modelError(Number(failure.other), failure.other === "429" ? 5 : undefined);
  }

  /**
   * Makes an abort whose answer does not show whether the abort was carried out. The model service receives the abort
   * only if it is carried out.
   */
  async function doubtful<T>(
    { answer, isCarriedOut }: NonNullable<InjectedFailure["abort"]>,
    options: AbortOptions | undefined,
    real: () => Promise<T>,
  ): Promise<T> {
    const done = isCarriedOut ? await real() : undefined;
    if (answer === "404") return { kind: "missing", error: modelError(404) } as T;
    if (answer !== "hangs" && answer !== "slow") throw modelError(Number(answer));
    const { signal, timeoutSeconds } = options ?? {};
    const takes = answer === "slow" ? SLOW : timeoutSeconds;
    if (takes === undefined) return untilCut(signal);
    await clock.sleep(Math.min(takes, timeoutSeconds ?? takes), signal);
    if (signal?.aborted) return untilCut(signal);
    if (answer === "hangs" || takes > (timeoutSeconds ?? takes)) throw noAnswer();
    return done ?? ({ kind: "found", value: { status: "cancelling" } } as T);
  }

  function withOddRuns(call: FailingCall, page: ExecutionPage): ExecutionPage {
    return (made.get(call) ?? 0) % 2 === 0 ? page : { ...page, executions: [...page.executions, ...ODD_RUNS] };
  }

  const real = service.client;
  return {
    ...real,
    async start(request, options) {
      const failure = failureOf("start");
      if (failure !== undefined) service.behaviour.starts.push(STARTS[failure.start]);
      return real.start(request, options);
    },
    record: (id, options) => failing("record", options, () => real.record(id, options)),
    // The older status call fails together with the record. If the older status call worked, it would hide every
    // failure of the record.
    olderStatus: (id, options) => failing("record", options, () => real.olderStatus(id, options)),
    abort: (id, options) => failing("abort", options, () => real.abort(id, options)),
    deleteRecord: (id, options) => failing("deleteRecord", options, () => real.deleteRecord(id, options)),
    listActive: (options) =>
      failing("listActive", options, async () => withOddRuns("listActive", await real.listActive(options))),
    history: (page, options) =>
      failing("history", options, async () => {
        const answer = await real.history(page, options);
        return page.offset === 0 ? withOddRuns("history", answer) : answer;
      }),
    logsTail: (id, lines, options) => failing("logsTail", options, () => real.logsTail(id, lines, options)),
  };
}

const noAnswer = (): LyceumError =>
  new LyceumError({ code: "LYC1203", message: "The call failed: no answer in time." });

/** A call that gets no answer. Its signal or a short time limit ends the call, as in the real client. */
function untilCut(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const isLate = () => signal === undefined || (signal.reason as Error | undefined)?.name === "TimeoutError";
    const cut = () =>
      reject(
        isLate() ? noAnswer() : new LyceumError({ code: "LYC1206", message: "The call failed: it was cancelled." }),
      );
    if (signal === undefined || signal.aborted) setImmediate(cut);
    else signal.addEventListener("abort", cut, { once: true });
  });
}
