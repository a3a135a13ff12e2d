import { toIso } from "../../clock/clock";
import { createdAt, type Execution, endedAt, isEnd, reachedAt } from "../../executions/execution";
import type { StoredRun } from "../../executions/execution-store";
import { type HideSecrets, hiddenName } from "../../executions/hidden-secrets";
import { labelOf } from "../../executions/label";
import { knownServices, readServices } from "../../executions/run-services";
import { cut, PAGE_LIMITS } from "./texts";

/** The filter of the list. An empty text matches all runs. */
export interface RunFilter {
  /**
   * Words with spaces between them. Each word must occur in the run's name (with the start key), id or machine. Upper
   * and lower case are equal.
   */
  readonly search: string;
  readonly status: string;
  readonly service: string;
}

/** Returns the filter in a query. */
export function filterOf({ search, status, service }: Readonly<Record<string, unknown>>): RunFilter {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { search: text(search), status: text(status), service: text(service) };
}

/**
 * Returns the newest runs that match a filter, the number of all runs, and the number of matching runs. Each call reads
 * the services of a limited number of runs, so that thousands of runs do not block the emulator.
 */
export function listedRuns(all: readonly StoredRun[], filter: RunFilter, now: number, hideSecrets: HideSecrets) {
  const history = all.filter(({ execution }) => !execution.recordDeleted).reverse();
  const unread = readServices(history, PAGE_LIMITS.textsRead);
  const words = filter.search.toLowerCase().split(/\s+/);
  const matching = history.filter(({ execution }) => hasWords(execution, words) && hasStatus(execution, filter.status));
  const services = new Set(history.flatMap((run) => knownServices(run) ?? []));
  const found = filter.service === "" ? matching : matching.filter((run) => has(run, filter.service));
  return {
    total: history.length,
    matching: found.length,
    executions: found.slice(0, PAGE_LIMITS.runs).map((run) => summary(run, now, hideSecrets)),
    /** The known services of all runs, including runs that the filter does not match. */
    services: [...services]
      .sort()
      .slice(0, PAGE_LIMITS.services)
      .map((service) => cut(service)),
    /** The number of runs whose Compose texts were not read, so that `services` may lack services of these runs. */
    unread,
  };
}

function hasWords({ fileName, executionId, machine }: Execution, words: readonly string[]): boolean {
  const text = `${fileName ?? ""} ${executionId} ${machine}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function hasStatus({ status }: Execution, asked: string): boolean {
  return asked === "" || status === asked;
}

function has(run: StoredRun, service: string): boolean {
  return knownServices(run)?.some((name) => cut(name) === service) === true;
}

/** A run in the list. */
export type PageRun = ReturnType<typeof summary>;

/** Returns a run as the list of the page shows it. */
export function summary(run: StoredRun, now: number, hideSecrets: HideSecrets) {
  const { execution } = run;
  const started = reachedAt(execution, "running");
  const fileName = hiddenName(run, hideSecrets);
  const label = fileName === null ? null : labelOf(fileName);
  return {
    executionId: execution.executionId,
    label: label === null ? null : cut(label),
    /** The start key, which the provider writes before the label. Null if the file name has no start key. */
    startKey: fileName === null || fileName === label ? null : cut(fileName.slice(0, -String(label).length - 1)),
    machine: cut(execution.machine),
    status: execution.status,
    hasEnded: isEnd(execution.status),
    returnCode: execution.returnCode,
    createdAt: toIso(createdAt(execution)),
    /** The seconds from the status `running` until now or the end of the run. Null if the run was never `running`. */
    ran: started === undefined ? null : ((endedAt(execution) ?? now) - started) / 1000,
  };
}
