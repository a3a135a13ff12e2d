import type { Cancel, Clock } from "../../clock/clock";
import type { EngineLine } from "../engine";
import { sortableInstant } from "./instants";

/** Milliseconds that a line waits for lines of other containers that were written before it. */
export const HOLD = 250;

/** Milliseconds between two checks of what is held: in a flood, each millisecond has lines that are due. */
const SHORTEST_PAUSE = 20;

/** More bytes than this, roughly, are not held: a flood is shown at once. */
const MOST_HELD = 4 * 1024 * 1024;
/** What a line takes besides its message, roughly: a flood may be of empty lines. */
const LINE_OVERHEAD = 200;

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
  #held: HeldLine[] = [];
  #size = 0;
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
    this.#size += sizeOf(line);
    if (this.#size > MOST_HELD) this.flush();
    this.#cancel ??= this.clock.schedule(HOLD, () => this.#release());
  }

  /** Shows everything that is held. */
  flush(): void {
    this.#show(() => true);
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
    const latest = this.#held
      .filter(({ until }) => until <= now)
      .sort(byTime)
      .at(-1);
    if (latest !== undefined) this.#show((held) => byTime(held, latest) <= 0);
    // Lines are held in the order in which they came, so the first one is the next to go.
    const next = this.#held[0];
    if (next === undefined) return;
    this.#cancel = this.clock.schedule(Math.max(SHORTEST_PAUSE, next.until - now), () => this.#release());
  }

  #show(isDue: (held: HeldLine) => boolean): void {
    const due = this.#held.filter(isDue);
    this.#held = this.#held.filter((held) => !isDue(held));
    this.#size = this.#held.reduce((sum, { line }) => sum + sizeOf(line), 0);
    due.sort(byTime);
    for (const { line } of due) this.onLine(line);
  }
}

function byTime(one: HeldLine, other: HeldLine): number {
  return one.writtenAt < other.writtenAt ? -1 : one.writtenAt > other.writtenAt ? 1 : 0;
}

function sizeOf({ message }: EngineLine): number {
  return message.length + LINE_OVERHEAD;
}
