import { type Execution, isEnd, type StartBody, type Status } from "../executions/execution";
import type { OutputChange, StoredLine } from "../executions/output";
import { Journal, type OpenFile, type Position } from "./journal";

/** What the journal holds: a start with its body, or what is new about a run. */
type Entry =
  | { readonly start: Execution; readonly body: StartBody }
  | {
      readonly id: string;
      readonly execution?: Execution;
      readonly lines: readonly StoredLine[];
      /** Of what is older than this line, nothing is kept. */
      readonly keptFrom: number;
    };

/** Lines of one entry: from `first` up to, not including, `next`. */
interface Lines {
  readonly first: number;
  readonly next: number;
  readonly position: Position;
}

/** A run in memory: where its body and its output are, not themselves. */
interface Kept {
  execution: Execution;
  readonly body: Position;
  /** Oldest first. Changed in place: a run may write thousands of entries. */
  readonly lines: Lines[];
  keptFrom: number;
}

/** All runs, on the disk before anybody sees them. In memory are the executions; bodies and output are read when they are asked for. */
export class ExecutionStore {
  readonly #runs = new Map<string, Kept>();
  #journal!: Journal;
  #queue: Promise<unknown> = Promise.resolve();

  /**
   * Opens the store in a file.
   * @throws when what is in the file cannot be read
   */
  static async open(path: string, openFile?: OpenFile): Promise<ExecutionStore> {
    const store = new ExecutionStore();
    store.#journal = await Journal.open(path, (entry, position) => store.#take(entry as Entry, position), openFile);
    return store;
  }

  /**
   * Keeps a new execution and its body, on the disk when it returns. `make` gets the next sequence number.
   * After a failure nothing of it is there.
   */
  start(body: StartBody, make: (sequence: number) => Execution): Promise<Execution> {
    return this.#exclusive(async () => {
      const execution = make(this.#runs.size + 1);
      await this.#write({ start: execution, body }, true);
      return execution;
    });
  }

  /** Replaces `before` by `after`, with the lines that came since. An end and a deletion are on the disk when it returns. */
  update(before: Execution, after: Execution, output: OutputChange): Promise<void> {
    return this.#exclusive(async () => {
      const endsNow = isEnd(after.status) && !isEnd(before.status);
      const isChanged = before !== after;
      if (!isChanged && output.write.length === 0) return;
      await this.#write(
        {
          id: after.executionId,
          ...(isChanged ? { execution: after } : {}),
          lines: output.write,
          keptFrom: output.keptFrom,
        },
        endsNow || after.recordDeleted,
      );
    });
  }

  /** One execution, deleted records included. */
  execution(executionId: string): Execution | undefined {
    return this.#runs.get(executionId)?.execution;
  }

  /** The body of a start. */
  async body(executionId: string): Promise<StartBody | undefined> {
    const run = this.#runs.get(executionId);
    return run === undefined ? undefined : ((await this.#journal.read(run.body)) as { body: StartBody }).body;
  }

  /** Executions that have not ended, in order of start. */
  live(): readonly Execution[] {
    return this.#all().filter(({ status }) => !isEnd(status));
  }

  /** Records that clients can see, newest first. */
  page(offset: number, limit: number): readonly Execution[] {
    return this.#visible()
      .reverse()
      .slice(offset, offset + limit);
  }

  /** Every start ever, in order. */
  ledger(offset: number, limit: number): readonly Execution[] {
    return this.#all().slice(offset, offset + limit);
  }

  /** How many records that clients can see have each status. */
  counts(): Readonly<Record<string, number>> {
    const counts: Partial<Record<Status, number>> = {};
    for (const { status } of this.#visible()) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  /** Which lines of a run are kept. */
  window(executionId: string): { readonly first: number; readonly next: number } {
    const run = this.#runs.get(executionId);
    return { first: run?.keptFrom ?? 0, next: run?.lines.at(-1)?.next ?? 0 };
  }

  /** Lines of one run from `fromIndex` on, oldest first. */
  async *lines(executionId: string, fromIndex = 0): AsyncGenerator<StoredLine> {
    const run = this.#runs.get(executionId);
    const from = Math.max(fromIndex, run?.keptFrom ?? 0);
    for (const { next, position } of [...(run?.lines ?? [])]) {
      if (next > from) for (const line of await this.#linesAt(position)) if (line.index >= from) yield line;
    }
  }

  /** Lines of one run, newest first. */
  async *linesBackwards(executionId: string): AsyncGenerator<StoredLine> {
    const run = this.#runs.get(executionId);
    for (const { position } of [...(run?.lines ?? [])].reverse()) {
      const lines = await this.#linesAt(position);
      for (const line of [...lines].reverse()) if (line.index >= (run?.keptFrom ?? 0)) yield line;
    }
  }

  /** Waits for writes under way, then closes. */
  close(): Promise<void> {
    return this.#exclusive(() => this.#journal.close());
  }

  #all(): Execution[] {
    return [...this.#runs.values()].map(({ execution }) => execution);
  }

  #visible(): Execution[] {
    return this.#all().filter(({ recordDeleted }) => !recordDeleted);
  }

  async #linesAt(position: Position): Promise<readonly StoredLine[]> {
    return ((await this.#journal.read(position)) as { lines: readonly StoredLine[] }).lines;
  }

  async #write(entry: Entry, sync: boolean): Promise<void> {
    this.#take(entry, await this.#journal.append(entry, { sync }));
  }

  #take(entry: Entry, position: Position): void {
    if ("start" in entry) {
      const { start } = entry;
      this.#runs.set(start.executionId, { execution: start, body: position, lines: [], keptFrom: 0 });
      return;
    }
    const run = this.#runs.get(entry.id);
    if (run === undefined) throw new Error(`the run ${entry.id} was never started`);
    const [first, last] = [entry.lines[0], entry.lines.at(-1)];
    run.execution = entry.execution ?? run.execution;
    run.keptFrom = Math.max(run.keptFrom, entry.keptFrom);
    if (first !== undefined && last !== undefined)
      run.lines.push({ first: first.index, next: last.index + 1, position });
    while (run.lines[0] !== undefined && run.lines[0].next <= run.keptFrom) run.lines.shift();
  }

  #exclusive<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(action);
    this.#queue = result.catch(() => {});
    return result;
  }
}
