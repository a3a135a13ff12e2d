import type { Redactor } from "../../secrets";
import {
  parseAborted,
  parseAccount,
  parseMachines,
  parseOlderStatus,
  parseRecord,
  parseStarted,
} from "../answers/parse";
import { parseExecutionPage } from "../answers/parse-list";
import { parseLogs } from "../answers/parse-logs";
import type { Call, Caller } from "../http/caller";
import type { Recorded } from "./answers";
import { recordAnswer } from "./answers";

/** A probe asks twice at most: a service that is down is no news, and a person waits. */
const ATTEMPTS = 2;
const LOG_QUERY = { limit: 100, hours: 1 };

/** The calls of a probe, each read as the client reads it. */
export function createQuestions(call: Caller, redact: Redactor, signal?: AbortSignal) {
  const ask = <T>(request: Call<T>): Promise<Recorded<T>> =>
    recordAnswer(call, { attempts: ATTEMPTS, signal, ...request });
  return {
    account: () => ask({ operation: "getUserStatus", parse: parseAccount }),
    machines: () => ask({ operation: "listMachineTypes", parse: parseMachines }),
    hardware: () => ask({ operation: "getAvailableHardware", parse: parseMachines }),
    list: () => ask({ operation: "listWorkloads", parse: parseExecutionPage }),
    history: (limit: number, offset: number) =>
      ask({ operation: "getBillingHistory", query: { limit, offset }, parse: parseExecutionPage }),
    // Not bound to the signal: a start that was sent has to be waited for, or its run would be left behind.
    start: (body: Readonly<Record<string, unknown>>) =>
      recordAnswer(call, { operation: "startComposeExecution", body, parse: parseStarted }),
    record: (executionId: string) =>
      ask({ operation: "getExecution", executionId, parse: (json) => parseRecord(json, redact) }),
    olderStatus: (executionId: string) =>
      ask({ operation: "getStreamingStatus", executionId, parse: (json) => parseOlderStatus(json, redact) }),
    abort: (executionId: string) =>
      ask({ operation: "abortWorkload", executionId, parse: (json) => parseAborted(json, redact) }),
    logs: (executionId: string) =>
      ask({
        operation: "getExecutionLogs",
        executionId,
        query: LOG_QUERY,
        parse: (json) => parseLogs(json, redact),
      }),
    timing: (executionId: string) => ask({ operation: "getExecutionTiming", executionId, parse: parseAccount }),
    deleteRecord: (executionId: string) => ask({ operation: "deleteExecutionRecord", executionId, parse: () => ({}) }),
  };
}

/** The calls of a probe. */
export type Questions = ReturnType<typeof createQuestions>;
