import type { Cancel, Clock } from "../../../clock/clock";
import type { EngineLine } from "../../engine";
import { sortableInstant } from "../daemon/instants";

/** Milliseconds that a line waits for lines of other containers that were written before it. */
export const HOLD = 250;

/** Milliseconds between two checks of what is held: in a flood, each millisecond has lines that are due. */
const SHORTEST_PAUSE = 20;

interface HeldLine {
  readonly line: EngineLine;
  /** Text order is time order. */
  readonly writtenAt: string;
  readonly until: number;
}

/**
 * Puts the lines of several containers in the order in which they were written. Each container's output is read by itself, so a
 * line can be read before an earlier one of another container. The daemon's timestamps say which is first.
 */
export class LineOrder {
  readonly #held: HeldLine[] = [];
  #cancel: Cancel | undefined;
  #isOver = false;

  constructor(
    private readonly clock: Clock,
    private readonly onLine: (line: EngineLine) => void,
  ) {}

  /** Holds a line for {@link HOLD}, or until a later one has been held for that long. */
  add(line: EngineLine): void {
    if (this.#isOver) return;
    const until = this.clock.now() + HOLD;
    this.#held.push({ line, writtenAt: sortableInstant(line.timestamp), until });
    this.#cancel ??= this.clock.schedule(HOLD, () => this.#release());
  }

  /** Shows everything that is held. */
  flush(): void {
    this.#show(this.#held.length);
  }

  /** Shows everything that is held; what comes later is not shown. */
  end(): void {
    this.flush();
    this.#isOver = true;
    this.#cancel?.();
  }

  /** Shows what has been held long enough, and what was written before it. */
  #release(): void {
    this.#cancel = undefined;
    const now = this.clock.now();
    this.#held.sort(byTime);
    this.#show(this.#held.reduce((count, { until }, index) => (until <= now ? index + 1 : count), 0));
    if (this.#held.length === 0) return;
    const next = this.#held.reduce((first, { until }) => Math.min(first, until), Number.POSITIVE_INFINITY);
    this.#cancel = this.clock.schedule(Math.max(SHORTEST_PAUSE, next - now), () => this.#release());
  }

  #show(count: number): void {
    for (const { line } of this.#held.sort(byTime).splice(0, count)) this.onLine(line);
  }
}

function byTime(one: HeldLine, other: HeldLine): number {
  return one.writtenAt < other.writtenAt ? -1 : one.writtenAt > other.writtenAt ? 1 : 0;
}
