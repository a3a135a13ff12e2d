import { closeSync, constants, fchmodSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import type { EngineLine } from "../engines/engine";
import { type Execution, isEnd, type StartBody } from "./execution";
import { RunOutput, type StoredLine } from "./output";
import { maskedErrors, maskedLines, maskOf, withoutSecrets } from "./registry-password";
import { textValues } from "./text-values";

/**
 * A line of the file in which the emulator stores its runs: the start of a run with its body, a change of a run, or
 * output of a run.
 */
type Entry =
  | { readonly start: Execution; readonly body: StartBody }
  | { readonly id: string; readonly execution?: Execution; readonly lines: readonly StoredLine[] };

/**
 * The number of characters of a run's output that are written to the file as they arrive. Later lines stay in memory,
 * where newer lines replace the oldest, and are written when the run ends. So the file does not grow with a run that
 * prints without end.
 */
const WRITTEN_AT_ONCE = 2_000_000;
/** The number of characters that a stored line of output takes in the file in addition to its message. */
const LINE_OVERHEAD = 110;

/** A stored run. */
export interface StoredRun {
  execution: Execution;
  readonly body: StartBody;
  readonly output: RunOutput;
}

/** The effects that the store needs. */
export interface StoreEffects {
  /** Prints one line for a person. */
  readonly log: (line: string) => void;
  /** Writes bytes at a position of the file. Default: `writeSync` of `node:fs`. Tests may replace this function. */
  readonly write?: (file: number, bytes: Buffer, at: number) => number;
}

/**
 * All runs, in memory and in a file of JSON lines that only grows. A start is in the file before clients can see it. So
 * the start is not lost if the emulator is killed.
 */
export class ExecutionStore {
  readonly #runs = new Map<string, StoredRun>();
  /** Lines of output that are written together at the end of this turn of the event loop. */
  readonly #newLines = new Map<string, StoredLine[]>();
  /** For each active run, the next line to write to the file, and the number of characters already written. */
  readonly #written = new Map<string, { next: number; characters: number }>();
  readonly #effects: StoreEffects;
  readonly #file: number;
  #end: number;

  /**
   * Opens or creates the file that stores the executions. Only its owner may read the file, because a start may contain
   * secrets. A last line without a line end is dropped, because a crash has cut it off.
   * @throws if the file cannot be used, or any other line is damaged
   */
  constructor(path: string, effects: StoreEffects) {
    this.#effects = effects;
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
    fchmodSync(this.#file, 0o600);
    this.#end = readLines(readFileSync(this.#file), (text) => this.#take(JSON.parse(text) as Entry));
    ftruncateSync(this.#file, this.#end);
  }

  /**
   * Stores a new execution and its body. `make` receives the next sequence number.
   * @throws if the execution cannot be written; then nothing is stored
   */
  start(body: StartBody, make: (sequence: number) => Execution): StoredRun {
    const start = make(this.#runs.size + 1);
    this.#append({ start, body: withoutSecrets(body) });
    return this.#take({ start, body });
  }

  /** Replaces the data of a run. If the file cannot be written, the new data is only in memory. */
  update(run: StoredRun, execution: Execution): void {
    run.execution = execution;
    if (isEnd(execution.status)) this.#addRest(run);
    this.#write(execution.executionId, execution);
  }

  addLine(run: StoredRun, line: EngineLine): void {
    const id = run.execution.executionId;
    const added = run.output.add(line);
    // `#written` has no entry for the run if this emulator has not stored a line of it yet. All earlier lines of the
    // run are then in the file, so the new line is the next to write.
    const written = this.#written.get(id) ?? { next: added.index, characters: 0 };
    this.#written.set(id, written);
    if (written.next < added.index || written.characters > WRITTEN_AT_ONCE) return;
    written.next = added.index + 1;
    written.characters += added.message.length + LINE_OVERHEAD;
    this.#addNew(id, [added]);
  }

  /** Adds to `#newLines` the stored lines of a run that are not in the file yet. */
  #addRest(run: StoredRun): void {
    const id = run.execution.executionId;
    const written = this.#written.get(id);
    if (written === undefined) return;
    this.#written.delete(id);
    const rest = run.output.from(written.next);
    if (rest.length > 0) this.#addNew(id, rest);
  }

  #addNew(id: string, lines: readonly StoredLine[]): void {
    const waiting = this.#newLines.get(id);
    if (waiting !== undefined) waiting.push(...lines);
    else {
      this.#newLines.set(id, [...lines]);
      setImmediate(() => this.#write(id));
    }
  }

  /** Returns a run, even if its record was deleted. */
  run(executionId: string): StoredRun | undefined {
    return this.#runs.get(executionId);
  }

  /** Returns a run. Undefined if the run is unknown, or if its record was deleted. */
  find(executionId: string): StoredRun | undefined {
    const run = this.#runs.get(executionId);
    return run?.execution.recordDeleted ? undefined : run;
  }

  /** Returns all runs, in the order of their starts. */
  all(): readonly StoredRun[] {
    return [...this.#runs.values()];
  }

  /** Returns the executions that have not ended, oldest first, including executions with a deleted record. */
  active(): readonly Execution[] {
    return this.all()
      .map(({ execution }) => execution)
      .filter(({ status }) => !isEnd(status));
  }

  /** Returns the records that clients can see, newest first. */
  history(): readonly Execution[] {
    return this.all()
      .map(({ execution }) => execution)
      .filter(({ recordDeleted }) => !recordDeleted)
      .reverse();
  }

  close(): void {
    for (const id of this.#written.keys()) {
      const run = this.#runs.get(id);
      if (run !== undefined) this.#addRest(run);
    }
    for (const id of this.#newLines.keys()) this.#write(id);
    closeSync(this.#file);
  }

  #write(id: string, execution?: Execution): void {
    const lines = this.#newLines.get(id) ?? [];
    if (execution === undefined && lines.length === 0) return;
    this.#newLines.delete(id);
    const mask = maskOf(this.#runs.get(id)?.body ?? {});
    try {
      this.#append({
        id,
        ...(execution && { execution: maskedErrors(execution, mask) }),
        lines: maskedLines(lines, mask),
      });
    } catch (error) {
      this.#effects.log(`${id}: not stored, the next emulator will not know it: ${String(error)}`);
    }
  }

  #append(entry: Entry): void {
    const { write = (file, bytes, at) => writeSync(file, bytes, 0, bytes.length, at) } = this.#effects;
    const bytes = Buffer.from(`${JSON.stringify(entry)}\n`);
    try {
      if (write(this.#file, bytes, this.#end) < bytes.length) throw new Error("no space left on device");
    } catch (error) {
      ftruncateSync(this.#file, this.#end);
      throw error;
    }
    this.#end += bytes.length;
  }

  #take(entry: Entry): StoredRun {
    if ("start" in entry) {
      // The id becomes part of the names of folders and containers, so it must have the form of the emulator's ids.
      if (!OWN_ID.test(entry.start.executionId)) throw new Error(`${entry.start.executionId} is no id of an emulator`);
      const run = { execution: entry.start, body: entry.body, output: new RunOutput(() => textValues(entry.body)) };
      this.#runs.set(entry.start.executionId, run);
      return run;
    }
    const run = this.#runs.get(entry.id);
    if (run === undefined) throw new Error(`the run ${entry.id} was never started`);
    run.execution = entry.execution ?? run.execution;
    for (const line of entry.lines) run.output.add(line);
    return run;
  }
}

const LINE_FEED = 10;
const OWN_ID = /^local-[\w-]+$/;

/**
 * Passes each complete line to `take`, without its line feed.
 * @returns the position after the last complete line
 */
function readLines(bytes: Buffer, take: (text: string) => void): number {
  let end = 0;
  for (let to = bytes.indexOf(LINE_FEED); to >= 0; to = bytes.indexOf(LINE_FEED, end)) {
    try {
      take(bytes.toString("utf8", end, to));
    } catch (error) {
      throw new Error(
        `the entry at byte ${end} is damaged (${error instanceof Error ? error.message : String(error)})`,
      );
    }
    end = to + 1;
  }
  return end;
}
