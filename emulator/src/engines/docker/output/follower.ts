import { addAbortSignal } from "node:stream";
import type { Clock } from "../../../clock/clock";
import type { EngineLine } from "../../engine";
import type { Daemon, OutputPart } from "../daemon/daemon";
import { instantMillis } from "../daemon/instants";
import { frameReader, LineAssembler, type LogFrame, terminalReader } from "./output-lines";

/** If the daemon sends no data for this many milliseconds, reading the log of an ended container stops. */
const SILENCE_LIMIT = 30_000;

/** The dependencies of {@link OutputFollower}, and the functions that it calls. */
export interface FollowerEffects {
  readonly daemon: Pick<Daemon, "output">;
  readonly clock: Clock;
  readonly onLine: (line: EngineLine) => void;
  /** Called if the rest of the output cannot be read. */
  readonly onGap: (message: string) => void;
  readonly log: (message: string) => void;
}

/**
 * Reads the output of one container. Each line is read once, even if the container restarts.
 *
 * The daemon's stream ends when the container stops, and does not continue after a restart. So a new stream starts a
 * little before the end of the old stream. Lines that were already read are recognized by their timestamps and left
 * out.
 */
export class OutputFollower {
  readonly #assembler: LineAssembler;
  /**
   * How far `stdout` and `stderr` were read, so that nothing is read twice when the output is requested again. The
   * bytes are needed, because the daemon splits a long line into messages with the same timestamp. `stdout` and
   * `stderr` have separate entries, because messages are in order only within each of them.
   */
  readonly #observed = new Map<LogFrame["stream"], Observed>();
  #reading: Promise<unknown> | undefined;
  #stop = new AbortController();

  constructor(
    private readonly container: { readonly id: string; readonly service: string },
    private readonly effects: FollowerEffects,
  ) {
    this.#assembler = new LineAssembler(container.service, effects.onLine);
  }

  /**
   * Makes sure that the output of the container is being read. Call this function whenever the container is running.
   */
  follow(): void {
    this.#reading ??= this.#read({ follow: true }).finally(() => {
      this.#reading = undefined;
    });
  }

  /**
   * Reads all remaining output of a container that will not start again. Opens a new stream, because the stream of
   * `follow` may lack the last lines. Never throws. Calls `onGap` if output cannot be read.
   */
  async finish(): Promise<void> {
    this.#stop.abort();
    await this.#reading;
    const failure = await this.#read({});
    this.#assembler.flush();
    if (failure !== undefined) this.effects.onGap(`The rest of the output could not be read: ${failure}.`);
  }

  #add(frame: LogFrame): void {
    const { stream, timestamp, content } = frame;
    const before = this.#observed.get(stream);
    const bytes = before?.timestamp === timestamp ? before.bytes : 0;
    this.#observed.set(stream, { timestamp, bytes: bytes + content.length });
    this.#assembler.add(frame);
  }

  /** Reads new messages. Never rejects. @returns why the output could not be read to its end */
  async #read(part: OutputPart): Promise<string | undefined> {
    const stop = new AbortController();
    this.#stop = stop;
    const { signal } = stop;
    const { daemon, clock, log } = this.effects;
    let [isSilent, cancel] = [false, () => {}];
    const sendsSomething = () => {
      cancel();
      if (part.follow === true) return;
      cancel = clock.schedule(SILENCE_LIMIT, () => {
        isSilent = true;
        stop.abort();
      });
    };
    const observed = new Map(this.#observed);
    const since = openFrom(observed);
    sendsSomething();
    try {
      const { stream, tty } = await daemon.output(this.container.id, { ...part, since }, signal);
      const read = (tty ? terminalReader : frameReader)((frame) => {
        const content = newPart(frame, observed);
        if (content.length > 0) this.#add({ ...frame, content });
      });
      for await (const chunk of addAbortSignal(signal, stream)) {
        sendsSomething();
        read(chunk as Buffer);
      }
      return undefined;
    } catch (error) {
      if (isSilent) return `the daemon has sent nothing for ${SILENCE_LIMIT / 1000} s`;
      if (signal.aborted) return undefined;
      const reason = error instanceof Error ? error.message : String(error);
      log(`the output of ${this.container.service} could not be read: ${reason}`);
      return reason;
    } finally {
      cancel();
    }
  }
}

/** The timestamp of the last message in a stream, and the number of bytes read in messages with this timestamp. */
interface Observed {
  readonly timestamp: string;
  readonly bytes: number;
}

/**
 * Returns the part of a message that was not read before. Subtracts the skipped bytes from those in `observed`, so that
 * the next message with the same timestamp does not skip them again.
 */
function newPart({ stream, timestamp, content }: LogFrame, observed: Map<LogFrame["stream"], Observed>): Buffer {
  const last = observed.get(stream);
  if (last === undefined || timestamp > last.timestamp) return content;
  const skipped = timestamp < last.timestamp ? content.length : Math.min(content.length, last.bytes);
  if (timestamp === last.timestamp) observed.set(stream, { timestamp, bytes: last.bytes - skipped });
  return content.subarray(skipped);
}

/**
 * Returns the time from which the output is requested again: at least one second before the latest message that was
 * read. The daemon writes `stdout` and `stderr` in parallel, so an unread message may be a little older than the latest
 * one. Undefined if no message was read: the output is then read from its beginning.
 */
function openFrom(observed: ReadonlyMap<string, Observed>): number | undefined {
  const latest = [...observed.values()]
    .map(({ timestamp }) => timestamp)
    .sort()
    .at(-1);
  const millis = instantMillis(latest);
  return millis === undefined ? undefined : Math.max(0, Math.floor(millis / 1000) - 1);
}
