import type { ObservedRecord } from "../../provider/queries";
import { DRIFT, type DriftKind, driftOf } from "./drift-kinds";
import type { RefreshedResource } from "./events";
import { ciExitCodes } from "./exit-codes";
import type { RecordedExecution } from "./state";
import { nameOf } from "./urn";

/** One thing in the state, and what has become of it. */
export interface DriftRow {
  readonly name: string;
  readonly urn: string;
  readonly kind: DriftKind;
  readonly isDrift: boolean;
  readonly executionId?: string;
  /** What the state holds, and what the service shows; of an execution only. */
  readonly recorded?: string;
  readonly observed?: string;
  readonly returnCode?: number;
  /** Why it is not known. */
  readonly reason?: string;
}

/** What `ci drift` reports. */
export interface DriftData {
  readonly project: string;
  readonly stack: string;
  readonly result: "none" | "drift" | "error";
  readonly rows: readonly DriftRow[];
}

/** What is made of the state, the service and a refresh. Executions are classified here; a refresh finds the changes of other resources. */
export function driftData(
  about: Pick<DriftData, "project" | "stack">,
  executions: readonly (readonly [RecordedExecution, ObservedRecord])[],
  others: readonly RefreshedResource[],
): DriftData {
  const rows = [...executions.map(([one, observed]) => rowOf(one, observed)), ...others.map(otherRow)];
  const worst = rows.map(({ kind }) => DRIFT[kind]);
  const result = worst.includes("error") ? "error" : worst.includes("drift") ? "drift" : "none";
  return { ...about, result, rows: rows.sort((a, b) => (a.urn < b.urn ? -1 : 1)) };
}

/** The exit code of a result. */
export function driftCode({ result }: Pick<DriftData, "result">): number {
  return { none: ciExitCodes.clean, drift: ciExitCodes.drift, error: ciExitCodes.error }[result];
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

function otherRow({ urn, op }: RefreshedResource): DriftRow {
  const kind = op === "delete" ? "deleted outside" : "changed outside";
  return { name: nameOf(urn), urn, kind, isDrift: true };
}
