import { field } from "../../answers/json";
import { isEndKind, kindOf } from "../../answers/status";
import { GUARANTEES } from "../../capability";
import type { Answers } from "../answers";
import { readValue } from "../answers";
import type { Assumption, Finding } from "../assumption";
import { confirmed, different, endNotObserved, expect, leftOut, notTried } from "../assumption";
import { answers404, knownWord, OTHER_STATUS, ofValue, sameFileName, works } from "../evaluate";

/** Times that a record may hold, as the contract names them. */
const TIMES = ["created_at", "start_time", "end_time", "finish_time", "job_start", "job_end"] as const;
const WITH_ZONE = /(Z|[+-]\d{2}:?\d{2})$/i;
/** A difference of an hour or more is a time zone, less may be a queue or a clock. Milliseconds. */
const ZONE = 30 * 60 * 1000;

/** The record of one run, its end, its abort, its output. */
export const RUN_ASSUMPTIONS: readonly Assumption[] = [
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
    id: "record.status",
    certainty: "doc",
    statement: "The record holds a known status word in lower case.",
    otherwise: OTHER_STATUS,
    evaluate: (answers) => ofValue(answers.activeRecord, ({ status }) => knownWord(status)),
  },
  {
    id: "record.file-name",
    certainty: "client",
    statement: "The record holds the `file_name` of the start.",
    otherwise: "Nothing changes: list and history are searched by it, not the record.",
    evaluate: (answers) => ofValue(answers.activeRecord, ({ fileName }) => sameFileName(fileName, answers)),
  },
  {
    id: "record.created-at",
    certainty: "client",
    statement: "The record holds `created_at`.",
    otherwise: "The moment of the start counts in its place.",
    evaluate: (answers) =>
      ofValue(answers.activeRecord, ({ createdAt }) =>
        expect(createdAt !== undefined && !Number.isNaN(Date.parse(createdAt)), "there is no such time"),
      ),
  },
  {
    id: "record.zone",
    certainty: "assumed",
    statement: "Times are texts with a time zone.",
    otherwise: "A time without one is read as UTC; seconds and milliseconds since 1970 are read too.",
    evaluate: (answers) =>
      ofValue(answers.endedRecord ?? answers.activeRecord, (_, json) => {
        const times = TIMES.map((key) => [key, field(json, key) ?? undefined] as const).filter(
          ([, time]) => time !== undefined,
        );
        if (times.length === 0) return notTried("the record holds no times");
        const [other] = times.filter(([, time]) => typeof time !== "string" || !WITH_ZONE.test(time));
        if (other === undefined) return confirmed;
        return different(
          `\`${other[0]}\` is ${typeof other[1] === "string" ? "a text without one" : `a ${typeof other[1]}`}`,
        );
      }),
  },
  {
    id: "record.utc",
    certainty: "assumed",
    statement: "`created_at` is the moment of the start.",
    otherwise: "Ended runs are found again too long or too short a time after their end.",
    evaluate: (answers) =>
      ofValue(answers.activeRecord, ({ createdAt }) => {
        const away = Math.abs(Date.parse(createdAt ?? "") - answers.run.startedAt);
        if (Number.isNaN(away)) return notTried("the record holds no `created_at` that can be read");
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
    id: "older-status.status",
    certainty: "client",
    statement: "The older status call answers a known status word in lower case.",
    otherwise: OTHER_STATUS,
    evaluate: (answers) => ofValue(answers.activeStatus, ({ status }) => knownWord(status)),
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
    id: "abort.ended",
    certainty: "client",
    statement: "The abort of a run that has ended answers 404.",
    otherwise: "Nothing changes: the provider reads the run after an abort, for every answer of the abort.",
    evaluate: (answers) => (answers.ended ? answers404(answers.abortAgain) : endNotObserved),
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
      afterEnd(answers, (record, json) => {
        if (field(json, "return_code") !== undefined && field(json, "return_code") !== null) return confirmed;
        if (record.returnCode !== undefined) return different("the exit code is under another key");
        if (answers.run.endsBy === "abort" && field(json, "return_code") === null) {
          return leftOut("an aborted run has none here; --no-abort lets it end");
        }
        return different("there is no exit code");
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

function afterEnd(answers: Answers, evaluate: (record: EndedRecord["value"], json: unknown) => Finding): Finding {
  return answers.ended ? ofValue(answers.endedRecord, evaluate) : endNotObserved;
}

function whenAborted(answers: Answers, evaluate: () => Finding): Finding {
  return answers.run.endsBy === "abort" ? evaluate() : leftOut("--no-abort lets the run end by itself");
}

function endsAs(record: EndedRecord["value"], expected: "aborted" | "completed"): Finding {
  const kind = kindOf(record);
  const word = knownWord(record.status);
  if (isEndKind(kind) && kind !== expected)
    return different(`its status is ${JSON.stringify(record.status.slice(0, 40))}`);
  return word;
}
