import type { Clock } from "../clock/clock";
import type { Contract } from "../contract/document";
import type { Validator } from "../contract/validators";
import type { Engine } from "../engines/engine";
import type { Runs } from "../executions/runs";
import type { InjectedFaults } from "../faults/injected-faults";
import type { ExecutionStore } from "../store/execution-store";
import type { RequestLog } from "./request-log";

/** An answer that the contract does not allow: a fault of the emulator. */
export interface Breach {
  readonly at: string;
  readonly operation: string;
  readonly status: number;
  readonly reason: string;
}

/** What the routes share. */
export interface ServerState {
  readonly apiKey: string;
  readonly contract: Contract;
  readonly validators: ReadonlyMap<string, Validator>;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly runs: Runs;
  readonly store: ExecutionStore;
  readonly faults: InjectedFaults;
  readonly requests: RequestLog;
  readonly breaches: Breach[];
  /** One line for a human. */
  readonly log: (line: string) => void;
  /** Where this server is reached, such as `http://127.0.0.1:4010`. */
  origin: string;
}

/** Where the operations live below the origin. */
export const BASE_PATH = "/api/v2/external";
/** Where a run's output streams from, followed by its id. */
export const STREAM_PATH = "/api/v1/stream/";
/** Where tests drive the emulator. */
export const CONTROL_PATH = "/_emulator";
