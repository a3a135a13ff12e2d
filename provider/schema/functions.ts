import { listOf, mapOf, mapOfLists, OBJECTS, objectOf, type ValuesOf } from "./objects";
import { OUTPUTS } from "./outputs";
import type { ValueRow } from "./rows";
import { API_LIMITS, type CheckFailure, MOST_LISTED } from "./rules";
import { anyValue, count, flag, integer, moment, number, oneOf, runId, sampleStep, text } from "./value-types";

/** A function that a program calls. */
export interface FunctionRow {
  readonly doc: string;
  readonly inputs: Readonly<Record<string, ValueRow>>;
  readonly outputs: Readonly<Record<string, ValueRow>>;
  /** A call must give exactly one of these arguments. */
  readonly exactlyOne?: readonly string[];
  /** If `argument` is true, the outputs in `outputs` are secret. */
  readonly secretWith?: { readonly argument: string; readonly outputs: readonly string[] };
  /** The arguments of an example call, as the properties of a TypeScript object. */
  readonly example: string;
  /** An example: a TypeScript statement that uses the result. */
  readonly resultExample: string;
}

const { executionId, returnCode } = OUTPUTS;
const { status, createdAt, startedAt, endedAt, hardwareProfile, fileName } = OBJECTS.ExecutionSummary.fields;
const ID = { type: runId, required: true, apiField: executionId.apiField, doc: executionId.doc } as const;
const EXAMPLE_ID = 'executionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90"';
const seconds = (apiField: string, doc: string) => ({ type: number, apiField, doc: `Seconds ${doc}.` }) as const;

/** Every function of the package, for both hosts. No function changes anything at Lyceum. */
export const FUNCTIONS = {
  getExecution: {
    doc: "Reads one run by its id. A run that Lyceum does not know is an error (LYC3009).",
    inputs: { executionId: ID },
    outputs: {
      executionId: ID,
      status,
      returnCode: { type: integer, apiField: returnCode.apiField, doc: returnCode.doc },
      createdAt,
      startedAt,
      endedAt,
      hardwareProfile,
      fileName,
    },
    example: EXAMPLE_ID,
    resultExample:
      'const succeeded = (run: lyceum.GetExecutionResult) => run.status === "completed" && (run.returnCode ?? 0) === 0;',
  },
  listExecutions: {
    doc: "Lists the active runs of the account, or all runs, in the order in which Lyceum returns them. Runs of other stacks and programs are included.",
    inputs: {
      state: {
        type: oneOf("active", "all"),
        shape: { type: "string" },
        whenAbsent: "active",
        doc: "`active` lists runs that have not ended. `all` also lists runs in Lyceum's history.",
      },
      status: { type: text, doc: "Only runs with this status, in upper or lower case." },
      fileName: { type: text, doc: "Only runs whose label contains this text." },
      since: {
        type: moment,
        doc: "Only runs that were created at this time or later. A run without a time of creation is listed too.",
      },
      limit: { type: count(1, MOST_LISTED, "runs"), whenAbsent: 100, doc: "How many at most." },
    },
    outputs: {
      executions: { type: listOf("ExecutionSummary"), required: true, doc: "The runs." },
      complete: {
        type: flag,
        required: true,
        doc: `Whether the list has every run that matches. The function reads only the newest ${MOST_LISTED} runs of the history.`,
      },
    },
    example: 'state: "all", since: "2026-03-01T00:00:00Z"',
    resultExample:
      "const ids = (found: lyceum.ListExecutionsResult) => found.executions.map((run) => run.executionId);",
  },
  getExecutionLogs: {
    doc: "Reads the last lines that a run has written. Lyceum keeps the log for a week. If Lyceum returns no log, the lines come from the record of the run. As an output, the result is secret, because a run may print a password.",
    inputs: {
      executionId: ID,
      tail: { type: count(1, API_LIMITS.logLines, "lines"), whenAbsent: 1000, doc: "How many lines at most." },
      since: {
        type: moment,
        doc: "Only lines that were written at this time or later. A line without a time is returned too.",
      },
      service: { type: text, doc: "Only lines of this service, if the log names services." },
    },
    outputs: {
      lines: { type: listOf("LogLine"), required: true, secret: true, doc: "The lines, oldest first." },
      text: { type: text, required: true, secret: true, doc: "The messages as one text, each with a line break." },
    },
    example: `${EXAMPLE_ID}, tail: 20`,
    resultExample:
      'const last = (logs: lyceum.GetExecutionLogsResult) => logs.lines[logs.lines.length - 1]?.message ?? "";',
  },
  getExecutionTiming: {
    doc: "Reads how long each phase of a run took.",
    inputs: { executionId: ID },
    outputs: {
      queued: seconds("timing.queued", "in the queue"),
      launchingContainer: seconds("timing.launchingContainer", "in which the containers were started"),
      executingJob: seconds("timing.executingJob", "in which the containers ran"),
      shuttingDown: seconds("timing.shuttingDown", "from the abort to the end"),
      total: seconds("timing.total", "in all"),
      phases: {
        type: mapOf("ExecutionPhase"),
        required: true,
        apiField: "timing.phases",
        doc: "Each phase by its name.",
      },
    },
    example: EXAMPLE_ID,
    resultExample: "const waited = (timing: lyceum.GetExecutionTimingResult) => timing.queued ?? 0;",
  },
  getExecutionMetrics: {
    doc: "Reads what Lyceum measured during a run, such as `gpuUtilizationPercent` and `systemRamUsedBytes`.",
    inputs: {
      executionId: ID,
      start: { type: moment, apiField: "start", doc: "Time of the first sample. Without it, the start of the run." },
      end: { type: moment, apiField: "end", doc: "Time of the last sample. Without it, the end of the run." },
      step: { type: sampleStep, whenAbsent: "15s", apiField: "step", doc: "The time between two samples." },
    },
    outputs: {
      hostname: { type: text, apiField: "hostname", doc: "Name of the host that was measured." },
      start: { type: text, apiField: "timeRange.start", doc: "The start of the measured time, ISO 8601." },
      end: { type: text, apiField: "timeRange.end", doc: "The end of the measured time, ISO 8601." },
      series: {
        type: mapOfLists("MetricSample"),
        required: true,
        doc: "The samples of each series, oldest first, by the series' API name.",
      },
    },
    example: `${EXAMPLE_ID}, step: "1m"`,
    resultExample:
      "const peak = (metrics: lyceum.GetExecutionMetricsResult) => Math.max(0, ...(metrics.series.gpuUtilizationPercent ?? []).map((sample) => sample.value ?? 0));",
  },
  getStoredFile: {
    doc: "Reads a small file of the account's bucket, such as the metrics that a run has left: text in UTF-8 of at most 1 MB. A missing file is an error (LYC6006).",
    inputs: {
      key: { type: text, doc: "The path of the file in the bucket. A call gives either `key` or `artifact`." },
      artifact: {
        type: objectOf("Artifact", ["key", "etag"]),
        doc: "An artifact of a run, such as `metrics` of its output `artifacts`. If the file no longer has the content that the run left, this is an error (LYC6022).",
      },
      secret: { type: flag, doc: "Whether the content is secret, if the result is an output." },
    },
    outputs: {
      ...OBJECTS.Artifact.fields,
      text: { type: text, required: true, doc: "The content as text." },
      json: { type: anyValue, doc: "The content as a value, if it is JSON." },
    },
    exactlyOne: ["key", "artifact"],
    secretWith: { argument: "secret", outputs: ["text", "json"] },
    example: 'key: "out/metrics.json"',
    resultExample: 'const lines = (file: lyceum.GetStoredFileResult) => file.text.split("\\n").length;',
  },
  getMachineTypes: {
    doc: "Lists the machines of the account with their prices: the values of `executionType`.",
    inputs: {},
    outputs: {
      machineTypes: { type: listOf("MachineType"), required: true, apiField: "machine_types", doc: "The machines." },
    },
    example: "",
    resultExample:
      "const names = (machines: lyceum.GetMachineTypesResult) => machines.machineTypes.map((machine) => machine.hardwareProfile);",
  },
  getAccount: {
    doc: "Reads the account of the API key. A refused API key is an error (LYC1101). Each value may be absent.",
    inputs: {},
    outputs: {
      userId: { type: text, apiField: "user_id", doc: "Id of the user." },
      email: { type: text, apiField: "email", doc: "Address of the user." },
      orgId: { type: text, apiField: "org_id", doc: "Id of the organization that the key belongs to." },
      isActive: { type: flag, apiField: "is_active", doc: "Whether the account may start runs." },
      credits: { type: number, apiField: "credits", doc: "What is left of the credits, in the account's currency." },
    },
    example: "",
    resultExample: "const canPay = (account: lyceum.GetAccountResult) => (account.credits ?? 1) > 0;",
  },
} as const satisfies Readonly<Record<string, FunctionRow>>;

/** The name of a function in {@link FUNCTIONS}. */
export type FunctionName = keyof typeof FUNCTIONS;

/** The arguments of a function. */
export type FunctionArguments<Name extends FunctionName> = ValuesOf<(typeof FUNCTIONS)[Name]["inputs"]>;

/** The result of a function. */
export type FunctionResult<Name extends FunctionName> = ValuesOf<(typeof FUNCTIONS)[Name]["outputs"]>;

/** The names of all functions, in the order of the reference. */
export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as readonly FunctionName[];

/** Returns the table row of a function. */
export function functionRow(name: FunctionName): FunctionRow {
  return FUNCTIONS[name];
}

/**
 * Returns the names of a function's secret outputs. Without `given`, returns only the outputs that are always secret.
 */
export function secretsOfFunction(
  name: FunctionName,
  given: Readonly<Record<string, unknown>> = {},
): readonly string[] {
  const { outputs, secretWith } = functionRow(name);
  const always = Object.entries(outputs).flatMap(([output, { secret }]) => (secret === true ? [output] : []));
  return secretWith !== undefined && given[secretWith.argument] === true ? [...always, ...secretWith.outputs] : always;
}

/** The arguments of a function, or all errors in the arguments. */
export type ReadArguments<Name extends FunctionName> =
  | { readonly kind: "arguments"; readonly values: FunctionArguments<Name> }
  | { readonly kind: "failures"; readonly failures: readonly CheckFailure[] };

/** Reads the arguments of a function from values of any form. `undefined` and `null` count as not given. */
export function readFunctionArguments<Name extends FunctionName>(
  name: Name,
  given: Readonly<Record<string, unknown>>,
): ReadArguments<Name> {
  const { inputs: rows, exactlyOne = [] } = functionRow(name);
  const values = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  const failures: CheckFailure[] = values.flatMap(([property, value]) => {
    const row = Object.hasOwn(rows, property) ? rows[property] : undefined;
    const reason = row === undefined ? `is not an argument of ${name}` : row.type.rule?.(value);
    return reason === undefined ? [] : [{ property, reason }];
  });
  for (const [property, row] of Object.entries(rows)) {
    const isGiven = values.some(([each]) => each === property);
    if (row.required === true && !isGiven) {
      failures.push({ property, reason: row.type.rule?.(undefined) ?? "must be given" });
    }
  }
  const [first = "", ...others] = exactlyOne;
  if (exactlyOne.length > 0 && values.filter(([each]) => exactlyOne.includes(each)).length !== 1)
    failures.push({ property: first, reason: `or ${others.join(" or ")} must be given, and not more than one` });
  if (failures.length > 0) return { kind: "failures", failures };
  return { kind: "arguments", values: Object.fromEntries(values) as FunctionArguments<Name> };
}
