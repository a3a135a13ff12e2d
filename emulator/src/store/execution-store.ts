import { type Execution, isEnd, type StartBody, type Status } from "../executions/execution";
import type { OutputChange, StoredLine } from "../executions/output";
import type { Change, Database } from "./database";
import { everythingUnder, keys } from "./keys";

/** Every write is one atomic batch, and they go one after another, so that the counters never drift from the records. */
export class ExecutionStore {
  readonly #database: Database;
  #sequence = 0;
  #counts: ReadonlyMap<string, number> = new Map();
  #queue: Promise<unknown> = Promise.resolve();
  /** After a failed write: what must not be there once the database is open again. */
  #undo: readonly Change[] | undefined;

  private constructor(database: Database) {
    this.#database = database;
  }

  /** Reads the counters; the rest stays on the disk. */
  static async open(database: Database): Promise<ExecutionStore> {
    const store = new ExecutionStore(database);
    store.#sequence = Number((await database.get(keys.sequence)) ?? 0);
    const counts = new Map<string, number>();
    for await (const [key, value] of database.entries(everythingUnder("count/"))) {
      counts.set(key.slice("count/".length), Number(value));
    }
    store.#counts = counts;
    return store;
  }

  /**
   * Keeps a new execution and its body, on the disk when it returns. `make` gets the next sequence number.
   * After a failure nothing of it is there, also when the failing write had reached the disk.
   */
  start(body: StartBody, make: (sequence: number) => Execution): Promise<Execution> {
    return this.#exclusive(async () => {
      const execution = make(this.#sequence + 1);
      const { executionId, sequence } = execution;
      const indexes = [keys.time(sequence), keys.ledger(sequence), keys.live(sequence)];
      const counts = this.#counted(undefined, execution.status);
      await this.#write(
        [
          put(keys.execution(executionId), execution),
          put(keys.body(executionId), body),
          ...indexes.map((key) => put(key, executionId)),
          put(keys.sequence, sequence),
          ...counts.changes,
        ],
        true,
        [...[keys.execution(executionId), keys.body(executionId), ...indexes].map(del), ...counts.undo],
      );
      this.#sequence = sequence;
      this.#counts = counts.after;
      return execution;
    });
  }

  /** Replaces `before` by `after`, with the lines that came since. An end and a deletion are on the disk when it returns. */
  update(before: Execution, after: Execution, output: OutputChange): Promise<void> {
    return this.#exclusive(async () => {
      const counts = this.#counted(visibleStatus(before), visibleStatus(after));
      const endsNow = isEnd(after.status) && !isEnd(before.status);
      await this.#write(
        [
          ...(before === after ? [] : [put(keys.execution(after.executionId), after)]),
          ...(endsNow ? [del(keys.live(after.sequence))] : []),
          ...(after.recordDeleted && !before.recordDeleted ? [del(keys.time(after.sequence))] : []),
          ...counts.changes,
          ...lineChanges(after.executionId, output),
        ],
        endsNow || after.recordDeleted,
        counts.undo,
      );
      this.#counts = counts.after;
    });
  }

  /** One execution, deleted records included. */
  async execution(executionId: string): Promise<Execution | undefined> {
    return (await this.#database.get(keys.execution(executionId))) as Execution | undefined;
  }

  /** The body of a start. */
  async body(executionId: string): Promise<StartBody | undefined> {
    return (await this.#database.get(keys.body(executionId))) as StartBody | undefined;
  }

  /** Executions that have not ended, in order of start. */
  live(): Promise<readonly Execution[]> {
    return this.#indexed({ ...everythingUnder("live/") });
  }

  /** Records that clients can see, newest first. */
  page(offset: number, limit: number): Promise<readonly Execution[]> {
    return this.#indexed({ ...everythingUnder("time/"), reverse: true, limit: offset + limit }, offset);
  }

  /** Every start ever, in order. */
  ledger(offset: number, limit: number): Promise<readonly Execution[]> {
    return this.#indexed({ ...everythingUnder("ledger/"), limit: offset + limit }, offset);
  }

  /** How many records that clients can see have each status. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].filter(([, count]) => count > 0));
  }

  /** Lines of one run from `fromIndex` on, oldest first. */
  async *lines(executionId: string, fromIndex = 0, limit = -1): AsyncGenerator<StoredLine> {
    const range = { ...keys.lines(executionId), from: keys.line(executionId, fromIndex), limit };
    for await (const [, value] of this.#database.entries(range)) yield value as StoredLine;
  }

  /** Lines of one run, newest first. */
  async *linesBackwards(executionId: string): AsyncGenerator<StoredLine> {
    for await (const [, value] of this.#database.entries({ ...keys.lines(executionId), reverse: true })) {
      yield value as StoredLine;
    }
  }

  /** Waits for writes under way, then closes. */
  async close(): Promise<void> {
    await this.#exclusive(async () => {
      await this.#repair().catch(() => {});
      await this.#database.close();
    });
  }

  async #indexed(range: Parameters<Database["entries"]>[0], skip = 0): Promise<readonly Execution[]> {
    const ids: string[] = [];
    let position = 0;
    for await (const [, id] of this.#database.entries(range)) if (position++ >= skip) ids.push(String(id));
    const found = await this.#database.getMany(ids.map(keys.execution));
    return found.filter((value) => value !== undefined) as Execution[];
  }

  #counted(before: Status | undefined, after: Status | undefined) {
    const next = new Map(this.#counts);
    const changes: Change[] = [];
    const undo: Change[] = [];
    for (const [status, step] of [
      [before, -1],
      [after, 1],
    ] as const) {
      if (before === after || status === undefined) continue;
      undo.push(put(keys.count(status), next.get(status) ?? 0));
      next.set(status, (next.get(status) ?? 0) + step);
      changes.push(put(keys.count(status), next.get(status)));
    }
    return { after: next, changes, undo };
  }

  async #write(changes: readonly Change[], sync: boolean, undo: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    await this.#repair();
    try {
      await this.#database.batch(changes, { sync });
    } catch (error) {
      this.#undo = undo;
      throw error;
    }
  }

  /** A batch that failed may have reached the disk all the same, so it is undone before anything else is written. */
  async #repair(): Promise<void> {
    if (this.#undo === undefined) return;
    await this.#database.reopen();
    await this.#database.batch([...this.#undo], { sync: true });
    this.#undo = undefined;
  }

  #exclusive<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(action);
    this.#queue = result.catch(() => {});
    return result;
  }
}

function put(key: string, value: unknown): Change {
  return { type: "put", key, value };
}

function del(key: string): Change {
  return { type: "del", key };
}

function visibleStatus(execution: Execution): Status | undefined {
  return execution.recordDeleted ? undefined : execution.status;
}

function lineChanges(executionId: string, output: OutputChange): readonly Change[] {
  const dropped = Array.from({ length: output.dropBefore - output.dropFrom }, (_, step) =>
    del(keys.line(executionId, output.dropFrom + step)),
  );
  return [...dropped, ...output.write.map((line) => put(keys.line(executionId, line.index), line))];
}
