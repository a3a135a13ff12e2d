import { evaluateAnswers } from "./table";
import type { Walked } from "./walk";

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
