import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { S3Error } from "../errors";
import { compareKeys } from "./keys";
import { writeNewFile } from "./new-file";
import type { ObjectDescription } from "./object";

/** A multipart upload that has not ended. */
export interface Upload {
  readonly id: string;
  readonly key: string;
  /** The headers that the finished object will have. */
  readonly headers: ObjectDescription["headers"];
  /** The time at which the upload began, in milliseconds since 1970. */
  readonly initiated: number;
}

/** One stored part of a multipart upload. */
export interface UploadedPart {
  readonly number: number;
  readonly etag: string;
  readonly size: number;
  /** The time at which the part was stored, in milliseconds since 1970. */
  readonly modified: number;
  readonly checksums: ObjectDescription["checksums"];
}

const UPLOAD = "upload.json";
const ID = /^[0-9a-f-]{36}$/;

/** The multipart uploads, each in its own folder. After a restart, all uploads still exist, as in S3. */
export class Uploads {
  constructor(private readonly folder: string) {}

  async create(upload: Omit<Upload, "id">): Promise<Upload> {
    const created = { id: randomUUID(), ...upload };
    await mkdir(join(this.folder, created.id), { recursive: true });
    await writeFile(join(this.folder, created.id, UPLOAD), JSON.stringify(created));
    return created;
  }

  /** Returns an upload. @throws S3Error NoSuchUpload */
  async get(id: string, key: string): Promise<Upload> {
    const upload = ID.test(id) ? await this.#read(id) : undefined;
    if (upload?.key !== key) throw new S3Error("NoSuchUpload");
    return upload;
  }

  /** Returns all uploads, in the order of their keys and times. */
  async all(): Promise<readonly Upload[]> {
    const ids = await namesIn(this.folder);
    const uploads = await Promise.all(ids.map((id) => this.#read(id)));
    return uploads
      .filter((upload) => upload !== undefined)
      .sort((a, b) => compareKeys(a.key, b.key) || a.initiated - b.initiated || (a.id < b.id ? -1 : 1));
  }

  /** Stores a finished file as a part. An earlier part with the same number is replaced. */
  async putPart(id: string, file: string, part: UploadedPart): Promise<void> {
    // The bytes of a part are stored before its description, so that no description lacks its bytes. After a crash
    // between the two steps, the description may be that of an earlier part with the same number. If its size differs
    // from the size of the new bytes, `join` refuses the part.
    await rename(file, this.#pathOf(id, part.number));
    const description = `${this.#pathOf(id, part.number)}.json`;
    await writeFile(`${description}.new`, JSON.stringify(part));
    await rename(`${description}.new`, description);
  }

  /** Returns the parts of an upload, in order. */
  async parts(id: string): Promise<readonly UploadedPart[]> {
    const names = (await namesIn(join(this.folder, id))).filter((name) => /^\d+\.json$/.test(name));
    const parts = await Promise.all(
      names.map(async (name) => JSON.parse(await readFile(join(this.folder, id, name), "utf8")) as UploadedPart),
    );
    return parts.sort((a, b) => a.number - b.number);
  }

  /** Writes the parts one after another to a new file. */
  async join(id: string, parts: readonly UploadedPart[], file: string): Promise<void> {
    await writeNewFile(file, this.#bytes(id, parts));
  }

  /** Ends an upload and removes its parts. */
  async remove(id: string): Promise<void> {
    await rm(join(this.folder, id), { recursive: true, force: true });
  }

  /** Returns the number of bytes of all parts. */
  async usedBytes(): Promise<number> {
    const uploads = await Promise.all((await this.all()).map(({ id }) => this.parts(id)));
    return uploads.flat().reduce((sum, { size }) => sum + size, 0);
  }

  async *#bytes(id: string, parts: readonly UploadedPart[]): AsyncGenerator<Buffer> {
    for (const { number, size } of parts) {
      const path = this.#pathOf(id, number);
      if ((await stat(path)).size !== size) throw new S3Error("InvalidPart");
      for await (const piece of createReadStream(path, { highWaterMark: 1024 * 1024 })) yield piece as Buffer;
    }
  }

  async #read(id: string): Promise<Upload | undefined> {
    try {
      return JSON.parse(await readFile(join(this.folder, id, UPLOAD), "utf8")) as Upload;
    } catch {
      // The upload is unknown, or has just ended.
      return undefined;
    }
  }

  #pathOf(id: string, number: number): string {
    return join(this.folder, id, String(number));
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}
