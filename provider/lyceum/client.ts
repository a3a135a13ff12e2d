import type { Redactor, ShownNames } from "../secrets";
import { createRedactor } from "../secrets";
import { readLogsTail } from "./answers/logs";
import {
  parseAborted,
  parseAccount,
  parseMachines,
  parseOlderStatus,
  parseRecord,
  parseStarted,
} from "./answers/parse";
import { mergeMachines, parseExecutionPage, withMachines } from "./answers/parse-list";
import { parseMetrics, parseTiming } from "./answers/parse-measurements";
import { parseStorageCredentials } from "./answers/parse-storage";
import { readBaseUrl } from "./configuration/base-url";
import type { Configuration } from "./configuration/configuration";
import { unusableBaseUrl } from "./configuration/configuration-errors";
import type { Call, Caller } from "./http/caller";
import { createCaller, DEFAULT_PORTS } from "./http/caller";
import type { ConnectionPorts } from "./http/connection";
import { openDispatcher } from "./http/connection";
import { executionIdError } from "./http/failures";
import type { OperationName } from "./operations";
import { isUsableExecutionId } from "./operations";
import type { AbortOptions, CallOptions, Lookup, LyceumPort, MachineType, StartOutcome, StartRequest } from "./port";
import { secretsOf } from "./port";
import { startOutcome } from "./start-outcome";

/** A client, and the connections that it opened. */
export interface LyceumClient extends LyceumPort {
  /** Closes the connections that the client opened. If the caller passed a dispatcher, the dispatcher stays open. */
  close(): Promise<void>;
}

const MACHINES_TIMEOUT_SECONDS = 5;

/**
 * Makes a client for one account. The client opens no connection until its first call. Throws `LYC1002` if the base URL
 * is not valid, `LYC1003` if plain http must not carry the token, and `LYC1011` if the proxy address is not valid.
 */
export function createLyceumClient(configuration: Configuration, ports: ConnectionPorts = {}): LyceumClient {
  const base = readBaseUrl(configuration.baseUrl, configuration.token);
  if (base.kind === "error") throw unusableBaseUrl(configuration.sources.baseUrl, base);
  const dispatcher = ports.dispatcher ?? openDispatcher(configuration.baseUrl, ports.environment);
  const secrets = new Set([configuration.token]);
  const shown: ShownNames[] = [];
  /** Secrets that the redactor does not know yet. */
  const added: { readonly more: () => readonly string[]; readonly names: ShownNames | undefined }[] = [];
  let known: Redactor | undefined;
  const redact: Redactor = (text) => {
    for (const { more, names } of added.splice(0)) searchFor(more(), names);
    known ??= createRedactor([...secrets], () => new Set(shown.flatMap((each) => [...each()])));
    return known(text);
  };
  let isSimulated = false;
  const onEmulator = (engine: string): void => {
    isSimulated = engine === "simulated";
  };
  const call = createCaller(configuration, { ...DEFAULT_PORTS, ...ports, dispatcher, onEmulator }, redact);

  function searchFor(more: readonly string[], names?: ShownNames): void {
    if (more.every((secret) => secrets.has(secret))) return;
    for (const secret of more) secrets.add(secret);
    if (names !== undefined) shown.push(names);
    known = undefined;
  }

  async function ask<T>(request: Call<T>): Promise<T> {
    const result = await call(request);
    if (result.kind === "value") return result.value;
    throw result.error;
  }

  /** Makes a call about one execution. Resolves with the answer. For a 404, resolves with the kind "missing". */
  async function lookUp<T>(
    operation: OperationName,
    executionId: string,
    parse: Call<T>["parse"],
    options: AbortOptions = {},
    query?: Readonly<Record<string, string>>,
  ): Promise<Lookup<T>> {
    if (!isUsableExecutionId(executionId)) throw executionIdError(operation);
    const { signal, sentOnce, timeoutSeconds } = options;
    const result = await call({ operation, executionId, query, parse, signal, sentOnce, timeoutSeconds });
    if (result.kind === "answer" && result.answer.status === 404) return { kind: "missing", error: result.error };
    if (result.kind !== "value") throw result.error;
    return { kind: "found", value: result.value };
  }

  const client: LyceumClient = {
    baseUrl: configuration.baseUrl,
    ...(configuration.organisation === undefined ? {} : { organisation: configuration.organisation }),
    keepOut: (more, names) => void added.push({ more, names }),
    isSimulated: () => isSimulated,

    async start(request: StartRequest, options: CallOptions = {}): Promise<StartOutcome> {
      searchFor(secretsOf(request));
      const outcome = startOutcome(
        await call({
          operation: "startComposeExecution",
          body: request,
          parse: parseStarted,
          signal: options.signal,
        }),
      );
      if (outcome.kind !== "refused" || outcome.error.code !== "LYC1105") return outcome;
      const machines = await client.machinesOfAccount(options);
      return { ...outcome, error: withMachines(outcome.error, machines, redact) };
    },
    record: (executionId, options) => lookUp("getExecution", executionId, (json) => parseRecord(json, redact), options),
    olderStatus: (executionId, options) =>
      lookUp("getStreamingStatus", executionId, (json) => parseOlderStatus(json, redact), options),
    deleteRecord: (executionId, options) => lookUp("deleteExecutionRecord", executionId, () => ({}), options),
    abort: (executionId, options) =>
      lookUp("abortWorkload", executionId, (json, text) => parseAborted(json, redact, text), options),
    listActive: ({ signal } = {}) => ask({ operation: "listWorkloads", parse: parseExecutionPage, signal }),
    history: ({ limit, offset }, { signal } = {}) =>
      ask({ operation: "getBillingHistory", query: { limit, offset }, parse: parseExecutionPage, signal }),
    async logsTail(executionId, lines, options = {}) {
      if (!isUsableExecutionId(executionId)) throw executionIdError("getExecutionLogs");
      return readLogsTail({ call, redact, record: client.record }, executionId, lines, options);
    },
    timing: (executionId, options) => lookUp("getExecutionTiming", executionId, parseTiming, options),
    metrics: (executionId, query, options) =>
      lookUp("getExecutionMetrics", executionId, parseMetrics, options, { ...query }),
    machineTypes: ({ signal } = {}) => ask({ operation: "listMachineTypes", parse: parseMachines, signal }),
    machinesOfAccount: ({ signal } = {}) => machinesOfAccount(call, signal),
    userStatus: ({ signal } = {}) => ask({ operation: "getUserStatus", parse: parseAccount, signal }),
    async storageCredentials({ signal } = {}) {
      const parse = (body: unknown) => parseStorageCredentials(body, configuration.token);
      const credentials = await ask({ operation: "createStorageCredentials", parse, signal });
      searchFor([credentials.secretKey, credentials.sessionToken, credentials.accessKey]);
      return credentials;
    },
    async close() {
      if (ports.dispatcher === undefined) await dispatcher.close();
    },
  };
  return client;
}

/**
 * Makes the two calls that list machines, with one short attempt each. The list of machines is only part of an error
 * message, so it must not delay the error.
 */
async function machinesOfAccount(call: Caller, signal: AbortSignal | undefined): Promise<readonly MachineType[]> {
  const bounds = { parse: parseMachines, attempts: 1, timeoutSeconds: MACHINES_TIMEOUT_SECONDS, signal };
  const [available, priced] = await Promise.all([
    call({ operation: "getAvailableHardware", ...bounds }),
    call({ operation: "listMachineTypes", ...bounds }),
  ]);
  return mergeMachines(
    available.kind === "value" ? available.value : undefined,
    priced.kind === "value" ? priced.value : undefined,
  );
}
