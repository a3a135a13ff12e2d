import type { Call, Caller } from "../../http/caller";
import { answerError, type CallContext, failureError, unreadableError } from "../../http/failures";
import type { OperationName } from "../../operations";
import { type ProbePlan, type Walked, walk } from "../walk";

/** An answer of the service; `undefined` in place of one is a broken connection. */
export interface ServiceAnswer {
  readonly status: number;
  readonly json: unknown;
}

/** Changes the answer of one call; the run is as it was when the call was made. */
export type Deviation = (answer: ServiceAnswer, call: Call<unknown>, ended: boolean) => ServiceAnswer | undefined;

/** Deviations by call. */
export type Deviations = Partial<Record<OperationName, Deviation>>;

const BEGUN = Date.parse("2030-01-01T00:00:00Z");
const RUN = "run-1";

/** A service as the contract has it, in virtual time, with one run. */
export class FakeService {
  now = BEGUN;
  readonly stop = new AbortController();
  readonly received: OperationName[] = [];
  #run:
    | { readonly startedAt: number; readonly fileName: unknown; readonly seconds: number; abortedAt?: number }
    | undefined;

  constructor(private readonly deviations: Deviations = {}) {}

  /** Walks through it. */
  walk(plan: Partial<ProbePlan> = {}): Promise<Walked> {
    return walk(
      {
        call: this.call,
        redact: (text) => text,
        now: () => this.now,
        sleep: async (seconds) => {
          this.now += seconds * 1000;
        },
        unknownId: "unknown-1",
        signal: this.stop.signal,
        progress: () => undefined,
      },
      { image: "busybox", machine: "cpu", endsBy: "abort", fileName: "probe-1", ...plan },
    );
  }

  /** Whether a run goes on. */
  get isActive(): boolean {
    return this.#run !== undefined && !this.#ended();
  }

  readonly call: Caller = async <T>(request: Call<T>) => {
    this.received.push(request.operation);
    const before = this.#ended();
    const own = this.#answer(request);
    const deviation = this.deviations[request.operation];
    const answer = deviation === undefined ? own : deviation(own, request, before);
    const context: CallContext = {
      operation: request.operation,
      baseUrl: "https://lyceum.example",
      tokenSource: "LYCEUM_API_KEY",
      redact: (text) => text,
      attempts: 1,
    };
    if (answer === undefined) {
      const failure = { failure: "broken", sent: true } as const;
      return { kind: "failure", ...failure, error: failureError(context, failure, 1) };
    }
    const body = JSON.stringify(answer.json) ?? "";
    if (answer.status >= 300) {
      const failed = { status: answer.status, body };
      return { kind: "answer", answer: failed, error: answerError(context, failed) };
    }
    const value = request.parse(answer.json);
    if (value !== undefined) return { kind: "value", value };
    return { kind: "unreadable", error: unreadableError(context, answer.status, body) };
  };

  #answer({ operation, executionId, query, body }: Call<unknown>): ServiceAnswer {
    const ok = (json: unknown): ServiceAnswer => ({ status: 200, json });
    const unknown = { status: 404, json: { detail: "not found" } };
    const all = [this.#entry(), { ...this.#entry(), execution_id: "run-0", created_at: "2029-12-31T00:00:00Z" }];
    switch (operation) {
      case "getUserStatus":
        return ok({ credits: 1 });
      case "listMachineTypes":
        return ok({ machine_types: [{ hardware_profile: "cpu" }] });
      case "getAvailableHardware":
        return ok({ available_hardware_profiles: ["cpu"] });
      case "startComposeExecution": {
        const failure = { loc: ["body", "compose_file_code"], msg: "Field required", type: "missing" };
        const text = body?.compose_file_code;
        if (typeof text !== "string") return { status: 422, json: { detail: [failure] } };
        this.#run = { startedAt: this.now, fileName: body?.file_name, seconds: Number(/sleep (\d+)/.exec(text)?.[1]) };
        return ok({ execution_id: RUN, status: "pending", streaming_url: "https://lyceum.example/stream" });
      }
      case "listWorkloads":
        return ok(this.isActive ? [this.#entry()] : []);
      case "getBillingHistory": {
        const from = Number(query?.offset ?? 0);
        return ok({ executions: all.slice(from, from + Number(query?.limit ?? 50)), total_executions: all.length });
      }
      default:
        return executionId === RUN ? this.#ofRun(operation, ok, unknown) : unknown;
    }
  }

  #ofRun(operation: OperationName, ok: (json: unknown) => ServiceAnswer, unknown: ServiceAnswer): ServiceAnswer {
    switch (operation) {
      case "getExecution":
      case "getStreamingStatus":
        return ok(this.#entry());
      case "abortWorkload":
        if (this.#run === undefined || this.#ended()) return unknown;
        this.#run.abortedAt ??= this.now;
        return ok({ status: "cancelling" });
      case "getExecutionLogs":
        return ok({ logs: [{ message: "a line" }], total: 1 });
      default:
        return ok({});
    }
  }

  #endsAt(): number {
    const run = this.#run;
    if (run === undefined) return Number.POSITIVE_INFINITY;
    return run.abortedAt === undefined ? run.startedAt + 1000 + run.seconds * 1000 : run.abortedAt + 1000;
  }

  #ended(): boolean {
    return this.now >= this.#endsAt();
  }

  #entry() {
    const run = this.#run;
    const isAborted = run?.abortedAt !== undefined;
    const running = this.now - (run?.startedAt ?? 0) >= 1000 ? "running" : "starting";
    const ended = this.#ended();
    return {
      execution_id: RUN,
      file_name: run?.fileName,
      status: ended ? (isAborted ? "aborted" : "completed") : isAborted ? "cancelling" : running,
      created_at: new Date(run?.startedAt ?? 0).toISOString(),
      end_time: ended ? new Date(this.#endsAt()).toISOString() : null,
      return_code: ended ? (isAborted ? 143 : 0) : null,
    };
  }
}
