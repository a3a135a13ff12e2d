import { isRefusedForGood } from "../../provider/lyceum/capability";
import type { ExecutionRecord, LogLine } from "../../provider/lyceum/port";
import { hasEnded } from "../../provider/lyceum/status";
import { afterPrinting, newLines, nothingPrinted, type Printed } from "./new-lines";
import type { RunService } from "./service";

/** The longest log that the service gives. */
export const LONGEST_LOG = 10_000;

/** Seconds between two questions: at least, and at most while the stream is open or is not there. */
const PAUSE = { least: 0.5, withStream: 5, without: 2 } as const;
/** After a stream was cut, and where there is none. Seconds. */
const LISTEN_AGAIN = { cut: 1, unavailable: 30 } as const;
/** The last lines of a run that has ended may come in after its end. Seconds, and how often it is asked in them. */
const AFTER_END = { pause: 0.5, quiet: 2, most: 10 } as const;

/** What is done with what comes in. */
export interface Followed {
  print(lines: readonly LogLine[]): void;
  /** Says what is odd, once. */
  note(text: string): void;
}

/**
 * Hands out the lines of a run as they come in, each once, until the run has ended or the user stops. The logs are what counts; the
 * stream of events only says when to ask. Cuts of either are gone over.
 *
 * @returns the record at the end; undefined where the user stopped
 */
export async function followRun(
  service: Pick<RunService, "client" | "sleep" | "stopped" | "now">,
  executionId: string,
  { print, note }: Followed,
): Promise<ExecutionRecord | undefined> {
  const { client, sleep, stopped } = service;
  const stream = openStream(service, executionId);
  let printed: Printed = nothingPrinted;
  const noted = new Set<string>();
  const noteOnce = (text: string): void => {
    if (noted.has(text)) return;
    noted.add(text);
    note(text);
  };

  async function ask(): Promise<number> {
    const answer = await client.logsTail(executionId, LONGEST_LOG, { signal: stopped });
    const { lines, isGap } = newLines(printed, answer);
    if (isGap) noteOnce("Some lines are missing: the service no longer gives what came before these.");
    printed = afterPrinting(printed, answer, lines);
    if (lines.length > 0) print(lines);
    return lines.length;
  }

  try {
    for (;;) {
      try {
        // The record first: a run that has ended writes no further line.
        const record = await client.record(executionId, { signal: stopped });
        await ask();
        if (record.kind === "missing") throw record.error;
        if (hasEnded(record.value)) {
          await lastLines(ask, sleep, stopped);
          return record.value;
        }
      } catch (error) {
        if (stopped.aborted) return undefined;
        if (isRefusedForGood(error)) throw error;
        noteOnce(`${String(error)} Asking again.`);
      }
      await sleep(PAUSE.least, stopped);
      await stream.something(stream.isOpen() ? PAUSE.withStream : PAUSE.without);
      if (stopped.aborted) return undefined;
    }
  } finally {
    stream.close();
  }
}

async function lastLines(ask: () => Promise<number>, sleep: RunService["sleep"], stopped: AbortSignal): Promise<void> {
  let quiet = 0;
  for (let asked = 0; asked < AFTER_END.most && quiet < AFTER_END.quiet && !stopped.aborted; asked += 1) {
    await sleep(AFTER_END.pause, stopped);
    quiet = (await ask()) === 0 ? quiet + 1 : 0;
  }
}

/** Keeps a stream open beside the questions. */
function openStream({ client, sleep, stopped }: Pick<RunService, "client" | "sleep" | "stopped">, executionId: string) {
  const closed = new AbortController();
  const signal = AbortSignal.any([closed.signal, stopped]);
  let isOpen = false;
  let arrived = new AbortController();

  const onEvent = (): void => {
    isOpen = true;
    arrived.abort();
  };
  const listen = async (): Promise<void> => {
    while (!signal.aborted) {
      const end = await client.listen(executionId, onEvent, signal);
      isOpen = false;
      // The end of a stream is news as well: the run may be over.
      if (end === "ended") arrived.abort();
      await sleep(end === "ended" ? LISTEN_AGAIN.cut : LISTEN_AGAIN.unavailable, signal);
    }
  };
  void listen();

  return {
    isOpen: () => isOpen,
    /** Waits until something has come in since the last call, at most so many seconds. */
    async something(seconds: number): Promise<void> {
      if (!arrived.signal.aborted) await sleep(seconds, AbortSignal.any([arrived.signal, signal]));
      arrived = new AbortController();
    },
    close: () => closed.abort(),
  };
}
