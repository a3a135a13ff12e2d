import { pathOf } from "../../../provider/lyceum/operations";
import type { LedgerRun } from "../../harness/emulator/control";
import { argsOf, type DesiredRun, markerOf } from "../plan/desired";
import type { LoggedRequest } from "../service";
import type { Evidence, Trace } from "./evidence";
import type { Row } from "./rows";

/** Returns the time at `seconds` of a chaos run. */
export const moment = (seconds: number): string =>
  new Date(Date.parse("2026-03-01T12:00:00Z") + seconds * 1000).toISOString();

/** A run that continues until it is deleted. */
export const desired: DesiredRun = {
  name: "r0",
  incarnation: 1,
  waitFor: "running",
  run: 400,
  exitCode: 0,
  queue: 0,
  stopTakes: 1,
  form: "text",
};

/** The same resource with its second text. */
export const second: DesiredRun = { ...desired, incarnation: 2 };

/** The file name of a run of {@link desired}: its start key, and the resource's name. */
export const FILE_NAME = "key1-r0";

/** Makes a run in the emulator's records. If `end` is given, the run has ended. */
export function run(
  executionId: string,
  bornAt: number,
  end?: { readonly status: string; readonly at: number },
  { of = desired, fileName = FILE_NAME }: { readonly of?: DesiredRun; readonly fileName?: string } = {},
): LedgerRun {
  return {
    executionId,
    fileName,
    composeFileCode: String(argsOf(of).composeFileCode),
    timeline: [
      { status: "pending", at: moment(bornAt) },
      ...(end === undefined ? [] : [{ status: end.status, at: moment(end.at) }]),
    ],
  } as unknown as LedgerRun;
}

let index = 0;
/** Makes a request in the emulator's log. */
export function request(operation: string, at: number, more: Partial<LoggedRequest> = {}): LoggedRequest {
  const path = `/${operation}`;
  return { life: 1, index: index++, operation, path, at: moment(at), status: 200, ...more } as unknown as LoggedRequest;
}

export const lookup = (at: number): LoggedRequest => request("getBillingHistory", at);
export const list = (at: number): LoggedRequest => request("listWorkloads", at);
export const abort = (at: number, id: string): LoggedRequest =>
  request("abortWorkload", at, { path: pathOf("abortWorkload", id) });

/** Makes a start request for a desired run. */
export function post(at: number, of = desired, fileName = FILE_NAME): LoggedRequest {
  const body = { compose_file_code: argsOf(of).composeFileCode, file_name: fileName };
  return request("startComposeExecution", at, { body });
}

/** Makes a resource in a state that records a run. */
export function row(executionId: string, more: Partial<Row> = {}): Row {
  return { stack: "dev", name: "r0", urn: "urn", executionId, isRetained: false, isGoing: false, ...more };
}

/** Makes an `up` of `dev` that declares {@link desired} and sends these requests. */
export function command(requests: readonly LoggedRequest[], more: Partial<Trace> = {}): Trace {
  return {
    command: "up",
    stack: "dev",
    begunAt: Date.parse(requests[0]?.at ?? moment(0)),
    endedAt: Date.parse(requests.at(-1)?.at ?? moment(0)),
    exitCode: 0,
    output: "",
    requests,
    declared: [desired],
    before: [],
    after: [],
    ...more,
  };
}

/** Makes evidence without faults. The program has declared every run in this evidence. */
export function evidence(parts: Partial<Evidence>): Evidence {
  return {
    ledger: [],
    commands: [],
    desiredRuns: new Map([desired, second].map((one) => [markerOf(one), one])),
    takenOut: new Set(),
    wasNotDone: () => false,
    wasLate: () => false,
    wasHidden: () => false,
    ...parts,
  };
}
