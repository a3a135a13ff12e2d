import { decideFaults, type FaultDecision, type FaultSubject } from "./decide";
import type { FaultCount, InjectedFault } from "./fault";

/** A fault with its counts, as `GET /_emulator/faults` shows it. */
export interface ShownFault extends InjectedFault, FaultCount {
  /** The number of requests that wait now because of this fault. */
  readonly holding: number;
}

/** The active faults, their counts, and the requests that wait because of a fault. */
export class InjectedFaults {
  #faults: readonly InjectedFault[] = [];
  #counts: ReadonlyMap<string, FaultCount> = new Map();
  #last = 0;
  readonly #held = new Map<string, Set<() => void>>();
  readonly #released = new Set<string>();

  /** Injects a fault. @returns the fault with its new id */
  add(fault: Omit<InjectedFault, "id">): InjectedFault {
    const injected = { id: `fault-${++this.#last}`, ...fault };
    this.#faults = [...this.#faults, injected];
    return injected;
  }

  /** Decides which faults have an effect on a request, and counts the request. */
  decide(request: { readonly operation: string } & FaultSubject): FaultDecision {
    const decision = decideFaults(this.#faults, this.#counts, request);
    this.#counts = decision.counts;
    return decision;
  }

  /** Waits until the fault is released or removed. */
  hold(id: string): Promise<void> {
    if (this.#released.has(id)) return Promise.resolve();
    return new Promise((resolve) => {
      const held = this.#held.get(id) ?? new Set();
      this.#held.set(id, held.add(resolve));
    });
  }

  /**
   * Ends the waiting of all requests that this fault holds. Later requests do not wait. @returns the number of requests
   * that waited; `undefined` for an unknown fault
   */
  release(id: string): number | undefined {
    if (!this.#faults.some((fault) => fault.id === id)) return undefined;
    return this.#letGo(id);
  }

  /** Removes one fault, or all faults. Returns true if a fault was removed. */
  remove(id?: string): boolean {
    const gone = this.#faults.filter((fault) => id === undefined || fault.id === id);
    this.#faults = this.#faults.filter((fault) => !gone.includes(fault));
    for (const fault of gone) this.#letGo(fault.id);
    return gone.length > 0;
  }

  show(): readonly ShownFault[] {
    return this.#faults.map((fault) => ({
      ...fault,
      matched: this.#counts.get(fault.id)?.matched ?? 0,
      fired: this.#counts.get(fault.id)?.fired ?? 0,
      holding: this.#held.get(fault.id)?.size ?? 0,
    }));
  }

  #letGo(id: string): number {
    const held = this.#held.get(id) ?? new Set();
    this.#held.delete(id);
    this.#released.add(id);
    for (const resolve of held) resolve();
    return held.size;
  }
}
