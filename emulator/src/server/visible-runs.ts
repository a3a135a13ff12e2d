import { createdAt, type Execution } from "../executions/execution";
import { type ActiveView, matches } from "../faults/decide";
import type { ExecutionStore, StoredRun } from "../store/execution-store";

/** Lists as they were at one moment. */
export interface ListSnapshot {
  readonly active: readonly Execution[];
  /** Newest first. */
  readonly history: readonly Execution[];
}

/** Runs as one request sees them: through the view faults in force for it. */
export class VisibleRuns {
  constructor(
    private readonly sources: {
      readonly store: ExecutionStore;
      readonly snapshots: ReadonlyMap<string, ListSnapshot>;
    },
    private readonly views: readonly ActiveView[],
    private readonly now: number,
  ) {}

  /** A run, unless it is unknown, deleted or forgotten. */
  find(executionId: string): StoredRun | undefined {
    const run = this.sources.store.find(executionId);
    return this.isForgotten(executionId) ? undefined : run;
  }

  /** Whether a fault hides the run. */
  isForgotten(executionId: string): boolean {
    const run = this.sources.store.run(executionId);
    return run !== undefined && this.#has("forget", run.execution);
  }

  /** Runs that have not ended. */
  active(): readonly Execution[] {
    return this.#lists().active.filter((execution) => this.#isListed(execution));
  }

  /** All runs, newest first. */
  history(): readonly Execution[] {
    return this.#lists().history.filter((execution) => this.#isListed(execution));
  }

  /** Whether the label of a run is left out. */
  hidesFileName(execution: Execution): boolean {
    return this.#has("hide-file-name", execution);
  }

  #lists(): ListSnapshot {
    const stale = this.views.find(({ fault }) => fault.kind === "stale-list");
    return this.sources.snapshots.get(stale?.id ?? "") ?? takeSnapshot(this.sources.store);
  }

  #isListed(execution: Execution): boolean {
    if (this.#has("forget", execution)) return false;
    return !this.views.some(
      ({ fault, match }) =>
        fault.kind === "lagging-list" &&
        matches(match, execution) &&
        this.now - createdAt(execution) < fault.seconds * 1000,
    );
  }

  #has(kind: "forget" | "hide-file-name", execution: Execution): boolean {
    return this.views.some(({ fault, match }) => fault.kind === kind && matches(match, execution));
  }
}

/** The lists as they are now, for a `stale-list`. */
export function takeSnapshot(store: ExecutionStore): ListSnapshot {
  return { active: store.active(), history: store.history() };
}
