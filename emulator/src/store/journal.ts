import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";

/** Where an entry stands in its journal, in bytes. */
export interface Position {
  readonly at: number;
  readonly length: number;
}

/** What a journal needs of a file; positions and lengths are bytes. */
export interface JournalFile {
  read(into: Buffer, from: number, length: number, at: number): Promise<{ readonly buffer: Buffer }>;
  write(bytes: Buffer, from: number, length: number, at: number): Promise<{ readonly bytesWritten: number }>;
  truncate(length: number): Promise<void>;
  datasync(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the file of a journal; a test gives one that fails. */
export type OpenFile = (path: string) => Promise<JournalFile>;

/** For its owner only: it holds the bodies of starts, registry passwords included. */
const openFile: OpenFile = async (path) => {
  // "a+" would move every write to the end of the file, also behind what a failed one has left.
  await open(path, "a", 0o600).then((file) => file.close());
  return open(path, "r+");
};

/** A file of JSON, one entry in each line, that only grows. What is read again is found by its position. */
export class Journal {
  readonly #file: JournalFile;
  #end: number;
  #mayHaveRest = false;

  private constructor(file: JournalFile, end: number) {
    this.#file = file;
    this.#end = end;
  }

  /**
   * Opens a journal, which is made when it is missing. A last line that a crash has cut is dropped.
   * @param entry is given each entry, oldest first
   * @throws when a line is no JSON, or the file cannot be used
   */
  static async open(
    path: string,
    entry: (value: unknown, position: Position) => void,
    opens: OpenFile = openFile,
  ): Promise<Journal> {
    const file = await opens(path);
    try {
      const end = await readEntries(path, entry);
      await file.truncate(end);
      return new Journal(file, end);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * Adds an entry; after a failure nothing of it is there. One at a time.
   * @param options `sync`: on the disk when it returns
   */
  async append(value: unknown, options: { readonly sync: boolean }): Promise<Position> {
    if (this.#mayHaveRest) await this.#file.truncate(this.#end);
    const bytes = Buffer.from(`${JSON.stringify(value)}\n`);
    this.#mayHaveRest = true;
    try {
      const { bytesWritten } = await this.#file.write(bytes, 0, bytes.length, this.#end);
      if (bytesWritten < bytes.length) throw new Error("no space left on device");
      if (options.sync) await this.#file.datasync();
    } catch (error) {
      // Now, since there may be no next entry: a whole line that is left would count when the journal is opened again.
      await this.#file.truncate(this.#end).catch(() => {});
      throw error;
    }
    this.#mayHaveRest = false;
    const position = { at: this.#end, length: bytes.length };
    this.#end += bytes.length;
    return position;
  }

  /** Reads an entry again. */
  async read({ at, length }: Position): Promise<unknown> {
    const { buffer } = await this.#file.read(Buffer.alloc(length), 0, length, at);
    return JSON.parse(buffer.toString());
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

const LINE_FEED = 10;

/** @returns where the last whole line ends */
async function readEntries(path: string, entry: (value: unknown, position: Position) => void): Promise<number> {
  let end = 0;
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let to = chunk.indexOf(LINE_FEED); to >= 0; to = chunk.indexOf(LINE_FEED, from)) {
      const line = Buffer.concat([...rest, chunk.subarray(from, to)]);
      rest = [];
      const length = line.length + 1;
      try {
        entry(JSON.parse(line.toString()), { at: end, length });
      } catch (error) {
        throw new Error(
          `the entry at byte ${end} is damaged (${error instanceof Error ? error.message : String(error)})`,
        );
      }
      end += length;
      from = to + 1;
    }
    rest.push(chunk.subarray(from));
  }
  return end;
}
