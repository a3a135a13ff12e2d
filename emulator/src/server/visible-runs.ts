import { createdAt, type Execution } from "../executions/execution";
import type { Runs } from "../executions/runs";
import { type ActiveView, matches } from "../faults/decide";
import type { ExecutionStore } from "../store/execution-store";

/** Lists as they were at one moment. */
export interface ListSnapshot {
  readonly active: readonly Execution[];
  readonly history: readonly Execution[];
}

/** One page of the history, with what the whole of it counts to. */
export interface HistoryPage {
  readonly executions: readonly Execution[];
  readonly counts: Readonly<Record<string, number>>;
}

/** How far back a history is looked through when a fault alters it. */
const mostAltered = 10_000;

/** Runs as one request sees them: through the view faults in force for it. */
export class VisibleRuns {
  readonly #runs: Runs;
  readonly #store: ExecutionStore;
  readonly #views: readonly ActiveView[];
  readonly #snapshots: ReadonlyMap<string, ListSnapshot>;
  readonly #now: number;

  constructor(
    sources: {
      readonly runs: Runs;
      readonly store: ExecutionStore;
      readonly snapshots: ReadonlyMap<string, ListSnapshot>;
    },
    views: readonly ActiveView[],
    now: number,
  ) {
    this.#runs = sources.runs;
    this.#store = sources.store;
    this.#snapshots = sources.snapshots;
    this.#views = views;
    this.#now = now;
  }

  /** A record, unless it is unknown, deleted or forgotten. */
  async find(executionId: string): Promise<Execution | undefined> {
    const execution = await this.#runs.find(executionId);
    return execution === undefined || this.#has("forget", execution) ? undefined : execution;
  }

  /** Runs that have not ended. */
  active(): readonly Execution[] {
    return (this.#snapshot()?.active ?? this.#runs.active()).filter((execution) => this.#isListed(execution));
  }

  /** One page of all runs, newest first. */
  history(offset: number, limit: number): HistoryPage {
    if (!this.#views.some((view) => view.fault.kind !== "hide-file-name")) {
      return { executions: this.#store.page(offset, limit), counts: this.#store.counts() };
    }
    const all = (this.#snapshot()?.history ?? this.#store.page(0, mostAltered)).filter((execution) =>
      this.#isListed(execution),
    );
    const counts: Record<string, number> = {};
    for (const { status } of all) counts[status] = (counts[status] ?? 0) + 1;
    return { executions: all.slice(offset, offset + limit), counts };
  }

  /** Whether the label of a run is left out. */
  hidesFileName(execution: Execution): boolean {
    return this.#has("hide-file-name", execution);
  }

  #isListed(execution: Execution): boolean {
    if (this.#has("forget", execution)) return false;
    return !this.#views.some(
      ({ fault, match }) =>
        fault.kind === "lagging-list" &&
        matches(match, execution) &&
        this.#now - createdAt(execution) < fault.seconds * 1000,
    );
  }

  #has(kind: "forget" | "hide-file-name", execution: Execution): boolean {
    return this.#views.some(({ fault, match }) => fault.kind === kind && matches(match, execution));
  }

  #snapshot(): ListSnapshot | undefined {
    const stale = this.#views.find(({ fault }) => fault.kind === "stale-list");
    return stale === undefined ? undefined : this.#snapshots.get(stale.id);
  }
}

/** The lists as they are now, for a `stale-list`. */
export function takeSnapshot(runs: Runs, store: ExecutionStore): ListSnapshot {
  return { active: runs.active(), history: store.page(0, mostAltered) };
}
