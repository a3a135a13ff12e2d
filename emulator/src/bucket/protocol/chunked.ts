import { createHash, type Hash } from "node:crypto";
import { S3Error } from "../errors";
import { sha256, signature } from "../signature/canonical";
import { isEqual, type ValidSignature } from "../signature/verify";

/** The longest head of a chunk, and the longest line of a trailer, in bytes. */
const LONGEST_HEAD = 16 * 1024;

const EMPTY = sha256("");

/** The signature of a request with a chunked body, and whether the chunks are signed and a trailer follows them. */
export interface ChunkSignatures {
  readonly valid: ValidSignature;
  readonly isSigned: boolean;
  readonly hasTrailer: boolean;
}

/**
 * Decodes a body in the form `aws-chunked`. The body may arrive in pieces of any size.
 * @returns the headers of the trailer
 * @throws S3Error if the form or a signature is wrong
 */
export async function* decodeChunks(
  body: AsyncIterable<Buffer>,
  { valid, isSigned, hasTrailer }: ChunkSignatures,
): AsyncGenerator<Buffer, ReadonlyMap<string, string>> {
  const reader = new Reader(body);
  let previous = valid.signature;
  const check = (found: string | undefined, kind: string, hashes: readonly string[]): void => {
    if (!isSigned) return;
    const expected = signature(valid.key, `AWS4-HMAC-SHA256-${kind}`, valid.timestamp, valid.scope, [
      previous,
      ...hashes,
    ]);
    if (!isEqual(found ?? "", expected)) throw new S3Error("SignatureDoesNotMatch");
    previous = expected;
  };
  for (;;) {
    const head = /^([0-9a-f]{1,15})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(await reader.line());
    if (head === null) throw malformed();
    const length = Number.parseInt(head[1] ?? "", 16);
    const hash: Hash = createHash("sha256");
    for await (const piece of reader.take(length)) {
      if (isSigned) hash.update(piece);
      yield piece;
    }
    if (length > 0 && (await reader.line()) !== "") throw malformed();
    check(head[2], "PAYLOAD", [EMPTY, hash.digest("hex")]);
    if (length === 0) break;
  }
  const trailer = new Map<string, string>();
  const signed: string[] = [];
  for (let line = await reader.lastLine(); line !== ""; line = await reader.lastLine()) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).trim().toLowerCase();
    if (colon < 1 || trailer.size > 20) throw malformed();
    const value = line.slice(colon + 1).trim();
    trailer.set(name, value);
    if (name !== "x-amz-trailer-signature") signed.push(`${name}:${value}\n`);
  }
  if (hasTrailer) check(trailer.get("x-amz-trailer-signature"), "TRAILER", [sha256(signed.join(""))]);
  await reader.end();
  return trailer;
}

function malformed(): S3Error {
  return new S3Error("IncompleteBody", "The body is not in the form aws-chunked, or it ends too early.");
}

/** Reads lines and bytes of a body that arrives in pieces of any size. */
class Reader {
  readonly #pieces: AsyncIterator<Buffer>;
  #left: Buffer = Buffer.alloc(0);

  constructor(body: AsyncIterable<Buffer>) {
    this.#pieces = body[Symbol.asyncIterator]();
  }

  /** Returns the next line, without its line end. @throws if the body ends inside the line */
  async line(): Promise<string> {
    for (;;) {
      const end = this.#left.indexOf("\n");
      if (end >= 0) {
        const line = this.#left.toString("latin1", 0, end).replace(/\r$/, "");
        this.#left = this.#left.subarray(end + 1);
        return line;
      }
      if (this.#left.length > LONGEST_HEAD || !(await this.#more())) throw malformed();
    }
  }

  /**
   * Returns the next line of a trailer. Some clients leave out the last, empty line. So at the end of the body, returns
   * an empty line.
   */
  async lastLine(): Promise<string> {
    return this.#left.length > 0 || (await this.#more()) ? this.line() : "";
  }

  /** Returns the next `length` bytes. @throws if the body has fewer bytes */
  async *take(length: number): AsyncGenerator<Buffer> {
    for (let missing = length; missing > 0; ) {
      if (this.#left.length === 0 && !(await this.#more())) throw malformed();
      const piece = this.#left.subarray(0, missing);
      this.#left = this.#left.subarray(piece.length);
      missing -= piece.length;
      yield piece;
    }
  }

  /** Throws an error if bytes follow the end of the chunked body. */
  async end(): Promise<void> {
    if (this.#left.length > 0 || (await this.#more())) throw malformed();
  }

  async #more(): Promise<boolean> {
    const { done, value } = await this.#pieces.next();
    if (done) return false;
    this.#left = this.#left.length === 0 ? value : Buffer.concat([this.#left, value]);
    return true;
  }
}
