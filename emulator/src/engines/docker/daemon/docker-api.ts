import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

/** The error that the daemon reports in an answer. */
export class DaemonError extends Error {
  constructor(
    message: string,
    readonly statusCode: number,
  ) {
    super(message);
  }
}

/** The time limit of {@link DockerApi.call} in milliseconds. */
const CALL_LIMIT = 30_000;

/** The parameters and the abort signal of a request to the Docker daemon. */
export interface DockerCall {
  /** The query parameters of the request. Objects are sent as JSON, and undefined values are left out. */
  readonly query?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal | undefined;
}

/** The HTTP API of the Docker daemon at a unix socket. A path without a version means the daemon's newest version. */
export class DockerApi {
  constructor(private readonly socketPath: string) {}

  /** Makes a call and returns the value in its answer. Undefined if the answer has no body. */
  async call<T>(method: string, path: string, query: DockerCall["query"] = {}): Promise<T> {
    return this.patient(method, path, query, AbortSignal.timeout(CALL_LIMIT));
  }

  /** Makes a call as `call` does, but without a time limit. */
  async patient<T>(method: string, path: string, query = {}, signal?: AbortSignal): Promise<T> {
    const answer = await text(await this.stream(method, path, { query, signal }));
    return (answer === "" ? undefined : JSON.parse(answer)) as T;
  }

  /** Makes a call and returns its answer as a stream. @throws {DaemonError} */
  stream(method: string, path: string, { query = {}, signal }: DockerCall = {}): Promise<IncomingMessage> {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) search.set(key, typeof value === "object" ? JSON.stringify(value) : String(value));
    }
    const options = {
      socketPath: this.socketPath,
      // Each call has its own connection. The daemon could close a shared connection at the moment at which the next
      // call is sent, and this call would fail.
      agent: false,
      method,
      path: search.size === 0 ? path : `${path}?${search}`,
      signal,
    };
    return new Promise((resolve, reject) => {
      const call = request(options, (response) => {
        const status = response.statusCode ?? 0;
        if (status >= 200 && status < 300) return resolve(response);
        text(response).then((answer) => reject(new DaemonError(messageOf(answer), status)), reject);
      });
      call.on("error", reject);
      call.end();
    });
  }
}

function messageOf(answer: string): string {
  try {
    return String((JSON.parse(answer) as { message?: unknown }).message);
  } catch {
    return answer;
  }
}
