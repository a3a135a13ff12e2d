import type { ObservedRecord } from "../../../provider/reads";
import { nameOf } from "../../../provider/schema";
import { type Result, reportOf } from "../report/report";
import type { Report } from "../report/report-schema";
import type { EndedStep } from "../stack/events";
import type { RecordedExecution } from "../stack/state";
import { DRIFT, type DriftKind, driftOf } from "./drift-kinds";

/** A resource of the state, and its drift. */
export interface DriftRow {
  readonly name: string;
  readonly urn: string;
  readonly kind: DriftKind;
  readonly isDrift: boolean;
  readonly executionId?: string;
  /** The recorded and the observed status. Only an execution has them. */
  readonly recorded?: string;
  readonly observed?: string;
  readonly returnCode?: number;
  /** Why the drift is not known. */
  readonly reason?: string;
}

/** What `ci drift` reports. */
export interface DriftData {
  readonly project: string;
  readonly stack: string;
  readonly result: Result;
  /** Rows with drift come first. */
  readonly rows: readonly DriftRow[];
  /** The last lines that Pulumi printed, when the refresh failed. */
  readonly output: readonly string[];
}

/**
 * Makes the data. The drift of executions comes from the state and the service, that of other resources from the
 * refresh.
 */
export function driftData(
  about: Pick<DriftData, "project" | "stack">,
  executions: readonly (readonly [RecordedExecution, ObservedRecord])[],
  others: readonly EndedStep[],
): DriftData {
  const rows = [...executions.map(([one, observed]) => rowOf(one, observed)), ...others.map(otherRow)];
  const worst = rows.map(({ kind }) => DRIFT[kind]);
  const result = worst.includes("error") ? "failed" : worst.includes("drift") ? "drift" : "succeeded";
  const rank = ({ kind }: DriftRow) => RANKS[DRIFT[kind]];
  return { ...about, result, rows: rows.sort((a, b) => rank(a) - rank(b) || (a.urn < b.urn ? -1 : 1)), output: [] };
}

const RANKS = { error: 0, drift: 1, none: 2 } as const;

/** The report of a failed refresh, which shows no drift. */
export function failedDrift(about: Pick<DriftData, "project" | "stack">, output: readonly string[]): DriftData {
  return { ...about, result: "failed", rows: [], output };
}

/** The report of a drift. */
export function driftReport(request: Parameters<typeof reportOf>[0], data: DriftData): Report {
  const { project, result, rows, output } = data;
  return reportOf(request, { project, result, drift: rows.map(reportedRow), output });
}

function reportedRow(row: DriftRow): Report["drift"][number] {
  const { name, urn, kind, isDrift, executionId, recorded, observed, returnCode, reason } = row;
  const run = { executionId: executionId ?? null, recorded: recorded ?? null, observed: observed ?? null };
  return { name, urn, kind, isDrift, ...run, returnCode: returnCode ?? null, reason: reason ?? null };
}

function rowOf(execution: RecordedExecution, observed: ObservedRecord): DriftRow {
  const { name, urn, outputs } = execution;
  const kind = driftOf(observed, execution);
  const head = {
    name,
    urn,
    kind,
    isDrift: DRIFT[kind] === "drift",
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
  return { name: nameOf(urn), urn, kind, isDrift: true };
}
