import { type Abort, createAbort } from "../../lyceum/abort";
import { type SeenRun, seenRun } from "../../lyceum/abort-step";
import { isRedirect } from "../../lyceum/capability";
import type { LyceumPort } from "../../lyceum/port";
import type { ObservedRun } from "../run/record/record";
import { type Observation, watchAbsence } from "./observe";
import type { Poller } from "./poller";
import type { Clock } from "./ports";

interface AbortContext {
  readonly client: Pick<LyceumPort, "abort">;
  readonly clock: Clock;
  readonly poller: Poller;
}

interface RunToAbort {
  readonly executionId: string;
  readonly status: string;
  readonly graceSeconds: number;
  /** Whether a list has already shown the run to this process. */
  readonly isListed?: boolean;
}

/** Limits of the watch of an aborted run. */
interface AbortBounds {
  /** The latest time at which the watch ends, in milliseconds since the epoch. */
  readonly endsAt: number;
  readonly cancel?: AbortSignal | undefined;
  /**
   * Whether the watch also ends if it can no longer see the run: if Lyceum refuses all requests that could show it.
   */
  readonly stopsUnseen?: boolean;
  /** Called for each new status. */
  readonly onStatus?: (status: string) => void;
}

/**
 * How the watch of an aborted run ended.
 *
 * | result | meaning |
 * |---|---|
 * | `ended` | an observation shows the end |
 * | `gone` | the run cannot be read by its id, and the list no longer shows it |
 * | `refused` | Lyceum refuses the abort of an active run; or a redirect answers the abort and the read of the run |
 * | `unknown` | Lyceum answers 404 to the read of the run, and answers 404 to the abort or refuses it |
 * | `late` | the deadline has passed, the abort was not sent, or `stopsUnseen` ended the watch |
 * | `cancelled` | `cancel` ended the watch |
 */
export type AbortedRunEnd = "ended" | "gone" | "refused" | "unknown" | "late" | "cancelled";

/** Seconds to wait for the answer to the abort before the run is read. Lyceum usually answers at once. */
const ANSWER_SECONDS = 2;

/** A run whose abort was sent. */
export interface AbortedRun extends Pick<Abort, "acceptedAt" | "answer" | "inWords" | "stop" | "unsent"> {
  /** Watches the run until the result is known. After `unknown`, this function may be called again. */
  watch(): Promise<AbortedRunEnd>;
  /** Returns the last observation of the run, with its time. */
  last(): { readonly run: ObservedRun; readonly at: number; readonly kind: Observation["kind"] };
}

/**
 * Sends the abort of a run, and watches the run at the same time. The table of `nextAbortStep` shows what each answer
 * means, and when the abort is sent again.
 */
export function abortRun(
  { client, clock, poller }: AbortContext,
  { executionId, status, graceSeconds, isListed = false }: RunToAbort,
  { endsAt, cancel, stopsUnseen, onStatus }: AbortBounds,
): AbortedRun {
  const abort = createAbort({ client, now: clock.now }, executionId, endsAt);
  const begunAt = clock.now();
  const isGone = watchAbsence(clock, { abortedAt: begunAt, graceSeconds });
  let run: ObservedRun = { status };
  let at = begunAt;
  let kind: Observation["kind"] = "unreachable";
  let wasListed = isListed;
  let first: Promise<void> | undefined;

  function see(observation: Observation): AbortedRunEnd | undefined {
    kind = observation.kind;
    if (observation.kind === "status") {
      if (observation.status !== run.status) onStatus?.(observation.status);
      run = observation.record ?? { status: observation.status };
      at = clock.now();
      wasListed ||= observation.isListed === true;
    }
    // A list without the run proves the end of the run only if an earlier list showed the run, or if Lyceum accepted
    // the abort. Otherwise, the API key may belong to another organization.
    if ((wasListed || abort.acceptedAt() !== undefined) && isGone(observation)) return "gone";
    const answer = abort.answer();
    if (answer?.kind === "refused" && isRedirect(answer.error) && isRedirectOnly(observation)) return "refused";
    const step = abort.look(seenIn(observation));
    return step ?? (stopsUnseen && observation.kind === "refused" ? "late" : undefined);
  }

  return {
    ...abort,
    last: () => ({ run, at, kind }),
    async watch() {
      first ??= abort.begin();
      const answered = new AbortController();
      await Promise.race([first, clock.sleep(ANSWER_SECONDS, answered.signal)]);
      answered.abort();
      // If the abort could not be sent, there is no end to wait for.
      const deadline = () => (abort.unsent() === undefined ? endsAt : clock.now());
      const end = await poller.watch(executionId, see, deadline, cancel, true);
      return end === "deadline" ? "late" : end;
    },
  };
}

function seenIn(observation: Observation): SeenRun {
  switch (observation.kind) {
    case "status":
      return seenRun(observation.record ?? observation);
    case "missing":
      return "missing";
    case "refused":
      return "hidden";
    case "unlisted":
    case "unreachable":
      return "nothing";
  }
}

/** Whether the read of the run was answered with a redirect. Such an answer does not come from Lyceum. */
function isRedirectOnly(observation: Observation): boolean {
  return observation.kind === "refused" && isRedirect(observation.error);
}
