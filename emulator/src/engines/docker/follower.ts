import type { Clock } from "../../clock/clock";
import type { EngineLine } from "../engine";
import type { Daemon } from "./daemon";
import { instantMillis } from "./instants";
import { frameReader, LineAssembler, type LogFrame, terminalReader } from "./output-lines";
import { within } from "./wake";

/** One container's output is read up to here, in bytes; a run that writes without end would fill the memory. */
const OUTPUT_LIMIT = 8 * 1024 * 1024;

/** How many of the last messages of a container are read all the same, and how many bytes of them are kept. */
const END_MESSAGES = 1_000;
const END_BYTES = 1024 * 1024;

/** The daemon ends the stream when the container ends; one that does not is left after so many milliseconds. */
const STREAM_END_PATIENCE = 5_000;

/** What a follower needs from outside. */
export interface FollowerEffects {
  readonly daemon: Pick<Daemon, "output">;
  readonly clock: Clock;
  readonly onLine: (line: EngineLine) => void;
  /** Something was left out here. @param timestamp of the first message behind it. */
  readonly onGap: (message: string, timestamp: string) => void;
  readonly log: (message: string) => void;
}

/**
 * Reads one container's output, each line once, across restarts of the container.
 *
 * The daemon's stream ends when the container stops and does not go on when it is restarted; it is then opened again
 * a little before where it ended, and what was seen already is left out by its timestamp.
 */
export class OutputFollower {
  readonly #assembler: LineAssembler;
  /** Timestamp of the last message seen, for each stream: only within one are they in order. */
  readonly #observed = new Map<LogFrame["stream"], string>();
  #reading: Promise<void> | undefined;
  #stopReading = () => {};
  #bytes = 0;

  /** @param readUpTo timestamp of the last line that an earlier process of ours has reported. */
  constructor(
    private readonly container: { readonly id: string; readonly service: string },
    private readonly effects: FollowerEffects,
    readUpTo?: string,
  ) {
    this.#assembler = new LineAssembler(container.service, effects.onLine);
    if (readUpTo !== undefined) {
      this.#observed.set("stdout", readUpTo);
      this.#observed.set("stderr", readUpTo);
    }
  }

  /** Sees to it that the output is being read; to be called whenever the container is found running. */
  follow(): void {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
  }

  /** Reads what is left of a container that has ended for good. Never throws. */
  async finish(): Promise<void> {
    if (this.#reading !== undefined) await within(this.effects.clock, STREAM_END_PATIENCE, this.#reading);
    this.#stopReading();
    // The stream of a container that ended quickly may miss its last lines; the log itself does not.
    await within(this.effects.clock, STREAM_END_PATIENCE, this.#read());
    this.#stopReading();
    this.#assembler.flush();
    if (!this.#isFull) return;
    await within(this.effects.clock, STREAM_END_PATIENCE, this.#readEnd());
    this.#stopReading();
    this.#assembler.flush();
  }

  get #isFull(): boolean {
    return this.#bytes > OUTPUT_LIMIT;
  }

  async #read(): Promise<void> {
    if (this.#isFull) return;
    try {
      const observed = new Map(this.#observed);
      const { stream, tty } = await this.effects.daemon.output(this.container.id, { since: openFrom(observed) });
      const read = (tty ? terminalReader : frameReader)((frame) => {
        if (frame.timestamp <= (observed.get(frame.stream) ?? "")) return;
        this.#observed.set(frame.stream, frame.timestamp);
        this.#assembler.add(frame);
      });
      await this.#pump(stream, (chunk) => {
        if (this.#isFull) return;
        this.#bytes += chunk.length;
        read(chunk);
        if (this.#isFull) this.#stopReading();
      });
    } catch (error) {
      this.#notRead(error);
    }
  }

  /** What a container wrote last says most about how it ended, however much came before. */
  async #readEnd(): Promise<void> {
    try {
      const { stream, tty } = await this.effects.daemon.output(this.container.id, { tail: END_MESSAGES });
      const frames: LogFrame[] = [];
      let bytes = 0;
      const read = (tty ? terminalReader : frameReader)((frame) => {
        if (frame.timestamp <= (this.#observed.get(frame.stream) ?? "")) return;
        frames.push(frame);
        bytes += frame.content.length;
        while (bytes > END_BYTES && frames.length > 1) bytes -= frames.shift()?.content.length ?? 0;
      });
      await this.#pump(stream, read);
      const [first] = frames;
      if (first === undefined) return;
      const limit = OUTPUT_LIMIT / 1024 / 1024;
      const message = `More than ${limit} MB of output: the middle is left out, the end follows.`;
      this.effects.onGap(message, first.timestamp);
      for (const frame of frames) this.#assembler.add(frame);
    } catch (error) {
      this.#notRead(error);
    }
  }

  #notRead(error: unknown): void {
    this.effects.log(`the output of ${this.container.service} could not be read: ${String(error)}`);
  }

  #pump(stream: NodeJS.ReadableStream, read: (chunk: Buffer) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        (stream as { destroy?: () => void }).destroy?.();
        resolve();
      };
      this.#stopReading = stop;
      stream.on("data", (chunk: Buffer) => {
        try {
          read(chunk);
        } catch (error) {
          stop();
          reject(error);
        }
      });
      stream.once("end", () => resolve());
      stream.once("close", () => resolve());
      stream.once("error", (error: Error) => reject(error));
    });
  }
}

/** A second before the later of the streams' ends: their clocks are one, but they are written side by side. */
function openFrom(observed: ReadonlyMap<string, string>): number | undefined {
  const latest = [...observed.values()].sort().at(-1);
  const millis = instantMillis(latest);
  return millis === undefined ? undefined : Math.max(0, Math.floor(millis / 1000) - 1);
}
