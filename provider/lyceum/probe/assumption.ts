import type { Answers } from "./answers";

/**
 * How sure a fact of the contract is: `doc` the vendor's reference, `client` the vendor's own clients, `seen` reported
 * from use, `assumed` our reading.
 */
export type Certainty = "doc" | "client" | "seen" | "assumed";

/** What a probe found out about one assumption. `shown` and `why` never hold a text of the service but a status word. */
export type Finding =
  | { readonly result: "confirmed" }
  | { readonly result: "different"; readonly shown: string }
  | { readonly result: "refused"; readonly shown: string }
  /** `chosen`: the user's options left it out, so nothing is wrong. */
  | { readonly result: "not tried"; readonly why: string; readonly chosen: boolean };

/** One fact about a call that the provider makes. */
export interface Assumption {
  /** Stable: reports and tests name it. */
  readonly id: string;
  readonly certainty: Certainty;
  /** What is assumed, as a sentence. */
  readonly statement: string;
  /** What the provider does where it is otherwise, as a sentence. */
  readonly otherwise: string;
  /** Decides from recorded answers alone. */
  readonly evaluate: (answers: Answers) => Finding;
}

/** The assumption holds. */
export const confirmed: Finding = { result: "confirmed" };

/** The service answers, and otherwise than assumed. */
export function different(shown: string): Finding {
  return { result: "different", shown };
}

/** The question could not be asked, or its answer decides nothing. */
export function notTried(why: string): Finding {
  return { result: "not tried", why, chosen: false };
}

/** The probe ended before the question. */
export const notReached = notTried("the probe did not come this far");

/** The question is about an ended run. */
export const endNotObserved = notTried("the end of the run was not observed");

/** The user's options left the question out. */
export function leftOut(why: string): Finding {
  return { result: "not tried", why, chosen: true };
}

/** Confirmed, or different with what was shown. */
export function expect(holds: boolean, shown: string): Finding {
  return holds ? confirmed : different(shown);
}
