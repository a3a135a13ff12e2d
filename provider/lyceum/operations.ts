import type { operations, paths } from "./contract/types.generated";

/** One call of the API. */
export interface Operation {
  readonly method: "GET" | "POST" | "DELETE";
  /** The path template in the contract, relative to the base URL. */
  readonly path: keyof paths;
  /** The time limit of one attempt in seconds. The time includes the connection and the whole answer. */
  readonly timeoutSeconds: number;
  /** Whether sending the request twice is harmless. Only a harmless request is retried. */
  readonly repeatable: boolean;
}

/** The time limit of a start in seconds. Starts have taken up to 120 s. */
const START_TIMEOUT_SECONDS = 150;
/** The default time limit in seconds of every call except a start. */
export const READ_SECONDS = 30;

const read = (path: keyof paths): Operation => repeated("GET", path);

const repeated = (method: Operation["method"], path: keyof paths): Operation => ({
  method,
  path,
  timeoutSeconds: READ_SECONDS,
  repeatable: true,
});

/** The calls that the provider uses, by `operationId`. A test compares method and path with the contract. */
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
  createStorageCredentials: repeated("POST", "/storage/credentials"),
} as const satisfies Partial<Record<keyof operations, Operation>>;

/** `operationId` of a call that the provider uses. */
export type OperationName = keyof typeof OPERATIONS;

/** The name of a call in documentation and messages, such as "GET /execution/{id}". */
export function nameOfOperation(operation: OperationName): string {
  const { method, path } = OPERATIONS[operation];
  return `${method} ${path.replace("{execution_id}", "{id}")}`;
}

/** The path of a call, with encoded parameters in place of the placeholders. */
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
 * Returns true if an id can be part of a path. A server would resolve `.` and `..` to another path, even if encoded.
 * Half of a surrogate pair cannot be encoded. A control character would affect the terminal that shows the id.
 */
export function isUsableExecutionId(executionId: string): boolean {
  if (executionId.trim() === "" || executionId === "." || executionId === "..") return false;
  return executionId.length <= 512 && !UNSHOWN.test(executionId);
}

const UNSHOWN = /[\p{Cc}\p{Surrogate}\p{Bidi_Control}]/u;
