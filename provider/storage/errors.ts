import { STORAGE_CATALOGUE, type StorageErrorCode } from "./catalogue";

/** A failure of the bucket or of a local file. The message contains no credentials. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  /** The stable code of the error, such as `LYC6003`. The page of errors explains each code. */
  readonly code: StorageErrorCode;

  /** @param happened what happened and why, as a sentence with its full stop; the constructor adds the remedy */
  constructor(code: StorageErrorCode, happened: string) {
    super(`${code}: ${happened} ${STORAGE_CATALOGUE[code].remedy}`);
    this.code = code;
    // Users see this error as text. Stack frames would make the text hard to read.
    this.stack = this.message;
  }

  /** Whether a value is a StorageError. `instanceof` would fail, because each bundled file has a copy of this class. */
  static isInstance(value: unknown): value is StorageError {
    return value instanceof Error && value.name === "StorageError";
  }
}
