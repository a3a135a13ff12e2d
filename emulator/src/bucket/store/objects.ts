import { randomUUID } from "node:crypto";
import { type BigIntStats, chmodSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { chmod, lstat, mkdir, realpath, rename, rmdir, unlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import { S3Error } from "../errors";
import { Descriptions } from "./descriptions";
import { HiddenObjects } from "./hidden";
import { checkKey, foldersOf, pathOfKey } from "./keys";
import { Lock } from "./lock";
import type { ObjectDescription, StoredObject, WrittenFile } from "./object";
import { mergeKeys, type WalkFrom, walkKeys } from "./walk";

/**
 * The access rights of files and folders in the mount. Every user may read and write there, because a Compose service
 * that does not run as root must be able to, as in a real bucket. Other users of the machine cannot reach the mount,
 * because only the owner can enter the emulator's data folder.
 */
const [FILE_MODE, FOLDER_MODE] = [0o666, 0o777];

/**
 * Throws an error if an object may not be written or removed. `current` is the object that already has the same key.
 */
export type Condition = (current: StoredObject | undefined) => void;

const always: Condition = () => {};

/**
 * Stores the objects of the bucket. An object is hidden if its key cannot be the path of a file. It is then not in
 * `mount`.
 */
export class ObjectStore {
  /** The folder that runs see as the mount. The object with the key `a/b` is the file `a/b` in this folder. */
  readonly mount: string;
  readonly #temporary: string;
  readonly #descriptions: Descriptions;
  readonly #hidden: HiddenObjects;
  readonly #lock = new Lock();

  /** @param folder the folder for the bucket and its descriptions; created together with the bucket */
  constructor(folder: string) {
    this.mount = join(folder, "mount");
    this.#temporary = join(folder, "temporary");
    this.#descriptions = new Descriptions(join(folder, "descriptions"));
    this.#hidden = new HiddenObjects(join(folder, "hidden"));
    // Removes the incomplete files that a killed emulator has left.
    rmSync(this.#temporary, { recursive: true, force: true });
  }

  /** Returns whether the bucket was created. */
  get exists(): boolean {
    return existsSync(this.mount);
  }

  createNow(): void {
    mkdirSync(this.mount, { recursive: true });
    chmodSync(this.mount, FOLDER_MODE);
  }

  /** Returns a path on the bucket's file system, so that a new file there can become an object in a single step. */
  async temporaryFile(): Promise<string> {
    await mkdir(this.#temporary, { recursive: true });
    return join(this.#temporary, randomUUID());
  }

  /** Returns the object of a key. Undefined if the key has no object. */
  async find(key: string): Promise<StoredObject | undefined> {
    const path = await this.#confined(key);
    const stats = path === undefined ? undefined : await statsOf(path);
    if (path === undefined || !stats?.isFile()) return this.#hidden.get(key);
    try {
      return described(key, path, stats, await this.#descriptions.of(key, path, stats));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }

  /** Returns the keys after a position, in order. */
  keys(from: WalkFrom): AsyncGenerator<string> {
    return mergeKeys(walkKeys(this.mount, from), this.#hidden.keys(), from);
  }

  /**
   * Returns the files that runs wrote into the mount in a period of time. `from` and `to` are in milliseconds since
   * 1970, both included.
   */
  async *writtenInMount(from: number, to: number): AsyncGenerator<WrittenFile> {
    for await (const key of walkKeys(this.mount, { prefix: "", after: "" })) {
      const path = this.#pathOf(key);
      const stats = path === undefined ? undefined : await statsOf(path);
      if (!stats?.isFile() || Number(stats.mtimeMs) < from || Number(stats.mtimeMs) > to) continue;
      // Without the lock, a client's new file would look like a file of a run until its description is stored.
      if (await this.#lock.run(() => this.#descriptions.isFromClient(key, stats))) continue;
      yield { key, size: Number(stats.size), modified: Number(stats.mtimeMs) };
    }
  }

  /** Returns the number of bytes of all objects. */
  async usedBytes(): Promise<number> {
    let used = 0;
    for await (const key of this.keys({ prefix: "", after: "" })) {
      const path = this.#pathOf(key);
      const stats = path === undefined ? undefined : await statsOf(path);
      used += stats?.isFile() ? Number(stats.size) : (this.#hidden.get(key)?.size ?? 0);
    }
    return used;
  }

  /**
   * Stores a completely written file as the object with this key. The file replaces an earlier object in a single step.
   * @param modified milliseconds since 1970
   */
  put(
    key: string,
    file: string,
    modified: number,
    description: ObjectDescription,
    condition: Condition = always,
  ): Promise<void> {
    checkKey(key);
    return this.#lock.run(async () => {
      if (condition !== always) condition(await this.find(key));
      await chmod(file, FILE_MODE);
      await utimes(file, modified / 1000, modified / 1000);
      // S3 clients keep an empty folder as an object with the key `folder/`. This object is hidden, but the folder is
      // created in the mount.
      const hasFolders = this.#pathOf(key) !== undefined || key.endsWith("/");
      const path = hasFolders ? await this.#madeRoom(key) : undefined;
      if (path === undefined) {
        const { size } = await lstat(file);
        await this.#hidden.put(key, file, { size, modified, ...description });
        return;
      }
      await rename(file, path);
      await this.#descriptions.keep(key, await lstat(path, { bigint: true }), description);
      await this.#hidden.remove(key);
    });
  }

  /** Removes an object. Throws if the condition is not met. Without a condition, a missing object is no error. */
  remove(key: string, condition: Condition = always): Promise<void> {
    return this.#lock.run(async () => {
      const found = await this.find(key);
      condition(found);
      if (found === undefined) return;
      if (found.path === this.#pathOf(key)) await unlink(found.path);
      await this.#hidden.remove(key);
      await this.#descriptions.remove(key);
      await this.#removeEmptyFolders(key);
    });
  }

  #pathOf(key: string): string | undefined {
    const names = pathOfKey(key);
    return names === undefined ? undefined : join(this.mount, ...names);
  }

  /**
   * Returns the path of a key. Returns undefined if a folder of the path is missing or is a link. A run can create a
   * link that leads out of the bucket.
   */
  async #confined(key: string): Promise<string | undefined> {
    const path = this.#pathOf(key);
    const folder = foldersOf(key).at(-1);
    if (path === undefined || folder === undefined) return path;
    try {
      const expected = join(await realpath(this.mount), ...folder.split("/"));
      return (await realpath(join(this.mount, folder))) === expected ? path : undefined;
    } catch {
      // The folder does not exist.
      return undefined;
    }
  }

  /**
   * Creates the folders in the path of a key. If an existing object has the name of such a folder, hides this object.
   * @returns the path for the file; undefined if a folder already has this path, or if the key has no valid path
   */
  async #madeRoom(key: string): Promise<string | undefined> {
    for (const folder of foldersOf(key)) {
      const path = this.#pathOf(folder);
      if (path === undefined) return undefined;
      const stats = await statsOf(path);
      if (stats?.isDirectory()) continue;
      if (stats?.isFile()) await this.#hide(folder);
      else if (stats !== undefined) throw notAFolder(folder);
      await mkdir(path);
      await chmod(path, FOLDER_MODE);
    }
    const path = this.#pathOf(key);
    const stats = path === undefined ? undefined : await statsOf(path);
    return stats?.isDirectory() ? undefined : path;
  }

  async #hide(key: string): Promise<void> {
    const found = await this.find(key);
    if (found === undefined) throw notAFolder(key);
    await this.#hidden.put(key, found.path, found);
    await this.#descriptions.remove(key);
  }

  /** Removes the empty folders of a key, because S3 has no folders. A folder with an object `folder/` stays. */
  async #removeEmptyFolders(key: string): Promise<void> {
    for (const folder of [...foldersOf(key)].reverse()) {
      const path = this.#pathOf(folder);
      if (path === undefined || this.#hidden.get(`${folder}/`) !== undefined) return;
      try {
        await rmdir(path);
      } catch {
        return;
      }
      await this.#show(folder);
    }
  }

  /** Moves a hidden object into the mount. It was hidden because its path was a folder, which was removed. */
  async #show(key: string): Promise<void> {
    const [found, path] = [this.#hidden.get(key), this.#pathOf(key)];
    if (found === undefined || path === undefined) return;
    await rename(found.path, path);
    await this.#descriptions.keep(key, await lstat(path, { bigint: true }), found);
    await this.#hidden.remove(key);
  }
}

function described(key: string, path: string, stats: BigIntStats, description: ObjectDescription): StoredObject {
  const { etag, headers, checksums } = description;
  return { key, path, size: Number(stats.size), modified: Number(stats.mtimeMs), etag, headers, checksums };
}

async function statsOf(path: string): Promise<BigIntStats | undefined> {
  try {
    return await lstat(path, { bigint: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return undefined;
    throw error;
  }
}

function notAFolder(key: string): S3Error {
  return new S3Error("AccessDenied", `A run has made ${key} a link or a device, so no object can lie in it.`);
}
