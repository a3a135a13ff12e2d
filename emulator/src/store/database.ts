import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { ClassicLevel } from "classic-level";

/** One change of a batch. */
export type Change =
  | { readonly type: "put"; readonly key: string; readonly value: unknown }
  | { readonly type: "del"; readonly key: string };

/** Which keys to go through: `from` is included, `before` is not. */
export interface Range {
  readonly from: string;
  readonly before: string;
  /** From the last key to the first. */
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** A sorted map from text to JSON that outlives the process. */
export interface Database {
  get(key: string): Promise<unknown>;
  getMany(keys: readonly string[]): Promise<readonly unknown[]>;
  /** All or nothing. `sync`: on the disk when it returns. */
  batch(changes: readonly Change[], options: { readonly sync: boolean }): Promise<void>;
  entries(range: Range): AsyncIterable<readonly [string, unknown]>;
  keys(range: Range): AsyncIterable<string>;
  /** Closes and opens again; after a failed write LevelDB refuses every further one until then. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

/** Bytes that must be free for the database to be opened again: its log is rewritten, which is at most this. */
const bytesToOpen = 16 * 1024 * 1024;

/** Another process has the folder. */
export class DataFolderLocked extends Error {
  constructor(directory: string) {
    super(
      `The data folder ${directory} is in use by another emulator. Stop that one, or give this one a folder of its own with --data.`,
    );
    this.name = "DataFolderLocked";
  }
}

/** The records of an earlier emulator cannot be read. */
export class DataFolderDamaged extends Error {
  constructor(directory: string, reason: string) {
    super(
      `The records in ${directory} cannot be read: ${reason}. Move that folder away, or give the emulator another one with --data.`,
    );
    this.name = "DataFolderDamaged";
  }
}

/**
 * Opens the database in a folder, which is made when it is missing.
 * @throws {DataFolderDamaged} when its files cannot be read
 * @throws {DataFolderLocked} when another process, or another emulator of this one, has it.
 */
export async function openDatabase(directory: string): Promise<Database> {
  const level = new ClassicLevel<string, unknown>(directory, { valueEncoding: "json" });
  try {
    await level.open();
  } catch (error) {
    const { code, message } = causeOf(error);
    if (code === "LEVEL_LOCKED") throw new DataFolderLocked(dirname(directory));
    throw new DataFolderDamaged(dirname(directory), message.replace(/\.$/, ""));
  }
  return {
    get: (key) => level.get(key),
    getMany: (keys) => level.getMany([...keys]),
    batch: (changes, options) => level.batch([...changes], options),
    entries: ({ from, before, ...rest }) => level.iterator({ gte: from, lt: before, ...rest }),
    keys: ({ from, before, ...rest }) => level.keys({ gte: from, lt: before, ...rest }),
    async reopen() {
      // Opening writes; where it cannot, what is open still answers every read.
      const { bavail, bsize } = await statfs(directory);
      if (bavail * bsize < bytesToOpen)
        throw new Error(`no space left on device: ${bytesToOpen} bytes must be free for ${directory}`);
      await level.close();
      await level.open();
    },
    close: () => level.close(),
  };
}

/** What LevelDB said, which the library wraps. */
function causeOf(error: unknown): { readonly code?: unknown; readonly message: string } {
  const { cause } = error as { readonly cause?: unknown };
  const wrapped = typeof cause === "object" && cause !== null ? cause : error;
  const { code, message } = wrapped as { readonly code?: unknown; readonly message?: unknown };
  return { code, message: typeof message === "string" ? message : String(wrapped) };
}
