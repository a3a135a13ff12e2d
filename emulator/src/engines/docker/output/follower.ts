import { addAbortSignal } from "node:stream";
import type { Clock } from "../../../clock/clock";
import type { EngineLine } from "../../engine";
import type { Daemon, OutputPart } from "../daemon/daemon";
import { instantMillis } from "../daemon/instants";
import { frameReader, LineAssembler, type LogFrame, terminalReader } from "./output-lines";

/** One container's output is read up to here, in bytes; a run that writes without end would fill the memory. */
const OUTPUT_LIMIT = 8 * 1024 * 1024;

/** The log of a container that has ended is read as long as the daemon sends it: until it is silent for so many milliseconds. */
const SILENCE_LIMIT = 30_000;

/** What a follower needs from outside. */
export interface FollowerEffects {
  readonly daemon: Pick<Daemon, "output">;
  readonly clock: Clock;
  readonly onLine: (line: EngineLine) => void;
  /** Something was left out at the end. */
  readonly onGap: (message: string) => void;
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
  #reading: Promise<unknown> | undefined;
  #stop = new AbortController();
  /** Bytes of text that were read, without what the daemon puts around it. */
  #bytes = 0;
  /** Whether there was more than is read. */
  #isFull = false;

  constructor(
    private readonly container: { readonly id: string; readonly service: string },
    private readonly effects: FollowerEffects,
  ) {
    this.#assembler = new LineAssembler(container.service, effects.onLine);
  }

  /** Sees to it that the output is being read; to be called whenever the container is found running. */
  follow(): void {
    if (this.#isFull) return;
    this.#reading ??= this.#read({ follow: true }).finally(() => {
      this.#reading = undefined;
    });
  }

  /**
   * Reads what is left of a container that has ended for good, from its log: the stream of one that runs may miss the last lines.
   * Never throws. What could not be read is reported as a gap.
   */
  async finish(): Promise<void> {
    this.#stop.abort();
    await this.#reading;
    const failure = this.#isFull ? undefined : await this.#read({});
    this.#assembler.flush();
    const { onGap } = this.effects;
    if (this.#isFull) onGap(`The output is longer than ${OUTPUT_LIMIT / 1024 / 1024} MB: the rest is left out.`);
    else if (failure !== undefined) onGap(`The rest of the output could not be read: ${failure}.`);
  }

  #add(frame: LogFrame): void {
    if (this.#bytes > OUTPUT_LIMIT) {
      this.#isFull = true;
      this.#stop.abort();
      return;
    }
    this.#observed.set(frame.stream, frame.timestamp);
    this.#bytes += frame.content.length;
    this.#assembler.add(frame);
  }

  /** Reads messages that were not seen before. Never rejects. @returns why it ended early, if it did. */
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
        if (frame.timestamp > (observed.get(frame.stream) ?? "")) this.#add(frame);
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

/** A second before the later of the streams' ends: their clocks are one, but they are written side by side. */
function openFrom(observed: ReadonlyMap<string, string>): number | undefined {
  const latest = [...observed.values()].sort().at(-1);
  const millis = instantMillis(latest);
  return millis === undefined ? undefined : Math.max(0, Math.floor(millis / 1000) - 1);
}
