import type { Answers } from "./answers";
import type { Assumption, Finding } from "./assumption";
import { LIST_ASSUMPTIONS } from "./assumptions/lists";
import { RUN_ASSUMPTIONS } from "./assumptions/run";
import { START_ASSUMPTIONS } from "./assumptions/start";
import type { Walked } from "./walk";

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

/** What a user attaches to an issue: known words and numbers, no text of the service but status words, and no secret. */
export function probeReport(walked: Walked) {
  const { run } = walked.answers;
  return {
    run: {
      executionId: run.id ?? null,
      fileName: run.fileName,
      executionType: run.machine,
      endsBy: run.endsBy,
      startedAt: new Date(run.startedAt).toISOString(),
      endSeen: walked.answers.ended,
    },
    assumptions: evaluateAnswers(walked.answers).map(({ assumption, finding }) => ({
      id: assumption.id,
      certainty: assumption.certainty,
      statement: assumption.statement,
      result: finding.result,
      shown: finding.result === "different" || finding.result === "refused" ? finding.shown : null,
      why: finding.result === "not tried" ? finding.why : null,
      otherwise: assumption.otherwise,
    })),
  };
}
