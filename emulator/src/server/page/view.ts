import { toIso } from "../../clock/clock";
import { STATUS_WORDS } from "../../executions/execution";
import { hiddenIn } from "../../executions/hidden-secrets";
import type { StoredLine } from "../../executions/output";
import { hasBucket } from "../../executions/run-files";
import type { ShownFault } from "../../faults/injected-faults";
import type { LoggedRequest } from "../request-log";
import { BASE_PATH, type ServerState } from "../state";
import { listedRuns, type RunFilter, summary } from "./runs";
import { cut, PAGE_LIMITS } from "./texts";

/** The parts of the server that the page shows. */
type PageState = Pick<ServerState, "store" | "clock" | "engine" | "faults" | "requests" | "hideSecrets">;

/** The answer to a request of the page. */
export type PageView = ReturnType<typeof pageView>;

/**
 * Returns the data that the page requests once a second. The data has no bodies of starts, because these have registry
 * credentials. Lists and texts have limits. Injected faults do not hide runs from the page.
 */
export function pageView(
  state: PageState,
  asked: {
    /** The run that is shown in full. */
    readonly run: string | undefined;
    /**
     * The number of the first line of output of this run that the answer must have. The page already has the earlier
     * lines.
     */
    readonly from: number;
    readonly filter: RunFilter;
    /** The header `Host`. */
    readonly host: string;
  },
  operations: readonly string[],
) {
  const { store, clock, engine, faults, requests } = state;
  const { run, from, filter } = asked;
  const now = clock.now();
  const injected = faults.show();
  return {
    engine: engine.name,
    now: toIso(now),
    /** The operations that an injected fault may name. */
    operations,
    /** The statuses by which the list can be filtered. */
    statuses: STATUS_WORDS,
    /** The base URL with which a program uses this emulator. */
    baseUrl: `http://${asked.host}${BASE_PATH}`,
    runs: listedRuns(store.all(), filter, now, state.hideSecrets),
    /** The requested run. Null if the emulator does not know this run. Absent if the page requested no run. */
    ...(run === undefined ? {} : { run: detail(state, run, from, now) }),
    faults: { total: injected.length, shown: injected.slice(0, PAGE_LIMITS.faults).map(describeFault) },
    requests: requests.all().slice(-PAGE_LIMITS.requests).reverse().map(describeRequest),
  };
}

/** The run that is shown in full. */
export type PageRunDetail = NonNullable<ReturnType<typeof detail>>;

function detail(state: PageState, id: string, from: number, now: number) {
  const run = state.store.find(id);
  if (run === undefined) return null;
  const { execution, output } = run;
  const { hide } = hiddenIn(run, state.hideSecrets);
  const errors = [...execution.errors, ...execution.dockerErrors];
  return {
    ...summary(run, now, state.hideSecrets),
    hasBucket: hasBucket(run),
    errors: errors.slice(0, PAGE_LIMITS.errors).map((error) => cut(hide(error), PAGE_LIMITS.line)),
    timeline: execution.timeline.map(({ status, at }) => ({ status, at: toIso(at) })),
    lines: firstAndLast(output.from(from), from === 0 ? PAGE_LIMITS.firstLines : 0).map((line) =>
      shownLine(line, hide(line.message)),
    ),
  };
}

function firstAndLast(lines: readonly StoredLine[], first: number): readonly StoredLine[] {
  if (lines.length <= PAGE_LIMITS.lines) return lines;
  return [...lines.slice(0, first), ...lines.slice(first - PAGE_LIMITS.lines)];
}

/** A line of output. `omitted` is the number of characters that are not shown. */
export type PageLine = ReturnType<typeof shownLine>;

function shownLine({ index, service }: StoredLine, message: string) {
  const shown = message.slice(0, PAGE_LIMITS.line);
  return { index, service: cut(service), message: shown, omitted: message.length - shown.length };
}

/**
 * An injected fault, in words for the page: what it does (`what`, such as `status 503`), and for which runs (`match`,
 * empty for all runs).
 */
export type PageFault = ReturnType<typeof describeFault>;

function describeFault(injected: ShownFault) {
  const { id, operation, match, matched, fired, times, holding } = injected;
  const about = [
    ...(match.executionId === undefined ? [] : [`run ${match.executionId}`]),
    ...(match.fileNamePrefix === undefined ? [] : [`file names that begin with ${match.fileNamePrefix}`]),
  ];
  return { id, operation, what: cut(words(injected)), match: cut(about.join(", ")), matched, fired, times, holding };
}

/** Returns the text for a fault. Uses only fields of the fault's own kind, because no other field was validated. */
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
