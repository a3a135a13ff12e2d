import type { Clock, EngineLiveness, ProjectPorts, RecordedState, Report, WhenUnverified } from "../execution";
import type { LyceumPort } from "../lyceum/port";

/** The engine that a host serves: it is sent reports, and asked whether it is still there. */
export interface Engine {
  readonly report: Report;
  readonly liveness: EngineLiveness;
  /** Resolves when every report has been delivered: a report after an answer may come too late for the row. */
  flush(): Promise<void>;
}

/** What one process needs of the world. */
export interface RuntimePorts {
  readonly clock: Clock;
  readonly engine: Engine;
  /** Whether a person watches the rows, on a terminal of this process. */
  readonly hasTerminal?: boolean;
  /** Whether the engine takes a text, as a value or as a key, for something else: no result of a run may hold it. */
  readonly isReserved?: (text: string) => boolean;
  /** Makes the client; called once, when the service is needed first. */
  readonly open: () => LyceumPort;
  /** Where compose projects are read from. */
  readonly project: ProjectPorts;
  /** Writes a text to a file, relative to the program's directory. Throws with a reason in words. */
  readonly writeFile?: (path: string, text: string) => void;
  /** The stack's setting, once `open` has read the configuration. */
  readonly whenUnverified?: () => WhenUnverified | undefined;
}

/** What read and delete are asked. */
export interface StateRequest {
  readonly state: RecordedState;
  /** Fires when the caller no longer waits; see docs/explanation/lifecycle.md for what then happens. */
  readonly signal: AbortSignal;
}
