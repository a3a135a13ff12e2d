/** One request as the emulator received it. */
export interface LoggedRequest {
  /** Position among all requests since the emulator started, from 0; `DELETE /_emulator/requests` does not reset it. */
  readonly index: number;
  /** ISO 8601, by the emulator's clock. */
  readonly at: string;
  /** Operation id of the contract, `stream`, or null for a path that is not emulated. */
  readonly operation: string | null;
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** `authorization` is cut to its scheme. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** Whether it had the right token. */
  readonly authorized: boolean;
  /** Parsed JSON, or text when it is not JSON; null: no body, or not read. */
  body: unknown;
  /** Null: not answered, or the connection was reset. */
  status: number | null;
  /** Id of the fault that replaced the answer. */
  fault?: string;
}

/** The most requests that are stored. The oldest are dropped first. */
const MOST_REQUESTS = 10_000;

/** The requests received, in order. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  #next = 0;

  /** Notes a request on arrival. */
  add(request: Omit<LoggedRequest, "index" | "body" | "status" | "fault">): LoggedRequest {
    const logged: LoggedRequest = { index: this.#next++, ...request, body: null, status: null };
    this.#requests.push(logged);
    if (this.#requests.length > MOST_REQUESTS) this.#requests.shift();
    return logged;
  }

  /** All requests that are kept, oldest first. */
  all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  /** Forgets all requests. */
  clear(): void {
    this.#requests = [];
  }
}
