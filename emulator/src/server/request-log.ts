/** One request as the emulator received it. */
export interface LoggedRequest {
  /** Position among all requests since the emulator started, from 0; `DELETE /_emulator/requests` does not reset it. */
  readonly index: number;
  /** ISO 8601, by the emulator's clock. */
  readonly at: string;
  /** Operation id of the contract, `stream`, or null for what is not emulated. */
  readonly operation: string | null;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  /** `authorization` is cut down to its scheme. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** It carried the right token. */
  readonly authorized: boolean;
  /** JSON as it came, or text when it is none; null: none, or not read. */
  body: unknown;
  /** Null: not answered, or the connection was reset. */
  status: number | null;
  /** Id of the fault that stood in for the answer. */
  fault?: string;
}

/** How much is kept; the oldest go first. `characters` are those of paths, queries, headers and bodies. */
export const requestLogLimits = { requests: 10_000, characters: 32 * 1024 * 1024 } as const;

/** The requests received, in order; its memory is bounded. */
export class RequestLog {
  #requests: LoggedRequest[] = [];
  /** Of the requests that are kept. */
  readonly #sizes = new Map<LoggedRequest, number>();
  #size = 0;
  #next = 0;

  /** Notes a request on arrival. */
  add(request: Omit<LoggedRequest, "index" | "body" | "status" | "fault">): LoggedRequest {
    const logged: LoggedRequest = { index: this.#next++, ...request, body: null, status: null };
    this.#requests.push(logged);
    this.#sizes.set(logged, 0);
    this.#grow(logged, characters(request.path) + characters(request.query) + characters(request.headers));
    return logged;
  }

  /** Notes the body once it was read. `characters` is its length as it came. */
  setBody(request: LoggedRequest, body: unknown, characters: number): void {
    request.body = body;
    this.#grow(request, characters);
  }

  /** All that are kept, oldest first. */
  all(): readonly LoggedRequest[] {
    return this.#requests;
  }

  /** Forgets all. */
  clear(): void {
    this.#requests = [];
    this.#sizes.clear();
    this.#size = 0;
  }

  #grow(request: LoggedRequest, characters: number): void {
    const before = this.#sizes.get(request);
    // Forgotten before its body was read.
    if (before === undefined) return;
    this.#sizes.set(request, before + characters);
    this.#size += characters;
    this.#trim();
  }

  #trim(): void {
    let excess = 0;
    while (
      excess < this.#requests.length - 1 &&
      (this.#requests.length - excess > requestLogLimits.requests || this.#size > requestLogLimits.characters)
    ) {
      const oldest = this.#requests[excess++];
      if (oldest === undefined) continue;
      this.#size -= this.#sizes.get(oldest) ?? 0;
      this.#sizes.delete(oldest);
    }
    if (excess > 0) this.#requests = this.#requests.slice(excess);
  }
}

/** How long a value is as it is answered; a header is at most 16 KB, so this is cheap. */
function characters(value: unknown): number {
  return typeof value === "string" ? value.length : JSON.stringify(value).length;
}
