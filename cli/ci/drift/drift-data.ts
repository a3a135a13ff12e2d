import type { ObservedRecord, UnrecordedRuns } from "../../../provider/reads";
import { nameOf } from "../../../provider/schema";
import { type Result, reportedRun, reportOf } from "../report/report";
import type { Report } from "../report/report-schema";
import type { EndedStep } from "../stack/events";
import type { UnsettledOperation } from "../stack/pending";
import type { RecordedExecution } from "../stack/state";
import { type DriftKind, type DriftSection, driftOf, sectionOf } from "./drift-kinds";

/** A resource of the state, and its drift. */
export interface DriftRow {
  readonly name: string;
  readonly urn: string;
  readonly kind: DriftKind;
  readonly section: DriftSection;
  readonly executionId?: string;
  /** The status of an execution in the state. */
  readonly recorded?: string;
  /** The status of an execution at Lyceum. `404`: Lyceum does not know the run. Absent if `reason` is set. */
  readonly observed?: string;
  readonly returnCode?: number;
  /** The reason why the drift is not known. */
  readonly reason?: string;
}

/** What `ci drift` reports. */
export interface DriftData {
  readonly project: string;
  readonly stack: string;
  readonly result: Result;
  /** Sorted by section: unknown drift and drift come first. */
  readonly rows: readonly DriftRow[];
  /**
   * The runs of the stack that its state does not have. Such runs are not drift. `gap`: why the list may be incomplete.
   */
  readonly unrecorded: UnrecordedRuns;
  /** Operations that a killed command left. The next apply settles them. */
  readonly pending: readonly UnsettledOperation[];
  /** The last lines that Pulumi printed, when the refresh failed. */
  readonly output: readonly string[];
}

/**
 * Makes the data of `ci drift`. The drift of executions comes from the state and from Lyceum. The drift of other
 * resources comes from the refresh.
 */
export function driftData(
  about: Pick<DriftData, "project" | "stack">,
  executions: readonly (readonly [RecordedExecution, ObservedRecord])[],
  others: readonly EndedStep[],
  left: Partial<Pick<DriftData, "unrecorded" | "pending">> = {},
): DriftData {
  const rows = [...executions.map(([one, observed]) => rowOf(one, observed)), ...others.map(otherRow)];
  const worst = rows.map(({ section }) => section);
  const result = worst.includes("error") ? "failed" : worst.includes("drift") ? "drift" : "succeeded";
  const rank = ({ section }: DriftRow) => RANKS[section];
  const sorted = rows.sort((a, b) => rank(a) - rank(b) || (a.urn < b.urn ? -1 : 1));
  return { ...about, result, rows: sorted, ...NOTHING_LEFT, ...left, output: [] };
}

const RANKS = { error: 0, drift: 1, known: 2, none: 3 } as const;
const NOTHING_LEFT = { unrecorded: { runs: [], gap: undefined }, pending: [] };

/** Returns the data of `ci drift` after a failed refresh. It has no rows, because the drift is not known. */
export function failedDrift(about: Pick<DriftData, "project" | "stack">, output: readonly string[]): DriftData {
  return { ...about, result: "failed", rows: [], ...NOTHING_LEFT, output };
}

/** Returns the report of `ci drift`. */
export function driftReport(request: Parameters<typeof reportOf>[0], data: DriftData): Report {
  const { project, result, rows, unrecorded, pending, output } = data;
  const messages =
    unrecorded.gap === undefined ? [] : [{ severity: "warning" as const, name: "", text: notListed(unrecorded.gap) }];
  const unrecordedRuns = unrecorded.runs.map(reportedRun);
  return reportOf(request, {
    project,
    result,
    drift: rows.map(reportedRow),
    unrecordedRuns,
    pending,
    messages,
    output,
  });
}

/** Returns the warning that runs of the stack may be missing in a report. */
export function notListed(gap: string): string {
  return `Runs of this stack that its state does not have could not be listed: ${gap}`;
}

function reportedRow(row: DriftRow): Report["drift"][number] {
  const { name, urn, kind, section, executionId, recorded, observed, returnCode, reason } = row;
  const run = { executionId: executionId ?? null, recorded: recorded ?? null, observed: observed ?? null };
  return { name, urn, kind, section, ...run, returnCode: returnCode ?? null, reason: reason ?? null };
}

function rowOf(execution: RecordedExecution, observed: ObservedRecord): DriftRow {
  const { name, urn, outputs } = execution;
  const kind = driftOf(observed, execution);
  const head = {
    name,
    urn,
    kind,
    section: sectionOf(observed, execution),
    executionId: outputs.executionId,
    recorded: outputs.status,
  };
  if (observed.kind === "elsewhere") return { ...head, reason: "the run belongs to another base URL" };
  if (observed.kind === "unreadable") return { ...head, reason: observed.reason };
  const { status, returnCode, missing } = observed.outputs;
  const shown = missing === undefined ? status : "404";
  return { ...head, observed: shown, ...(returnCode === undefined ? {} : { returnCode }) };
}

function otherRow({ urn, op }: EndedStep): DriftRow {
  const kind = op === "delete" ? "deleted outside" : "changed outside";
  return { name: nameOf(urn), urn, kind, section: "drift" };
}
