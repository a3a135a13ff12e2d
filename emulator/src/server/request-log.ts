/** One request as the emulator received it. */
export interface LoggedRequest {
  /** The number of the request since the emulator's start, from 0. Clearing the log does not reset the number. */
  readonly index: number;
  /** The time in ISO 8601, by the emulator's clock. */
  readonly at: string;
  /**
   * The operation id of the contract, the name of an operation of S3, or `stream` for the stream of a run's output.
   * Null if the emulator does not know the operation.
   */
  operation: string | null;
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** The headers without credentials. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** Whether the request had the API key or a valid signature. */
  authorized: boolean;
  /**
   * The body: parsed JSON, or text if the body is not JSON. Null if the body is absent, too long for the log, or not
   * read.
   */
  body: unknown;
  /** The status of the answer. Null if no answer was sent, for example after a reset of the connection. */
  status: number | null;
  /**
   * Id of the `AnswerFault` that was active for the request. Absent if none was active. A `ViewFault` is not logged,
   * although it may change the answer.
   */
  fault?: string;
}

/** The largest number of requests that are stored. The oldest requests are dropped first. */
const MOST_REQUESTS = 10_000;

/** The requests that the emulator received, in order. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #next = 0;

  /** Adds a request when it arrives. */
  add(request: Omit<LoggedRequest, "index" | "body" | "status" | "fault">): LoggedRequest {
    const logged: LoggedRequest = { index: this.#next++, ...request, body: null, status: null };
    this.#requests.push(logged);
    if (this.#requests.length > MOST_REQUESTS) this.#requests.shift();
    return logged;
  }

  /** Returns all stored requests, oldest first. */
  all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  clear(): void {
    this.#requests = [];
  }
}
