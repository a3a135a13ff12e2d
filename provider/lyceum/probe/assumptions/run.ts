import { NO_STATUS } from "../../answers/run-fields";
import { classifyStatus, kindOf } from "../../answers/status";
import { GUARANTEES } from "../../capability";
import { nameOfOperation } from "../../operations";
import type { Answers, Recorded } from "../answers";
import { readValue } from "../answers";
import type { Assumption, Finding } from "../assumption";
import { confirmed, different, endNotObserved, expect, leftOut, notTried } from "../assumption";
import { answers404, ofValue, works } from "../evaluate";

/** A difference of an hour or more is a time zone, less may be a queue or a clock. Milliseconds. */
const ZONE = 30 * 60 * 1000;

/** The record of one run, its end, its abort, its output. */
export const RUN_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: "status.words",
    certainty: "client",
    statement: "Every answer about a run holds a status word that is known.",
    otherwise: "An unknown word is shown as it came and is not an end.",
    evaluate: (answers) => {
      const words = statusesIn(answers);
      if (words.length === 0) return notTried("no answer shows the run");
      const unknown = words.find(({ status }) => classifyStatus(status) === "unknown");
      if (unknown === undefined) return confirmed;
      return different(`${unknown.status === NO_STATUS ? "there is no status" : shown(unknown)} in ${unknown.call}`);
    },
  },
  {
    id: "record.answers",
    certainty: "doc",
    statement: "GET /execution/{id} shows the record of a run.",
    otherwise: `Instead: ${GUARANTEES.record.without}.`,
    evaluate: (answers) => works(answers.activeRecord),
  },
  {
    id: "record.unknown",
    certainty: "assumed",
    statement: "The record of an id that does not exist answers 404.",
    otherwise:
      "A run that the service has forgotten looks like a refused call: it stays in the state until it must have ended.",
    evaluate: (answers) => answers404(answers.unknownRecord),
  },
  {
    id: "record.created-at",
    certainty: "assumed",
    statement: "The record holds the moment of the start as `created_at`.",
    otherwise: "Ended runs are found again too long or too short a time after their end.",
    evaluate: (answers) =>
      ofValue(answers.activeRecord, ({ createdAt }) => {
        const away = Math.abs(Date.parse(createdAt ?? "") - answers.run.startedAt);
        if (Number.isNaN(away)) return different("there is no such time");
        return expect(away < ZONE, `it is ${Math.round(away / 60_000)} minutes away from the clock of this machine`);
      }),
  },
  {
    id: "older-status.answers",
    certainty: "client",
    statement: "GET /execution/streaming/{id}/status shows the status of a run.",
    otherwise: `Instead: ${GUARANTEES.olderStatus.without}.`,
    evaluate: (answers) => works(answers.activeStatus),
  },
  {
    id: "abort.unknown",
    certainty: "client",
    statement: "The abort of an id that does not exist answers 404.",
    otherwise: "Deleting a run that the service has forgotten stops with an error that names `onDelete`.",
    evaluate: (answers) => answers404(answers.unknownAbort),
  },
  {
    id: "abort.answers",
    certainty: "client",
    statement: "POST /workloads/abort/{id} aborts an active run.",
    otherwise: `Instead: ${GUARANTEES.abort.without}.`,
    evaluate: (answers) => whenAborted(answers, () => works(answers.abort)),
  },
  {
    id: "abort.ends",
    certainty: "client",
    statement: "A run ends after it was aborted, and its status word shows that.",
    otherwise: "Deleting waits for the grace period and 60 s, then finishes with a warning.",
    evaluate: (answers) =>
      whenAborted(answers, () => {
        if (readValue(answers.abort) === undefined) return notTried("no abort was answered");
        if (!answers.ended) return different("the end was not observed within the grace period and 60 s");
        return ofValue(answers.endedRecord, (record) => endsAs(record, "aborted"));
      }),
  },
  {
    id: "end.completed",
    certainty: "doc",
    statement: "A run whose command ends with 0 is `completed`.",
    otherwise: "Another word is shown as it came; exit code and end time show the end too.",
    evaluate: (answers) => {
      if (answers.run.endsBy === "abort") return leftOut("the run was aborted; --no-abort lets it end");
      if (!answers.ended) return endNotObserved;
      return ofValue(answers.endedRecord, (record) => endsAs(record, "completed"));
    },
  },
  {
    id: "record.exit-code",
    certainty: "client",
    statement: "The record of an ended run holds `return_code`.",
    otherwise: "The status word alone decides how a run ended, and `returnCode` stays empty.",
    evaluate: (answers) =>
      afterEnd(answers, ({ returnCode }) => {
        if (returnCode !== undefined) return confirmed;
        if (answers.run.endsBy === "itself") return different("there is no exit code");
        return leftOut("an aborted run has none here; --no-abort lets it end");
      }),
  },
  {
    id: "record.end-time",
    certainty: "client",
    statement: "The record of an ended run holds the time of its end.",
    otherwise: "Only the status word shows that a run has ended.",
    evaluate: (answers) =>
      afterEnd(answers, ({ endedAt }) =>
        expect(endedAt !== undefined && !Number.isNaN(Date.parse(endedAt)), "there is no such time"),
      ),
  },
  {
    id: "logs.answers",
    certainty: "doc",
    statement: "GET /logs/execution/{id} shows the output of a run.",
    otherwise: `Instead: ${GUARANTEES.logs.without}.`,
    evaluate: (answers) => works(answers.logs),
  },
  {
    id: "logs.lines",
    certainty: "doc",
    statement: "The logs hold what the run printed.",
    otherwise: "A failure shows the output of the record.",
    evaluate: (answers) => ofValue(answers.logs, ({ lines }) => expect(lines.length > 0, "they hold no line")),
  },
  {
    id: "timing.answers",
    certainty: "client",
    statement: "GET /execution/{id}/timing shows how long each phase took.",
    otherwise: "Instead: `getExecutionTiming` ends with an error, and `show` and the report leave the phases out.",
    evaluate: (answers) => works(answers.timing),
  },
  {
    id: "delete-record.answers",
    certainty: "client",
    statement: "DELETE /execution/{id} deletes the record of an ended run.",
    otherwise: `Instead: ${GUARANTEES.deleteRecord.without}.`,
    evaluate: (answers) => works(answers.deletedRecord),
  },
];

type EndedRecord = NonNullable<Answers["endedRecord"]>["result"] & { readonly kind: "value" };

function afterEnd(answers: Answers, evaluate: (record: EndedRecord["value"]) => Finding): Finding {
  return answers.ended ? ofValue(answers.endedRecord, evaluate) : endNotObserved;
}

function whenAborted(answers: Answers, evaluate: () => Finding): Finding {
  return answers.run.endsBy === "abort" ? evaluate() : leftOut("--no-abort lets the run end by itself");
}

function endsAs(record: EndedRecord["value"], expected: "aborted" | "completed"): Finding {
  return expect(kindOf(record) === expected, `its status is ${shown(record)}`);
}

function shown({ status }: { readonly status: string }): string {
  return JSON.stringify(status.slice(0, 40));
}

/** The status words of all answers about the run, each with its call. */
function statusesIn({ run, start, activeRecord, activeStatus, endedRecord, activeList, history }: Answers) {
  const records: readonly (Recorded<{ readonly status: string }> | undefined)[] = [
    start,
    activeRecord,
    activeStatus,
    endedRecord,
  ];
  const runs = [
    ...records.map((recorded) => ({ recorded, found: readValue(recorded) })),
    ...[activeList, history].map((recorded) => ({
      recorded,
      found: readValue(recorded)?.executions.find(({ executionId }) => executionId === run.id),
    })),
  ];
  return runs.flatMap(({ recorded, found }) =>
    recorded === undefined || found === undefined
      ? []
      : [{ status: found.status, call: nameOfOperation(recorded.operation) }],
  );
}
