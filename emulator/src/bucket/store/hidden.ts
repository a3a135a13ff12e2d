import { readdirSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compareKeys, nameOfKey } from "./keys";
import type { ObjectDescription, StoredObject } from "./object";

/** The content of the `.json` file about a hidden object. The bytes of the object are in another file next to it. */
type Kept = Omit<StoredObject, "path">;

/**
 * Objects whose keys cannot be the path of a file in the mount: for example `a/`, `a//b`, `../a`, and also `a` if `a/b`
 * exists. A real mount of a bucket does not show these objects either. Such objects are rare, so all their descriptions
 * are in memory.
 */
export class HiddenObjects {
  readonly #objects = new Map<string, StoredObject>();
  #sorted: readonly string[] | undefined;

  constructor(private readonly folder: string) {
    for (const name of namesIn(folder)) {
      if (!name.endsWith(".json")) continue;
      const kept = JSON.parse(readFileSync(join(folder, name), "utf8")) as Kept;
      this.#objects.set(kept.key, { ...kept, path: this.#pathOf(kept.key) });
    }
  }

  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  /** Returns all keys of hidden objects, in the order of listings. */
  keys(): readonly string[] {
    this.#sorted ??= [...this.#objects.keys()].sort(compareKeys);
    return this.#sorted;
  }

  /** Stores a file as a new object that the mount does not show. */
  async put(
    key: string,
    file: string,
    { size, modified, etag, headers, checksums }: Pick<StoredObject, "size" | "modified"> & ObjectDescription,
  ): Promise<void> {
    const kept: Kept = { key, size, modified, etag, headers, checksums };
    const path = this.#pathOf(key);
    await mkdir(this.folder, { recursive: true });
    await rename(file, path);
    await writeFile(`${path}.new`, JSON.stringify(kept));
    await rename(`${path}.new`, `${path}.json`);
    this.#objects.set(key, { ...kept, path });
    this.#sorted = undefined;
  }

  async remove(key: string): Promise<void> {
    if (!this.#objects.delete(key)) return;
    this.#sorted = undefined;
    const path = this.#pathOf(key);
    await rm(`${path}.json`, { force: true });
    await rm(path, { force: true });
  }

  #pathOf(key: string): string {
    return join(this.folder, nameOfKey(key));
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
