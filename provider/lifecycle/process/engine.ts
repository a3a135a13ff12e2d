import type { LyceumPort } from "../../lyceum/port";
import type { ProjectPorts, Projects } from "../inputs/projects";
import type { ExecutionInputs, RecordedState } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record";
import type { WhenUnverified } from "../watch/lookup-gaps";
import type { Clock, EngineLiveness, Report } from "../watch/ports";
import type { ProcessCache } from "../watch/process-cache";
import type { LifecycleContext } from "./context";

/** The engine that a host serves: it is sent reports, and asked whether it is still there. */
export interface Engine {
  readonly report: Report;
  readonly liveness: EngineLiveness;
  /** Resolves when every report has been delivered: a report after an answer may come too late for the row. */
  flush(): Promise<void>;
}

/** Writes the page that `report` asks for, once a run is there. Never fails. */
export type ReportWriter = (
  process: { readonly engine: Engine; context(): LifecycleContext },
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  signal: AbortSignal,
) => Promise<void>;

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
  /** Why no resource can be managed with the settings, as far as that shows without a key. */
  readonly unusable?: () => string | undefined;
  /** Draws the tag of a start; random by default. */
  readonly newTag?: () => string;
  /** Where compose projects are read from. */
  readonly project: ProjectPorts;
  /** Writes the page of a run; a host without it writes none. */
  readonly writeReport?: ReportWriter;
  /** The stack's setting, once `open` has read the configuration. */
  readonly whenUnverified?: () => WhenUnverified | undefined;
}

/** What read and delete are asked. */
export interface StateRequest {
  readonly state: RecordedState;
  /** Fires when the caller no longer waits; see docs/explanation/lifecycle.md for what then happens. */
  readonly signal: AbortSignal;
}

/** What one provider process keeps: what it has seen, its engine, and one client, poller and lookup for its account. */
export interface Runtime {
  /** What the process knows of runs, and of resources in this command. */
  readonly processCache: ProcessCache;
  readonly engine: Engine;
  readonly projects: Projects;
  readonly unusable?: RuntimePorts["unusable"];
  readonly writeReport?: RuntimePorts["writeReport"];
  /** Effects for the lifecycle. The configuration is resolved at the first call that needs the service, not before. */
  context(): LifecycleContext;
}
