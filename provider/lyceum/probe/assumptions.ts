import { sentence } from "../../display/wording";
import { exitCodeOf } from "../answers/exit-line";
import { NO_STATUS } from "../answers/run-fields";
import { classifyStatus, kindOf } from "../answers/status";
import { GUARANTEES } from "../capability";
import { nameOfOperation } from "../operations";
import type { Answers, Recorded } from "./answers";
import { readValue } from "./answers";
import type { Finding } from "./finding";
import { answers404, different, entryOf, expect, notTried, ofValue, shows, showsFileName, works } from "./finding";
import { mountShown, SHORT_SERVICE } from "./mount";

/** One assumption of the provider about a call. */
export interface Assumption {
  /** The id of the assumption. An id never changes, because reports and tests use it. */
  readonly id: string;
  /**
   * The source of the assumption. `doc`: the vendor's reference. `client`: the vendor's own clients. `assumed`: our
   * interpretation.
   */
  readonly certainty: "doc" | "client" | "assumed";
  /** The assumption as a sentence. */
  readonly statement: string;
  /** What the provider does if the assumption is wrong, as a sentence. */
  readonly otherwise: string;
  /** Decides from the recorded answers whether the assumption is right. */
  readonly evaluate: (answers: Answers) => Finding;
}

/**
 * Thirty minutes in milliseconds. A larger difference between two clocks means another time zone. A smaller difference
 * may come from a queue or from an inaccurate clock.
 */
const ZONE = 30 * 60 * 1000;

const NO_FILE_NAME =
  "The provider cannot recognize a run of an interrupted command. It reports this before a start, and `whenUnverified` decides.";

/** The provider's assumptions, in the order in which `doctor --probe` reports them. */
export const ASSUMPTIONS: readonly Assumption[] = [
  {
    id: "machines.name",
    certainty: "assumed",
    statement: "The listed machines have the names that a start accepts as `execution_type`.",
    otherwise: "If `executionType` changes to a machine that is not on the list, the provider refuses the replacement.",
    evaluate: ({ machines, run }) =>
      ofValue(machines, (all) =>
        expect(
          all.some(({ hardwareProfile }) => hardwareProfile === run.machine),
          `${run.machine} is not on the list`,
        ),
      ),
  },
  {
    id: "start.answers",
    certainty: "doc",
    statement: `${nameOfOperation("startComposeExecution")} starts a run and returns its id.`,
    otherwise:
      "After an unclear answer, the provider looks for the run by its file name. It sends the start again only if the list and the history prove that there is no run.",
    evaluate: ({ start }) => works(start),
  },
  {
    id: "list.active",
    certainty: "client",
    statement: "The list shows a run while it is active.",
    otherwise: "The provider reads the status from the record, and may find an active run only in the history.",
    evaluate: (answers) => shows(answers.activeList, answers),
  },
  {
    id: "list.file-name",
    certainty: "client",
    statement: "Entries of the list have the `file_name` of the start.",
    otherwise: NO_FILE_NAME,
    evaluate: (answers) => showsFileName(answers.activeList, answers),
  },
  {
    id: "history.ended",
    certainty: "doc",
    statement: "The history shows a run after its end.",
    otherwise: sentence(GUARANTEES.history.without),
    evaluate: (answers) => shows(answers.history, answers),
  },
  {
    id: "history.file-name",
    certainty: "doc",
    statement: "Entries of the history have the `file_name` of the start.",
    otherwise: NO_FILE_NAME,
    evaluate: (answers) => showsFileName(answers.history, answers),
  },
  {
    id: "history.order",
    certainty: "assumed",
    statement: "The history shows the newest run first.",
    otherwise:
      "The provider reads the whole history, at most ten pages. If there are more pages, the lookup is incomplete (`whenUnverified`).",
    evaluate: ({ history }) =>
      ofValue(history, ({ executions }) => {
        const times = executions.map(({ createdAt }) => Date.parse(createdAt ?? ""));
        if (times.some(Number.isNaN)) return notTried("entries have no `created_at` that can be read");
        return expect(
          times.every((time, index) => index === 0 || time <= (times[index - 1] ?? time)),
          "an older run comes before a newer one",
        );
      }),
  },
  {
    id: "status.words",
    certainty: "client",
    statement: "Every answer about a run has a status word that the provider knows.",
    otherwise: "The provider shows an unknown word unchanged, and the run does not count as ended.",
    evaluate: (answers) => {
      const words = statusesIn(answers);
      if (words.length === 0) return notTried("no answer shows the run");
      const unknown = words.find(({ status }) => classifyStatus(status) === "unknown");
      const word = unknown?.status === NO_STATUS ? "there is no status" : shown(unknown?.status);
      return expect(unknown === undefined, `${word} in ${unknown?.call}`);
    },
  },
  {
    id: "record.answers",
    certainty: "doc",
    statement: `${nameOfOperation("getExecution")} shows the record of a run.`,
    otherwise: sentence(GUARANTEES.record.without),
    evaluate: ({ activeRecord }) => works(activeRecord),
  },
  {
    id: "record.unknown",
    certainty: "assumed",
    statement: "For an id that does not exist, the call for the record returns 404.",
    otherwise:
      "The provider cannot distinguish a run that Lyceum has forgotten from a refused call. So a refresh changes nothing, and warns.",
    evaluate: ({ unknownRecord }) => answers404(unknownRecord),
  },
  {
    id: "record.created-at",
    certainty: "assumed",
    statement: "The record has the time of the start as `created_at`.",
    otherwise: "The provider adopts ended runs for a longer or shorter time than `adoptEndedWithin`.",
    evaluate: ({ activeRecord, run }) =>
      ofValue(activeRecord, ({ createdAt }) => {
        const away = Math.abs(Date.parse(createdAt ?? "") - run.startedAt);
        if (Number.isNaN(away)) return different("there is no such time");
        return expect(away < ZONE, `it is ${Math.round(away / 60_000)} minutes away from the clock of this machine`);
      }),
  },
  {
    id: "record.end",
    certainty: "client",
    statement: "The record of an ended run has its exit code or the time of its end.",
    otherwise:
      "Only the status word shows that a run has ended, so the provider reads the run twice before it reports the end.",
    evaluate: ({ run, endedRecord }) =>
      run.ended
        ? ofValue(endedRecord, ({ returnCode, endedAt }) =>
            expect(returnCode !== undefined || endedAt !== undefined, "it has neither"),
          )
        : notTried("the end of the run was not observed"),
  },
  {
    id: "abort.unknown",
    certainty: "client",
    statement: "For an id that does not exist, the abort returns 404.",
    otherwise: "Deleting a run that Lyceum has forgotten stops with an error that names `onDelete`.",
    evaluate: ({ unknownAbort }) => answers404(unknownAbort),
  },
  {
    id: "abort.answers",
    certainty: "client",
    statement: `${nameOfOperation("abortWorkload")} aborts an active run.`,
    otherwise: sentence(GUARANTEES.abort.without),
    evaluate: ({ abort }) => works(abort),
  },
  {
    id: "abort.ends",
    certainty: "client",
    statement: "A run ends after it was aborted, and its status word shows that.",
    otherwise: "A deletion waits for the grace period and 60 s, and then stops with LYC3005.",
    evaluate: ({ abort, run, endedRecord }) => {
      if (abort?.kind !== "value") return notTried("no abort was answered");
      if (!run.ended) return different("the end was not observed within the grace period and 60 s");
      return ofValue(endedRecord, (record) =>
        expect(kindOf(record) === "aborted", `its status is ${shown(record.status)}`),
      );
    },
  },
  {
    id: "output.lines",
    certainty: "doc",
    statement: "The logs of a run, or its record, contain what the run printed.",
    otherwise: "A failure reports that the lines could not be read.",
    evaluate: ({ output }) => ofValue(output, (lines) => expect(lines.length > 0, "they contain no line")),
  },
  {
    id: "output.exit",
    certainty: "assumed",
    statement:
      "The output of a run shows the end of a service while other services go on, as `docker compose up` does.",
    otherwise: "With `job`, the other services go on until the `timeout` of the run.",
    evaluate: ({ output }) =>
      ofValue(output, (lines) =>
        lines.length === 0
          ? notTried("the output contains no line")
          : expect(exitCodeOf(lines, SHORT_SERVICE) === 0, "no line shows it"),
      ),
  },
  {
    id: "mount.service",
    certainty: "assumed",
    statement: "A service of a run with `enable_s3_mount` sees the bucket at `/mnt/s3` without an entry in `volumes`.",
    otherwise:
      'If a service can mount the bucket, write `volumes: ["/mnt/s3/data:/data"]`. If it cannot, runs have no access to files in the bucket.',
    evaluate: mountFinding,
  },
  {
    id: "delete-record.answers",
    certainty: "client",
    statement: `${nameOfOperation("deleteExecutionRecord")} deletes the record of an ended run.`,
    otherwise: sentence(GUARANTEES.deleteRecord.without),
    evaluate: ({ deletedRecord }) => works(deletedRecord),
  },
];

/**
 * Evaluates whether a service sees the bucket without a volume. If it does not, evaluates whether it can mount a folder
 * of the bucket. If no run with the bucket could be started, the finding is the error of the start.
 */
function mountFinding({ marker, markerContent = "", mountedStart, output, volumeOutput }: Answers): Finding {
  if (marker?.kind === "failed") return notTried(`storing a file in the bucket failed with ${marker.code}`);
  if (marker !== undefined && mountedStart !== undefined) return works(mountedStart);
  if (marker === undefined || output === undefined) return ofValue(undefined, () => different(""));
  return ofValue(output, (lines) => {
    const itself = mountShown(lines, markerContent);
    if (itself === "seen") return expect(true, "");
    if (itself === undefined) return notTried("the run printed nothing about it");
    const mounted = volumeOutput?.kind === "value" ? mountShown(volumeOutput.value, markerContent) : "none";
    if (mounted === undefined) return different("it does not, and a run that mounts it printed nothing");
    return different(mounted === "seen" ? "it does not, but it can mount it" : "it does not, and it cannot mount it");
  });
}

function shown(status = ""): string {
  return JSON.stringify(status.slice(0, 40));
}

/** The status words in all answers about the run, each with the call that returned it. */
function statusesIn(answers: Answers): readonly { readonly status: string; readonly call: string }[] {
  const { start, activeRecord, endedRecord, activeList, history } = answers;
  const aboutRun: readonly (Recorded<{ readonly status: string }> | undefined)[] = [start, activeRecord, endedRecord];
  const records = aboutRun.map((recorded) => [recorded, readValue(recorded)] as const);
  const entries = [activeList, history].map((recorded) => [recorded, entryOf(recorded, answers)] as const);
  return [...records, ...entries].flatMap(([recorded, run]) =>
    recorded === undefined || run === undefined
      ? []
      : [{ status: run.status, call: nameOfOperation(recorded.operation) }],
  );
}
