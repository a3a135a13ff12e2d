import type { AnswerFault } from "../faults/fault";
import { reshape } from "../faults/reshape";
import { type Answer, failure } from "./answer";

/** What becomes of a request once the faults had their say. */
export interface FaultedOutcome {
  /** Absent: the connection is reset. */
  readonly answer?: Answer;
  /** The answer is the operation's own, so the contract validates it. */
  readonly isOwn: boolean;
  /** The operation, still to be done once the answer is out. */
  readonly late?: () => Promise<unknown>;
}

/** How a fault passes time. */
export interface FaultWaits {
  readonly sleep: (seconds: number) => Promise<void>;
  readonly hold: () => Promise<void>;
}

/** Does the operation, with a fault in its way. */
export async function withFault(
  fault: AnswerFault | undefined,
  operation: () => Promise<Answer>,
  waits: FaultWaits,
): Promise<FaultedOutcome> {
  if (fault === undefined) return { answer: await operation(), isOwn: true };
  if (fault.kind === "reshape") return { answer: reshape(await operation(), fault), isOwn: false };
  const early = fault.commit === "before" ? await operation() : undefined;

  if (fault.kind === "delay" || fault.kind === "hold") {
    await (fault.kind === "delay" ? waits.sleep(fault.seconds) : waits.hold());
    if (fault.commit === "never") return { answer: failure(504, "injected fault"), isOwn: false };
    return { answer: early ?? (await operation()), isOwn: true };
  }

  const late = fault.commit === "after" ? { late: operation } : {};
  switch (fault.kind) {
    case "status": {
      const body = fault.body === undefined ? { detail: "injected fault" } : fault.body;
      return {
        answer: { status: fault.status, body, ...(fault.headers === undefined ? {} : { headers: fault.headers }) },
        isOwn: false,
        ...late,
      };
    }
    case "garbage":
      return { answer: { status: 200, body: fault.body, contentType: "text/html" }, isOwn: false, ...late };
    case "reset":
      return { isOwn: false, ...late };
  }
}
