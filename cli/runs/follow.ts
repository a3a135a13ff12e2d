import { classifyStatus, hasEnded, isEndKind } from "../../provider/lyceum/answers/status";
import { isRefusedForGood } from "../../provider/lyceum/capability";
import type { LyceumClient } from "../../provider/lyceum/client";
import type { ExecutionRecord, LogLine } from "../../provider/lyceum/port";
import { API_LIMITS } from "../../provider/schema";
import { afterPrinting, NOTHING_PRINTED, newLines } from "./lines/new-lines";
import type { RunService } from "./service";

/** Seconds until the next call: after an answer with new lines, and after an answer without new lines. */
const PAUSE = { busy: 1, quiet: 2.5 } as const;
/**
 * Lines may arrive after the end of a run, so the command still requests output. `pause`: seconds between two requests.
 * `quiet`: the requests stop after this many in a row without new lines. `most`: the largest number of requests.
 */
const AFTER_END = { pause: 0.5, quiet: 2, most: 10 } as const;
/** A gateway may begin to refuse calls. Refused calls are repeated for this many milliseconds. */
const REFUSED_FOR = 60_000;

/** Receives the lines of the run and notes about it. */
export interface FollowHandlers {
  print(lines: readonly LogLine[]): void;
  /** Writes a note. `followRun` passes each text only once, except the note with the number of missing lines. */
  note(text: string): void;
}

/**
 * Passes on each line of a run once, when the line arrives, until the run ends or the user stops the command.
 *
 * @returns the record of the run at its end; undefined if the user stopped the command
 */
export async function followRun(
  service: Pick<RunService, "client" | "sleep" | "stopped" | "now">,
  executionId: string,
  { print, note }: FollowHandlers,
): Promise<ExecutionRecord | undefined> {
  const { client, sleep, stopped, now } = service;
  const noted = new Set<string>();
  let printed = NOTHING_PRINTED;
  let readAt: number | undefined;
  /** The largest number of written lines that Lyceum has reported for the run so far. */
  let counted = 0;

  function noteOnce(text: string): void {
    if (noted.has(text) || stopped.aborted) return;
    noted.add(text);
    note(text);
  }

  /** Prints new lines. Returns their number. */
  async function ask(): Promise<number> {
    try {
      let total: number | undefined;
      const onTotal = (lines: number): void => {
        total = lines;
      };
      const options = { signal: stopped, withoutGaps: true, onTotal };
      const answer = await client.logsTail(executionId, API_LIMITS.logLines, options);
      const lines = newLines(printed, answer);
      printed = afterPrinting(printed, answer, lines);
      if (lines.length > 0) print(lines);
      const missing = (total ?? 0) - counted - lines.length;
      counted = Math.max(counted, total ?? 0);
      if (missing > 0) note(`${missing} lines are not among those above: Lyceum no longer gave them.`);
      else if (total === undefined && answer.length >= API_LIMITS.logLines)
        noteOnce(`Lyceum gives ${API_LIMITS.logLines} lines of a run: further ones may be missing.`);
      return lines.length;
    } catch (error) {
      noteOnce(`${String(error)} Asking again.`);
      return 0;
    }
  }

  async function read(): Promise<ExecutionRecord | undefined> {
    try {
      const found = await client.record(executionId, { signal: stopped });
      if (found.kind === "missing") throw found.error;
      readAt = now();
      return found.value;
    } catch (error) {
      // The error ends the command in two cases: the record was never read, or Lyceum refuses the read and the last
      // successful read was longer ago than `REFUSED_FOR`. Any other error is noted, and the record is read again
      // later.
      if (stopped.aborted) return undefined;
      if (readAt === undefined || (isRefusedForGood(error) && now() - readAt > REFUSED_FOR)) throw error;
      noteOnce(`${String(error)} Asking again.`);
      return undefined;
    }
  }

  while (!stopped.aborted) {
    // The record is read before the lines. If the record shows that the run has ended, the run writes no new lines.
    const record = await read();
    const isEnd = record !== undefined && (await isOver(client, executionId, record, stopped));
    const lines = await ask();
    if (isEnd && !stopped.aborted) {
      await lastLines(ask, sleep, stopped);
      return record;
    }
    await sleep(lines > 0 ? PAUSE.busy : PAUSE.quiet, stopped);
  }
  return undefined;
}

async function lastLines(ask: () => Promise<number>, sleep: RunService["sleep"], stopped: AbortSignal): Promise<void> {
  let quiet = 0;
  for (let asked = 0; asked < AFTER_END.most && quiet < AFTER_END.quiet && !stopped.aborted; asked += 1) {
    await sleep(AFTER_END.pause, stopped);
    quiet = (await ask()) === 0 ? quiet + 1 : 0;
  }
}

/**
 * Returns whether a run has ended. A record may have an exit code and an end time before its run has ended. So if a
 * record has them, but its status is not an end, the list of active runs decides. If this list cannot be read, the run
 * counts as ended.
 */
export async function isOver(
  client: Pick<LyceumClient, "listActive">,
  executionId: string,
  record: ExecutionRecord,
  signal: AbortSignal,
): Promise<boolean> {
  if (isEndKind(classifyStatus(record.status))) return true;
  if (!hasEnded(record)) return false;
  const active = await client.listActive({ signal }).catch((): undefined => undefined);
  return !(active?.executions.some((run) => run.executionId === executionId) ?? false);
}
