import type { Bucket } from "../bucket/bucket";
import type { Clock } from "../clock/clock";
import type { Contract } from "../contract/document";
import type { Validator } from "../contract/validators";
import type { Engine } from "../engines/engine";
import type { ExecutionStore } from "../executions/execution-store";
import type { HideSecrets } from "../executions/hidden-secrets";
import type { Runs } from "../executions/runs";
import type { InjectedFaults } from "../faults/injected-faults";
import type { RequestLog } from "./request-log";

/** An answer that the contract does not allow, because of an error in the emulator. */
export interface Breach {
  readonly at: string;
  readonly operation: string;
  readonly status: number;
  readonly reason: string;
}

/** The state that all routes share. */
export interface ServerState {
  readonly apiKey: string;
  readonly contract: Contract;
  readonly validators: ReadonlyMap<string, Validator>;
  readonly clock: Clock;
  readonly engine: Engine;
  readonly runs: Runs;
  readonly store: ExecutionStore;
  readonly bucket: Bucket;
  readonly faults: InjectedFaults;
  readonly requests: RequestLog;
  readonly breaches: Breach[];
  /** Hides secrets on the page. */
  readonly hideSecrets: HideSecrets;
  /** Prints one line for a person. */
  readonly log: (line: string) => void;
  /** The host names that this server accepts in addition to the names of this machine, in lower case. */
  readonly allowedHosts: ReadonlySet<string>;
}

/** The path prefix of the API's operations. */
export const BASE_PATH = "/api/v2/external";
/** The path prefix of the output streams. The id of a run follows. */
export const STREAM_PATH = "/api/v1/stream/";
/** The path prefix of the control endpoint for tests. */
export const CONTROL_PATH = "/_emulator";
