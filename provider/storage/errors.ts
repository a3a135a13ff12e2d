import { STORAGE_CATALOGUE, type StorageErrorCode } from "./catalogue";

/** A failure of the bucket or of a local file. The message names no credential. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  /** Stable code, such as `LYC6003`; see the page on errors. */
  readonly code: StorageErrorCode;

  /** @param happened what happened and why, as a sentence with its stop; the remedy follows */
  constructor(code: StorageErrorCode, happened: string) {
    super(`${code}: ${happened} ${STORAGE_CATALOGUE[code].remedy}`);
    this.code = code;
    // Users see this error as a text. With frames it would be hard to read.
    this.stack = this.message;
  }

  /** Whether a value is a StorageError. `instanceof` would fail, because each bundled file has a copy of this class. */
  static isInstance(value: unknown): value is StorageError {
    return value instanceof Error && value.name === "StorageError";
  }
}
