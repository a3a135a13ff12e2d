import { withArgumentCode } from "../lifecycle/run/error-catalogue";
import { lifecycleErrors } from "../lifecycle/run/errors";
import { lookUpRun, notElsewhere } from "../lifecycle/run/target";
import { unlessCancelled } from "../lifecycle/watch/deadline";
import { timeOfLine } from "../lyceum/answers/parse-logs";
import { asWord } from "../lyceum/answers/run-fields";
import { asNumber, compact, field, firstOf } from "../lyceum/json";
import type { LyceumPort } from "../lyceum/port";
import {
  API_LIMITS,
  type CheckFailure,
  FUNCTIONS,
  type FunctionName,
  type FunctionResult,
  failureAt,
  outputTextFailure,
  readFunctionArguments,
  withoutOutputTexts,
} from "../schema";
import type { Bucket } from "../storage";
import { listExecutions, type Query } from "./list-executions";
import { getStoredFile } from "./stored-file";

/** Reads the facts that Lyceum reports about a run, without the run's output and errors. */
export const getExecution: Query<"getExecution"> = async (client, { executionId }) => {
  const found = await lookUpRun(client, executionId, () => client.record(executionId));
  const { output: _output, errors: _errors, ...record } = found;
  return { ...record, executionId };
};

/** Reads how long each phase of a run took. */
const getExecutionTiming: Query<"getExecutionTiming"> = (client, { executionId }, signal) =>
  lookUpRun(client, executionId, () => client.timing(executionId, { signal }));

const getExecutionMetrics: Query<"getExecutionMetrics"> = (client, { executionId, ...query }, signal) =>
  lookUpRun(client, executionId, () => client.metrics(executionId, query, { signal }));

const DEFAULT_TAIL = FUNCTIONS.getExecutionLogs.inputs.tail.whenAbsent;

/**
 * Reads the last lines of a run's output. If a service is requested and the log names Compose services, returns only
 * the lines of the requested service.
 */
const getExecutionLogs: Query<"getExecutionLogs"> = async (client, given, signal) => {
  const { executionId, tail = DEFAULT_TAIL, since, service } = given;
  notElsewhere(executionId, client);
  const lines = await client.logsTail(executionId, service === undefined ? tail : API_LIMITS.logLines, { signal });
  const namesServices = lines.some((line) => line.service !== undefined);
  const own = service !== undefined && namesServices ? lines.filter((line) => line.service === service) : lines;
  const from = Date.parse(since ?? "");
  const recent = own.slice(-tail).filter((line) => !((timeOfLine(line) ?? Number.POSITIVE_INFINITY) < from));
  return { lines: recent, text: recent.map(({ message }) => `${message}\n`).join("") };
};

/** Reads the machine types that the account can use. */
export const getMachineTypes: Query<"getMachineTypes"> = async (client, _given, signal) => ({
  machineTypes: await client.machineTypes({ signal }),
});

/** Reads the account of the API key. Leaves out unknown fields of the answer. */
export const getAccount: Query<"getAccount"> = async (client, _given, signal) => {
  const answer = await client.userStatus({ signal });
  const account = field(answer, "data") ?? answer;
  const word = (...keys: readonly string[]) => firstOf(account, keys, asWord);
  const isActive = field(account, "is_active") ?? field(account, "isActive");
  return compact<FunctionResult<"getAccount">>({
    userId: word("user_id", "userId", "id"),
    email: word("email"),
    orgId: word("org_id", "orgId"),
    isActive: typeof isActive === "boolean" ? isActive : undefined,
    credits: firstOf(account, ["credits", "credit_balance"], asNumber),
  });
};

const QUERIES: { readonly [Name in FunctionName]: Query<Name> } = {
  getExecution,
  listExecutions,
  getExecutionLogs,
  getExecutionTiming,
  getExecutionMetrics,
  getMachineTypes,
  getAccount,
  getStoredFile,
};

/** The result of a function, or the errors in its arguments. */
export type Answer =
  | { readonly kind: "result"; readonly result: Readonly<Record<string, unknown>> }
  | { readonly kind: "failures"; readonly failures: readonly CheckFailure[] };

/**
 * Calls a function of the package, such as `getExecution`. Returns all errors of the arguments together, with their
 * code.
 *
 * @param client makes the client; called only if the arguments are valid, so that their errors are reported even
 * without an API key
 * @param signal cancels the call
 * @param bucket returns the bucket of the process, if the process keeps one
 */
export async function answerFunction(
  name: FunctionName,
  given: Readonly<Record<string, unknown>>,
  client: () => LyceumPort,
  signal?: AbortSignal,
  bucket?: () => Bucket,
): Promise<Answer> {
  const { found } = withoutOutputTexts(given, name, "");
  if (found.length > 0) return { kind: "failures", failures: found.map(outputTextFailure).map(withArgumentCode) };
  const read = readFunctionArguments(name, given);
  if (read.kind === "failures") {
    const failures = read.failures.map(({ property, reason }) => withArgumentCode(failureAt(property, `${reason}.`)));
    return { kind: "failures", failures };
  }
  const query = QUERIES[name] as Query<FunctionName>;
  const { executionId } = read.values as { readonly executionId?: string };
  const result = await unlessCancelled(
    signal,
    () => query(client(), read.values as never, signal, bucket),
    () => lifecycleErrors.cancelledRead(executionId),
  );
  return { kind: "result", result: { ...result } };
}
