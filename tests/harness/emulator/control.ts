/** One request that the emulator received. */
export interface ReceivedRequest {
  readonly index: number;
  /** Time in ISO 8601, by the emulator's clock. */
  readonly at: string;
  readonly operation: string | null;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The status of the answer. Null if no answer was sent. */
  readonly status: number | null;
  /** Id of the injected fault that replaced the answer. */
  readonly fault?: string;
}

/** One run in the emulator's records, with the fields that scenarios read. */
export interface LedgerRun {
  readonly executionId: string;
  readonly status: string;
  readonly returnCode?: number | null;
  readonly fileName?: string | null;
  readonly composeFileCode: string;
  /**
   * Every status that the run had, in order. The first status is `pending`. Times are in ISO 8601, by the emulator's
   * clock.
   */
  readonly timeline: readonly { readonly status: string; readonly at: string }[];
}

/** The number of requests that an injected fault has matched, and the number on which it had an effect. */
export interface FaultCount {
  readonly id: string;
  readonly fired: number;
  /** The number of requests that the fault holds now. */
  readonly holding: number;
}

/** A fault to inject. `docs/contributing/emulator.md` lists the kinds of faults. */
export interface Fault {
  /** The operation's id in the contract, or `*`. */
  readonly operation: string;
  /** The runs or requests that the fault matches. If absent, the fault matches all of them. */
  readonly match?: { readonly executionId?: string; readonly fileNamePrefix?: string };
  /** The number of matching requests that pass before the fault has an effect. */
  readonly after?: number;
  /**
   * The number of times that the fault has an effect. Default: once. A fault that changes how runs are shown always has
   * an effect by default.
   */
  readonly times?: number | "always";
  readonly fault: Readonly<Record<string, unknown>> & { readonly kind: string };
}

/** The emulator's control endpoint. */
export class Control {
  constructor(
    private readonly base: string,
    private readonly apiKey: string,
  ) {}

  requests(): Promise<readonly ReceivedRequest[]> {
    return this.get("requests?credentials=shown");
  }

  executions(): Promise<readonly LedgerRun[]> {
    return this.get("executions?credentials=shown");
  }

  breaches(): Promise<readonly unknown[]> {
    return this.get("breaches");
  }

  /** Injects a fault. @returns its id */
  async fault(fault: Fault): Promise<string> {
    const { id } = (await (await this.post("faults", fault)).json()) as { readonly id: string };
    return id;
  }

  faults(): Promise<readonly FaultCount[]> {
    return this.get("faults");
  }

  /** Releases the requests that a fault of the kind `hold` holds, now and later. */
  async release(fault: string): Promise<void> {
    await this.post(`faults/${fault}/release`, {});
  }

  /** Removes a fault, and releases the requests that it holds. */
  async remove(fault: string): Promise<void> {
    await this.call(`faults/${fault}`, { method: "DELETE" });
  }

  async clearFaults(): Promise<void> {
    await this.call("faults", { method: "DELETE" });
  }

  /** Ends a simulated run now. */
  async end(executionId: string, end: { readonly status: string; readonly returnCode: number | null }): Promise<void> {
    await this.post(`executions/${executionId}/end`, end);
  }

  private async get<T>(path: string): Promise<readonly T[]> {
    const answer: unknown = await (await this.call(path, {})).json();
    if (!Array.isArray(answer))
      throw new Error(`/_emulator/${path} answered no list: ${JSON.stringify(answer).slice(0, 200)}`);
    return answer as readonly T[];
  }

  private post(path: string, body: unknown): Promise<Response> {
    const headers = { "content-type": "application/json" };
    return this.call(path, { method: "POST", body: JSON.stringify(body), headers });
  }

  private async call(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...init.headers, authorization: `Bearer ${this.apiKey}` };
    const response = await fetch(`${this.base}/${path}`, { ...init, headers });
    if (!response.ok)
      throw new Error(`${init.method ?? "GET"} /_emulator/${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}
