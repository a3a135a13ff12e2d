import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { nameOfKey } from "./keys";
import { type ObjectDescription, undescribed } from "./object";

/** The size and time of a file. A description is valid only while the file has the same size and time. */
export interface FileState {
  readonly size: bigint;
  readonly mtimeNs: bigint;
}

interface Described extends ObjectDescription {
  readonly key: string;
  readonly size: string;
  readonly mtimeNs: string;
}

/** The largest number of object descriptions in memory. */
const MOST_IN_MEMORY = 50_000;

/**
 * The descriptions of objects. Each description is a file in a folder that runs do not see. A description is valid only
 * while the object's file has the stored size and time. So after a run changes the file, the ETag is computed again.
 */
export class Descriptions {
  readonly #inMemory = new Map<string, Described>();

  constructor(private readonly folder: string) {}

  /** Returns the description of a file. If there is no valid description, makes and stores a new one. */
  async of(key: string, path: string, state: FileState): Promise<ObjectDescription> {
    const kept = this.#inMemory.get(key) ?? (await this.#read(key));
    if (kept !== undefined && isOf(kept, state)) {
      this.#remember(kept);
      return kept;
    }
    const made = undescribed(await md5Of(path, Number(state.size)));
    await this.keep(key, state, made);
    return made;
  }

  /** Returns true if a client stored the current content of the file. Otherwise, a run wrote the file. */
  async isFromClient(key: string, state: FileState): Promise<boolean> {
    const kept = this.#inMemory.get(key) ?? (await this.#read(key));
    return kept !== undefined && isOf(kept, state) && kept.isFromMount !== true;
  }

  async keep(
    key: string,
    { size, mtimeNs }: FileState,
    { etag, headers, checksums, isFromMount }: ObjectDescription,
  ): Promise<void> {
    const origin = isFromMount ? { isFromMount } : {};
    const described = { key, size: String(size), mtimeNs: String(mtimeNs), etag, headers, checksums, ...origin };
    this.#remember(described);
    const path = this.#pathOf(key);
    await mkdir(join(path, ".."), { recursive: true });
    const temporary = `${path}.${randomUUID()}`;
    await writeFile(temporary, JSON.stringify(described));
    await rename(temporary, path);
  }

  async remove(key: string): Promise<void> {
    this.#inMemory.delete(key);
    await rm(this.#pathOf(key), { force: true });
  }

  #remember(described: Described): void {
    this.#inMemory.delete(described.key);
    this.#inMemory.set(described.key, described);
    const [oldest = ""] = this.#inMemory.keys();
    if (this.#inMemory.size > MOST_IN_MEMORY) this.#inMemory.delete(oldest);
  }

  async #read(key: string): Promise<Described | undefined> {
    try {
      const read = JSON.parse(await readFile(this.#pathOf(key), "utf8")) as Described;
      return read.key === key ? read : undefined;
    } catch {
      // The description does not exist, or a crash has damaged it. In both cases, the caller makes it again from the
      // file.
      return undefined;
    }
  }

  #pathOf(key: string): string {
    const name = nameOfKey(key);
    return join(this.folder, name.slice(0, 2), `${name}.json`);
  }
}

function isOf(described: Described, { size, mtimeNs }: FileState): boolean {
  return described.size === String(size) && described.mtimeNs === String(mtimeNs);
}

/** Returns the MD5 of the first `size` bytes of a file. A run may still be adding bytes to the file. */
async function md5Of(path: string, size: number): Promise<string> {
  const hash = createHash("md5");
  if (size > 0) for await (const piece of createReadStream(path, { end: size - 1 })) hash.update(piece as Buffer);
  return hash.digest("hex");
}
