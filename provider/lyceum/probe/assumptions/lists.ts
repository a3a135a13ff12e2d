import { GUARANTEES } from "../../capability";
import type { Assumption } from "../assumption";
import { endNotObserved, expect, notTried } from "../assumption";
import { hasFileName, ofValue, shows, works } from "../evaluate";

const NO_FILE_NAME =
  "A run of an interrupted command cannot be distinguished from other runs; the provider reports this before a start and follows `whenUnverified`.";

/** The list of active runs, and the history of all runs. */
export const LIST_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: "list.answers",
    certainty: "client",
    statement: "GET /workloads/list shows the active runs.",
    otherwise: `Instead: ${GUARANTEES.list.without}.`,
    evaluate: (answers) => works(answers.activeList),
  },
  {
    id: "list.active",
    certainty: "client",
    statement: "The list shows a run while it is active.",
    otherwise: "The status comes from the record; an active run may be found in the history alone.",
    evaluate: (answers) => shows(answers.activeList, answers),
  },
  {
    id: "list.file-name",
    certainty: "client",
    statement: "Entries of the list hold the `file_name` of the start.",
    otherwise: NO_FILE_NAME,
    evaluate: (answers) => hasFileName(answers.activeList, answers),
  },
  {
    id: "list.ended",
    certainty: "client",
    statement: "The list does not show a run that has ended.",
    otherwise: "The status word of the entry decides, not its place in the list.",
    evaluate: (answers) => {
      if (!answers.ended) return endNotObserved;
      return ofValue(answers.endedList, ({ executions }) =>
        expect(!executions.some(({ executionId }) => executionId === answers.run.id), "the ended run is still on it"),
      );
    },
  },
  {
    id: "history.answers",
    certainty: "doc",
    statement: "GET /billing/history shows all runs.",
    otherwise: `Instead: ${GUARANTEES.history.without}.`,
    evaluate: (answers) => works(answers.history),
  },
  {
    id: "history.ended",
    certainty: "doc",
    statement: "The history shows a run after its end.",
    otherwise: GUARANTEES.history.without.replace(/^a/, "A").concat("."),
    evaluate: (answers) => shows(answers.history, answers),
  },
  {
    id: "history.file-name",
    certainty: "doc",
    statement: "Entries of the history hold the `file_name` of the start.",
    otherwise: NO_FILE_NAME,
    evaluate: (answers) => hasFileName(answers.history, answers),
  },
  {
    id: "history.order",
    certainty: "assumed",
    statement: "The history shows the newest run first.",
    otherwise: "The provider reads further pages where the total shows that there are any.",
    evaluate: (answers) =>
      ofValue(answers.history, ({ executions }) => {
        const times = executions.map(({ createdAt }) => Date.parse(createdAt ?? ""));
        if (times.some(Number.isNaN)) return notTried("entries have no `created_at` that can be read");
        return expect(
          times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time)),
          "an older run stands before a newer one",
        );
      }),
  },
  {
    id: "history.pages",
    certainty: "doc",
    statement: "`limit` and `offset` choose a page of the history.",
    otherwise: "A run of an interrupted command that stands beyond the first page is not found.",
    evaluate: (answers) =>
      ofValue(answers.firstPage, (first) =>
        ofValue(answers.secondPage, (second) => {
          if (first.executions.length > 1) return expect(false, "`limit` does not bound the page");
          const [a, b] = [first.executions[0], second.executions[0]];
          return expect(a === undefined || a.executionId !== b?.executionId, "`offset` does not move the page");
        }),
      ),
  },
];
