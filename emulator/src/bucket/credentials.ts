import { randomBytes } from "node:crypto";
import type { Clock } from "../clock/clock";

/** Temporary credentials of the bucket. */
export interface BucketCredentials {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly sessionToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The largest number of stored credentials, valid or expired. The oldest are dropped first. */
const MOST_CREDENTIALS = 10_000;

/**
 * The credentials that this emulator has issued. After a restart of the emulator, these credentials are no longer
 * valid.
 */
export class IssuedCredentials {
  readonly #issued = new Map<string, BucketCredentials>();

  constructor(private readonly clock: Clock) {}

  issue(seconds: number): BucketCredentials {
    const made: BucketCredentials = {
      accessKey: `LOCAL${randomBytes(8).toString("hex").toUpperCase()}`,
      secretKey: randomBytes(30).toString("base64"),
      sessionToken: randomBytes(96).toString("base64"),
      expiresAt: this.clock.now() + seconds * 1000,
    };
    this.#issued.set(made.accessKey, made);
    const [oldest = ""] = this.#issued.keys();
    if (this.#issued.size > MOST_CREDENTIALS) this.#issued.delete(oldest);
    return made;
  }

  /** Finds credentials by their access key, even if the credentials have expired. */
  find(accessKey: string): BucketCredentials | undefined {
    return this.#issued.get(accessKey);
  }

  /** Makes all credentials expire now. @returns their number. */
  expireAll(): number {
    const expiresAt = this.clock.now();
    for (const [key, issued] of this.#issued) this.#issued.set(key, { ...issued, expiresAt });
    return this.#issued.size;
  }
}
