import type { Dispatcher } from "undici";
import type { createModelService, ModelRun } from "../../../lifecycle/testing/model-service";
import type { Clock } from "../../../lifecycle/watch/ports";
import { GUARANTEES, type OptionalCall } from "../../../lyceum/capability";
import { createLyceumClient } from "../../../lyceum/client";
import { OPERATIONS, type OperationName } from "../../../lyceum/operations";
import type { ExecutionRecord, ExecutionSummary, LyceumPort, StartRequest } from "../../../lyceum/port";

/** An answer of the service before the service sends it. `body` is a JSON text, or any text from a deviation. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
  /** The target of a redirect. */
  readonly location?: string;
}

/**
 * A function that changes the service's answers to an operation, with options. If `refuses` is true, the service does
 * not carry out the operation.
 */
export interface Deviation {
  (answer: HttpAnswer): HttpAnswer;
  readonly refuses?: boolean;
  /** Seconds until the service answers. */
  readonly answersAfter?: number;
  /** Seconds until the call takes effect, even if the caller no longer waits. */
  readonly worksAfter?: number;
  /** Whether the service closes the connection instead of answering. */
  readonly cuts?: boolean;
}

type DeviatingCall = OptionalCall | OperationName;

/**
 * Makes an HTTP service for the real client, without a socket. It has the routes, JSON and status codes of the API. The
 * answers come from the model service, and deviations may change them.
 */
export function createHttpService(service: ReturnType<typeof createModelService>, clock: Clock) {
  const deviations = new Map<OperationName, Deviation>();
  const requests: string[] = [];
  let secondsPerAnswer = 0;

  async function answer(
    operation: OperationName,
    id: string,
    query: URLSearchParams,
    body: string,
  ): Promise<HttpAnswer> {
    const port = service.client;
    switch (operation) {
      case "startComposeExecution": {
        const outcome = await port.start(JSON.parse(body) as StartRequest);
        if (outcome.kind !== "started") return json(500, { detail: "not started" });
        const { executionId, status, streamingUrl } = outcome;
        return json(200, { execution_id: executionId, status, streaming_url: streamingUrl });
      }
      case "getExecution":
        return found(await port.record(id), (record) => recordBody(record, service.runs));
      case "getStreamingStatus":
        return found(await port.olderStatus(id), (value) => value);
      case "abortWorkload":
        return found(await port.abort(id), (value) => ({ execution_id: id, ...value }));
      case "deleteExecutionRecord":
        return found(await port.deleteRecord(id), () => ({}));
      case "listWorkloads":
        return json(200, (await port.listActive()).executions.map(summaryBody));
      case "getBillingHistory": {
        const [limit, offset] = [Number(query.get("limit")), Number(query.get("offset"))];
        const page = await port.history({ limit, offset });
        return json(200, { executions: page.executions.map(summaryBody), total_executions: page.total, limit, offset });
      }
      case "getExecutionLogs": {
        const lines = await port.logsTail(id, 1000);
        return json(200, { logs: lines.map(({ message }) => ({ message })), total: lines.length });
      }
      case "listMachineTypes":
        return json(200, { machine_types: service.behaviour.machines.map((name) => ({ hardware_profile: name })) });
      case "getAvailableHardware":
        return json(200, { available_hardware_profiles: service.behaviour.machines });
      default:
        return json(200, {});
    }
  }

  const dispatcher = {
    dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
      const { operation, id, query } = route(options.method, options.path);
      requests.push([operation, id].filter((part) => part !== "").join(" "));
      const controller = { abort: () => undefined } as unknown as Dispatcher.DispatchController;
      handler.onRequestStart?.(controller, {});
      const deviation = deviations.get(operation);
      const work = async (): Promise<HttpAnswer> => {
        if (deviation?.refuses === true) return json(200, {});
        if (deviation?.worksAfter !== undefined) await clock.sleep(deviation.worksAfter);
        return answer(operation, id, query, String(options.body ?? ""));
      };
      const answered = async (): Promise<HttpAnswer> => {
        const { answersAfter = 0, worksAfter = 0 } = deviation ?? {};
        const worked = work();
        const late = secondsPerAnswer + answersAfter;
        if (late > 0) await clock.sleep(late);
        // If the call has its effect only after the answer, the answer is empty, because it cannot show the effect.
        const contractual = worksAfter > answersAfter ? json(200, {}) : await worked;
        return deviation?.(contractual) ?? contractual;
      };
      void answered().then(({ status, body, location }) => {
        if (deviation?.cuts === true) return handler.onResponseError?.(controller, new Error("other side closed"));
        const headers = { "content-type": "application/json", ...(location === undefined ? {} : { location }) };
        handler.onResponseStart?.(controller, status, headers, "");
        handler.onResponseData?.(controller, Buffer.from(body));
        handler.onResponseEnd?.(controller, {});
      });
      return true;
    },
    close: async () => undefined,
  } as unknown as Dispatcher;

  /** Makes the real client of this service, in virtual time. */
  function client(): LyceumPort {
    const source = { kind: "environment", name: "LYCEUM_API_KEY" } as const;
    return createLyceumClient(
      {
        token: "lk_model",
        baseUrl: "https://model.example/api/v2/external",
        sources: { token: source, baseUrl: source },
      },
      {
        dispatcher,
        environment: {},
        now: clock.now,
        random: () => 0,
        sleep: (seconds, signal) => clock.sleep(seconds, signal),
        timer: (seconds, callback) => {
          const off = new AbortController();
          void clock.sleep(seconds, off.signal).then(() => {
            if (!off.signal.aborted) callback();
          });
          return () => off.abort();
        },
        userAgent: "model",
      },
    );
  }

  return {
    client,
    requests,
    /** Delays every answer from now on by some seconds. */
    slowDown(seconds: number): void {
      secondsPerAnswer = seconds;
    },
    /** Sets a deviation for one or several calls from now on. `undefined` ends the deviation. */
    deviate(calls: DeviatingCall | readonly DeviatingCall[], deviation: Deviation | undefined): void {
      for (const call of [calls].flat()) {
        const operation = call in OPERATIONS ? (call as OperationName) : GUARANTEES[call as OptionalCall].operation;
        if (deviation === undefined) deviations.delete(operation);
        else deviations.set(operation, deviation);
      }
    },
  };
}

const json = (status: number, value: unknown): HttpAnswer => ({ status, body: JSON.stringify(value) });

function found<T>(
  lookup: { readonly kind: "found"; readonly value: T } | { readonly kind: "missing" },
  render: (value: T) => unknown,
): HttpAnswer {
  return lookup.kind === "found" ? json(200, render(lookup.value)) : json(404, { detail: "Execution not found" });
}

function route(method: string, path: string): { operation: OperationName; id: string; query: URLSearchParams } {
  const url = new URL(path, "https://model.example");
  const shown = url.pathname.replace("/api/v2/external", "");
  for (const [name, operation] of Object.entries(OPERATIONS)) {
    const pattern = new RegExp(`^${operation.path.replace("{execution_id}", "([^/]+)")}$`);
    const match = operation.method === method ? pattern.exec(shown) : null;
    if (match === null) continue;
    return { operation: name as OperationName, id: decodeURIComponent(match[1] ?? ""), query: url.searchParams };
  }
  throw new Error(`no such route: ${method} ${shown}`);
}

function summaryBody(run: ExecutionSummary): object {
  return {
    execution_id: run.executionId,
    status: run.status,
    file_name: run.fileName,
    created_at: run.createdAt,
    end_time: run.endedAt,
  };
}

function recordBody(record: ExecutionRecord, runs: readonly ModelRun[]): object {
  const createdAt = runs.find(({ executionId }) => executionId === record.executionId)?.createdAt;
  return {
    created_at: createdAt === undefined ? undefined : new Date(createdAt).toISOString(),
    execution_id: record.executionId,
    status: record.status,
    return_code: record.returnCode,
    end_time: record.endedAt,
    errors: record.errors,
  };
}
