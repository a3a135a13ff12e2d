import type { LedgerRun } from "../harness/emulator/control";
import type { Phase } from "./cells";
import { markerIn } from "./desired";
import { resultOf } from "./ledger";
import type { LoggedRequest } from "./service";

const START = "startComposeExecution";
const LOOKUPS: readonly (string | null)[] = ["listWorkloads", "getBillingHistory"];
const READS: readonly (string | null)[] = [...LOOKUPS, "getExecution", "getStreamingStatus"];

/** What is known of one command at one moment. */
export interface Scene {
  readonly command: "up" | "destroy";
  /** Its requests so far, in order. */
  readonly requests: readonly LoggedRequest[];
  readonly ledger: readonly LedgerRun[];
}

/** Every phase that some create or delete of a command is in now: the last request of each is still open or was the last. */
export function phasesAt({ command, requests, ledger }: Scene): ReadonlySet<Phase> {
  const phases = new Set<Phase>();
  const starts = new Map<string, LoggedRequest>();
  for (const request of requests) {
    const marker = request.operation === START ? markerOfStart(request) : undefined;
    if (marker !== undefined) starts.set(marker, request);
  }
  for (const [marker, start] of starts) phases.add(phaseOfStart(marker, start, requests, ledger));
  for (const { operation, path } of requests) {
    const run = operation === "abortWorkload" ? runIn(path, ledger) : undefined;
    if (run !== undefined && resultOf(run) === undefined) phases.add("deleting");
  }
  if (command === "destroy") return phases.size === 0 ? new Set(["deleting"]) : phases;
  if (!requests.some(isAnsweredLookup)) phases.add("before the look-up");
  if (phases.size > 0) return phases;
  return new Set([ledger.some((run) => resultOf(run) === undefined) ? "waiting" : "ended"]);
}

function phaseOfStart(
  marker: string,
  start: LoggedRequest,
  requests: readonly LoggedRequest[],
  ledger: readonly LedgerRun[],
): Phase {
  const run = ledger
    .filter(
      ({ composeFileCode, timeline }) =>
        markerIn(composeFileCode) === marker && Date.parse(timeline[0]?.at ?? "") >= Date.parse(start.at),
    )
    .at(-1);
  if (start.status === 429) return "between look-up and POST";
  if (start.status !== 200) return run === undefined ? "POST, before commit" : "POST, after commit";
  const hasLookup = requests.some(
    (later) => follows(later, start) && READS.includes(later.operation) && later.status === 200,
  );
  if (run !== undefined && resultOf(run) !== undefined) return "ended";
  return hasLookup ? "waiting" : "answered";
}

/** The phase that a request belongs to which a fault stood in for; `done`: it had its effect all the same, at once. */
export function phaseOf(request: LoggedRequest, scene: Scene, done: boolean): Phase {
  const before = scene.requests.filter((other) => follows(request, other));
  if (request.operation === START) {
    const refused = before.some(
      (other) => other.operation === START && other.status === 429 && markerOfStart(other) === markerOfStart(request),
    );
    if (refused) return "between look-up and POST";
    return done ? "POST, after commit" : "POST, before commit";
  }
  if (request.operation === "abortWorkload" || request.operation === "deleteExecutionRecord") return "deleting";
  const run = runIn(request.path, scene.ledger);
  const aborted = before.filter(({ operation }) => operation === "abortWorkload");
  if (run !== undefined) {
    if (aborted.some(({ path }) => path.endsWith(`/${run.executionId}`))) return "deleting";
    return endedBy(run, request.at) ? "ended" : "waiting";
  }
  if (scene.command === "destroy") return "deleting";
  const hasAnsweredLookup = before.some(isAnsweredLookup);
  if (!hasAnsweredLookup) return "before the look-up";
  const start = before.filter((other) => other.operation === START && other.status === 200).at(-1);
  const lookups = before.filter(({ operation }) => LOOKUPS.includes(operation));
  if (start !== undefined && !lookups.some((lookup) => follows(lookup, start))) return "answered";
  const known = scene.ledger.filter(({ timeline }) => (timeline[0]?.at ?? "") <= request.at);
  if (known.every((other) => endedBy(other, request.at))) return "ended";
  const going = (path: string): boolean => {
    const deleted = runIn(path, known);
    return deleted !== undefined && !endedBy(deleted, request.at);
  };
  return aborted.some(({ path }) => going(path)) ? "deleting" : "waiting";
}

/** Whether one request came after another. */
export function follows(later: LoggedRequest, earlier: LoggedRequest): boolean {
  return later.life === earlier.life ? later.index > earlier.index : later.life > earlier.life;
}

/** The marker of the run that a start asks for. */
export function markerOfStart({ body }: LoggedRequest): string | undefined {
  return markerIn((body as { readonly compose_file_code?: unknown } | null)?.compose_file_code);
}

function isAnsweredLookup({ operation, status }: LoggedRequest): boolean {
  return operation === "getBillingHistory" && status === 200;
}

function runIn(path: string, ledger: readonly LedgerRun[]): LedgerRun | undefined {
  return ledger.find(({ executionId }) => path.includes(executionId));
}

function endedBy(run: LedgerRun, at: string): boolean {
  const result = resultOf(run);
  return result !== undefined && result.at <= Date.parse(at);
}
