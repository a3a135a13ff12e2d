import { toIso } from "../clock/clock";
import { createdAt, type Execution, endedAt, isEnd, reachedAt } from "../executions/execution";
import { labelOf } from "../executions/label";
import type { StoredLine } from "../executions/output";
import { hasBucket } from "../executions/run-files";
import type { ShownFault } from "../faults/injected-faults";
import type { LoggedRequest } from "./request-log";
import { BASE_PATH, type ServerState } from "./state";

/** The largest number of lines, and the longest texts in characters, in one answer to the page. */
export const PAGE_LIMITS = {
  runs: 100,
  lines: 500,
  /** The lines of the beginning, if the page asks for all lines and there are more than it may get. */
  firstLines: 100,
  line: 4000,
  text: 300,
  errors: 20,
  faults: 50,
  requests: 10,
} as const;

/** The answer to the page. */
export type PageView = ReturnType<typeof pageView>;

/**
 * Returns the data that the page asks for once a second. The data has only what the page shows: no bodies of starts,
 * because these have registry credentials, and only a limited number of texts and lists. Injected faults do not hide
 * runs from the page.
 * @param asked the run that is shown in full, and the number of the first line that the page does not have
 */
export function pageView(
  state: ServerState,
  asked: { readonly run: string | undefined; readonly from: number },
  operations: readonly string[],
) {
  const { store, clock, engine, faults, requests } = state;
  const { run, from } = asked;
  const now = clock.now();
  const history = store.history();
  const newest = history.slice(0, PAGE_LIMITS.runs);
  const injected = faults.show();
  return {
    engine: engine.name,
    now: toIso(now),
    /** The operations that an injected error may name. */
    operations,
    runs: { total: history.length, executions: newest.map((execution) => summary(execution, now)) },
    /** The requested run. Null if the emulator does not know this run. Absent if the page requested none. */
    ...(run === undefined ? {} : { run: detail(state, run, from, now) }),
    faults: { total: injected.length, shown: injected.slice(0, PAGE_LIMITS.faults).map(describeFault) },
    requests: requests.all().slice(-PAGE_LIMITS.requests).reverse().map(describeRequest),
  };
}

/** A run in the list. */
export type PageRun = ReturnType<typeof summary>;

function summary(execution: Execution, now: number) {
  const started = reachedAt(execution, "running");
  return {
    executionId: execution.executionId,
    fileName: execution.fileName === null ? null : cut(execution.fileName),
    label: execution.fileName === null ? null : cut(labelOf(execution.fileName)),
    machine: cut(execution.machine),
    status: execution.status,
    hasEnded: isEnd(execution.status),
    returnCode: execution.returnCode,
    createdAt: toIso(createdAt(execution)),
    /** The duration in seconds. Null before the run starts. */
    ran: started === undefined ? null : ((endedAt(execution) ?? now) - started) / 1000,
  };
}

/** The run that is shown in full. */
export type PageRunDetail = NonNullable<ReturnType<typeof detail>>;

function detail(state: ServerState, id: string, from: number, now: number) {
  const run = state.store.find(id);
  if (run === undefined) return null;
  const { execution, output } = run;
  const errors = [...execution.errors, ...execution.dockerErrors];
  return {
    ...summary(execution, now),
    hasBucket: hasBucket(run),
    errors: errors.slice(0, PAGE_LIMITS.errors).map((error) => cut(error, PAGE_LIMITS.line)),
    timeline: execution.timeline.map(({ status, at }) => ({ status, at: toIso(at) })),
    lines: firstAndLast(output.from(from), from === 0 ? PAGE_LIMITS.firstLines : 0).map(shownLine),
  };
}

function firstAndLast(lines: readonly StoredLine[], first: number): readonly StoredLine[] {
  if (lines.length <= PAGE_LIMITS.lines) return lines;
  return [...lines.slice(0, first), ...lines.slice(first - PAGE_LIMITS.lines)];
}

/** A line of output. `omitted` is the number of characters that are not shown. */
export type PageLine = ReturnType<typeof shownLine>;

function shownLine({ index, service, message }: StoredLine) {
  const shown = message.slice(0, PAGE_LIMITS.line);
  return { index, service: cut(service), message: shown, omitted: message.length - shown.length };
}

/** An injected error. `what` is, for example, `status 503`. An empty `match` means all runs. */
export type PageFault = ReturnType<typeof describeFault>;

function describeFault(injected: ShownFault) {
  const { id, operation, match, matched, fired, times, holding } = injected;
  const about = [
    ...(match.executionId === undefined ? [] : [`run ${match.executionId}`]),
    ...(match.fileNamePrefix === undefined ? [] : [`file names that begin with ${match.fileNamePrefix}`]),
  ];
  return { id, operation, what: cut(words(injected)), match: cut(about.join(", ")), matched, fired, times, holding };
}

/**
 * Returns the text for a fault. A test may have set any field to any value, even a field that this kind of fault does
 * not have.
 */
function words({ fault }: ShownFault): string {
  if (fault.kind === "short-pages") return `${fault.kind} ${fault.entries}`;
  if (fault.kind === "lagging-list") return `${fault.kind} ${fault.seconds} s`;
  if (fault.kind === "forget" || fault.kind === "id-forms" || fault.kind === "reshape") return fault.kind;
  const number = fault.kind === "status" ? ` ${fault.status}` : fault.kind === "delay" ? ` ${fault.seconds} s` : "";
  return `${fault.kind}${number} (effect: ${fault.commit})`;
}

function describeRequest({ index, at, method, path, status, fault }: LoggedRequest) {
  return { index, at, method, path: cut(path.replace(BASE_PATH, "")), status, fault: fault ?? null };
}

function cut(text: string, most: number = PAGE_LIMITS.text): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
