import type { operations, paths } from "./contract/types.generated";

/** One call of the contract as it is sent. */
export interface Operation {
  readonly method: "GET" | "POST" | "DELETE";
  /** Path template of the contract, under the base URL. */
  readonly path: keyof paths;
  /** Bound of one attempt in seconds, from the call to the last byte of the answer. */
  readonly timeoutSeconds: number;
  /** Whether sending it twice does no harm; only then may it be retried. */
  readonly repeatable: boolean;
}

/** A start has been seen to take up to 120 s. */
const START_TIMEOUT_SECONDS = 150;
/** Every read, of whoever waits for it, has so long for one answer. */
export const READ_SECONDS = 30;

const read = (path: keyof paths): Operation => repeated("GET", path);

const repeated = (method: Operation["method"], path: keyof paths): Operation => ({
  method,
  path,
  timeoutSeconds: READ_SECONDS,
  repeatable: true,
});

/** The calls in use, by `operationId`. A test holds method and path to the contract. */
export const OPERATIONS = {
  startComposeExecution: {
    method: "POST",
    path: "/execution/compose/start",
    timeoutSeconds: START_TIMEOUT_SECONDS,
    repeatable: false,
  },
  abortWorkload: repeated("POST", "/workloads/abort/{execution_id}"),
  deleteExecutionRecord: repeated("DELETE", "/execution/{execution_id}"),
  getExecution: read("/execution/{execution_id}"),
  getStreamingStatus: read("/execution/streaming/{execution_id}/status"),
  getExecutionTiming: read("/execution/{execution_id}/timing"),
  getExecutionMetrics: read("/execution/{execution_id}/metrics"),
  listWorkloads: read("/workloads/list"),
  getBillingHistory: read("/billing/history"),
  getExecutionLogs: read("/logs/execution/{execution_id}"),
  listMachineTypes: read("/machine-types"),
  getAvailableHardware: read("/user/quotas/available-hardware"),
  getUserStatus: read("/user/status"),
} as const satisfies Partial<Record<keyof operations, Operation>>;

/** `operationId` of a call in use. */
export type OperationName = keyof typeof OPERATIONS;

/** "GET /execution/{id}", as documentation and messages name a call. */
export function nameOfOperation(operation: OperationName): string {
  const { method, path } = OPERATIONS[operation];
  return `${method} ${path.replace("{execution_id}", "{id}")}`;
}

/** Path of a call, its parameters filled in and encoded. */
export function pathOf(
  operation: OperationName,
  executionId?: string,
  query: Readonly<Record<string, number | string>> = {},
): string {
  const path = OPERATIONS[operation].path.replace("{execution_id}", encodeURIComponent(executionId ?? ""));
  const parameters = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return parameters.length === 0 ? path : `${path}?${parameters.join("&")}`;
}

/**
 * Whether an id can stand in a path. `.` and `..` cannot, in whatever encoding: a server would resolve them to
 * another route. Half of a surrogate pair cannot be encoded at all, and a control character acts on the terminal that shows it.
 */
export function isUsableExecutionId(executionId: string): boolean {
  if (executionId.trim() === "" || executionId === "." || executionId === "..") return false;
  return executionId.length <= 512 && !UNSHOWN.test(executionId);
}

const UNSHOWN = /[\p{Cc}\p{Surrogate}\p{Bidi_Control}]/u;
