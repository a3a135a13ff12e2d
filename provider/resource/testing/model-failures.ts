import { modelError } from "../../execution/testing/model-service";
import type { CallOptions, LyceumPort, StartOutcome } from "../../lyceum/port";

/** The calls that a fault may bend. */
export const BENT_CALLS = ["start", "record", "abort", "deleteRecord", "listActive", "history", "logsTail"] as const;
type BentCall = (typeof BENT_CALLS)[number];

/** What becomes of a start: whether the run exists (now, later, or not at all) and what the caller learns. */
export const START_FAULTS = ["unclear, done", "unclear, not done", "unclear, done later", "refused", "busy"] as const;
/** What becomes of another call. */
export const CALL_FAULTS = ["500", "403", "401", "429", "404", "hangs"] as const;

/** A fault of one command: the calls of one kind from the `after`-th on, so many `times`. */
export interface Fault {
  readonly call: BentCall;
  readonly after: number;
  readonly times: number;
  readonly start: (typeof START_FAULTS)[number];
  readonly other: (typeof CALL_FAULTS)[number];
}

/** How long a start hangs in a queue before it is done all the same. Seconds. */
export const DONE_LATER = 20;

/** The service as one command meets it. `fired` tells each fault that did. */
export function faultyPort(
  service: { readonly client: LyceumPort; readonly behaviour: { starts: unknown[] } },
  faults: readonly Fault[],
  fired: (fault: Fault) => void,
): LyceumPort {
  const made = new Map<BentCall, number>();

  function faultOf(call: BentCall): Fault | undefined {
    const count = made.get(call) ?? 0;
    made.set(call, count + 1);
    const fault = faults.find(
      (candidate) => candidate.call === call && count >= candidate.after && count < candidate.after + candidate.times,
    );
    if (fault !== undefined) fired(fault);
    return fault;
  }

  async function bent<T>(call: BentCall, options: CallOptions | undefined, real: () => Promise<T>): Promise<T> {
    const fault = faultOf(call);
    if (fault === undefined) return real();
    if (fault.other === "hangs") return untilCut(options?.signal);
    if (fault.other === "404" && (call === "record" || call === "abort" || call === "deleteRecord")) {
      return { kind: "missing", error: modelError(404) } as T;
    }
    throw modelError(Number(fault.other), fault.other === "429" ? 5 : undefined);
  }

  const real = service.client;
  return {
    ...real,
    async start(request, options) {
      const fault = faultOf("start");
      if (fault !== undefined) service.behaviour.starts.push(startFault(fault.start));
      return real.start(request, options);
    },
    record: (id, options) => bent("record", options, () => real.record(id, options)),
    // The older read stands or falls with the record: else it would mend every fault of it.
    olderStatus: (id, options) => bent("record", options, () => real.olderStatus(id, options)),
    abort: (id, options) => bent("abort", options, () => real.abort(id, options)),
    deleteRecord: (id, options) => bent("deleteRecord", options, () => real.deleteRecord(id, options)),
    listActive: (options) => bent("listActive", options, () => real.listActive(options)),
    history: (page, options) => bent("history", options, () => real.history(page, options)),
    logsTail: (id, lines, options) => bent("logsTail", options, () => real.logsTail(id, lines, options)),
  };
}

function startFault(fault: Fault["start"]) {
  const unclear = (): StartOutcome => ({ kind: "unknown", error: modelError(500) });
  switch (fault) {
    case "unclear, done":
      return { commit: true, outcome: unclear };
    case "unclear, done later":
      return { commit: true, commitAfter: DONE_LATER, outcome: unclear };
    case "unclear, not done":
      return { commit: false, outcome: unclear };
    case "refused":
      return { commit: false, outcome: (): StartOutcome => ({ kind: "refused", error: modelError(400) }) };
    case "busy":
      return {
        commit: false,
        outcome: (): StartOutcome => ({ kind: "refused", error: modelError(429), retryAfterSeconds: 5 }),
      };
  }
}

/** Never answers; a call without a signal ends by the client's own clock, which is short here. */
function untilCut(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal === undefined) setImmediate(() => reject(modelError(0)));
    else signal.addEventListener("abort", () => reject(modelError(0)), { once: true });
  });
}
