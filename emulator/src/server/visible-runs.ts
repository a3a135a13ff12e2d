import { createdAt, type Execution } from "../executions/execution";
import type { ExecutionStore, StoredRun } from "../executions/execution-store";
import { type ActiveView, matches } from "../faults/decide";

/** The runs that one request may see, and the faults that change how the request sees them. */
export class VisibleRuns {
  constructor(
    private readonly store: ExecutionStore,
    private readonly views: readonly ActiveView[],
    private readonly now: number,
  ) {}

  /**
   * Returns the id of the run that a request names. With the fault `id-forms`, the request may write the id in capital
   * letters or with a prefix.
   */
  idOf(asked: string): string {
    if (!this.views.some(({ fault }) => fault.kind === "id-forms")) return asked;
    const form = asked.toLowerCase();
    return this.store.history().find(({ executionId }) => form.endsWith(executionId))?.executionId ?? asked;
  }

  /** Returns a run. Undefined if the run is unknown, deleted, or hidden by a fault. */
  find(executionId: string): StoredRun | undefined {
    const run = this.store.find(executionId);
    return this.isForgotten(executionId) ? undefined : run;
  }

  isForgotten(executionId: string): boolean {
    const run = this.store.run(executionId);
    return run !== undefined && this.#hides(run.execution);
  }

  active(): readonly Execution[] {
    return this.store.active().filter((execution) => this.#isListed(execution));
  }

  /** Returns the runs that clients can see, newest first. A run that a fault hides is left out. */
  history(): readonly Execution[] {
    return this.store.history().filter((execution) => this.#isListed(execution));
  }

  #isListed(execution: Execution): boolean {
    if (this.#hides(execution)) return false;
    return !this.views.some(
      ({ fault, match }) =>
        fault.kind === "lagging-list" &&
        matches(match, execution) &&
        this.now - createdAt(execution) < fault.seconds * 1000,
    );
  }

  #hides(execution: Execution): boolean {
    return this.views.some(({ fault, match }) => fault.kind === "forget" && matches(match, execution));
  }
}
