import type { Answers } from "./answers";
import type { Assumption, Finding } from "./assumption";
import { LIST_ASSUMPTIONS } from "./assumptions/lists";
import { RUN_ASSUMPTIONS } from "./assumptions/run";
import { START_ASSUMPTIONS } from "./assumptions/start";

/** Every assumption about the calls that the provider makes, in the order of a report. */
export const ASSUMPTIONS: readonly Assumption[] = [...START_ASSUMPTIONS, ...LIST_ASSUMPTIONS, ...RUN_ASSUMPTIONS];

/** One assumption and what the probe found out about it. */
export interface Evaluated {
  readonly assumption: Assumption;
  readonly finding: Finding;
}

/** Evaluates every assumption from recorded answers. Pure. */
export function evaluateAnswers(answers: Answers): readonly Evaluated[] {
  return ASSUMPTIONS.map((assumption) => ({ assumption, finding: assumption.evaluate(answers) }));
}

/** Whether a finding is worth attention: all but confirmed, and what the user's options left out. */
export function needsAttention({ finding }: Evaluated): boolean {
  return finding.result !== "confirmed" && !(finding.result === "not tried" && finding.chosen);
}
