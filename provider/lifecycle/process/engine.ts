import type { LyceumPort } from "../../lyceum/port";
import type { ProjectPorts, Projects } from "../inputs/projects";
import type { ExecutionInputs, RecordedState } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record";
import type { WhenUnverified } from "../watch/lookup-gaps";
import type { Clock, EngineLiveness, Report } from "../watch/ports";
import type { ProcessCache } from "../watch/process-cache";
import type { LifecycleContext } from "./context";

/** The connection to the engine of a host. It passes on reports, and shows whether the engine is alive. */
export interface Engine {
  readonly report: Report;
  readonly liveness: EngineLiveness;
  /**
   * Resolves when every report has been delivered. A report that arrives after the answer may not appear on the row.
   */
  flush(): Promise<void>;
}

/** Writes the page for the argument `report`, once a run exists. Never fails. */
export type ReportWriter = (
  process: { readonly engine: Engine; context(): LifecycleContext },
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  signal: AbortSignal,
) => Promise<void>;

/** What the lifecycle uses in one process. */
export interface RuntimePorts {
  readonly clock: Clock;
  readonly engine: Engine;
  /** Whether a person watches the rows, on a terminal of this process. */
  readonly hasTerminal?: boolean;
  /**
   * Whether a text means something else to the engine, as a value or as a key. Results of a run must not contain such a
   * text.
   */
  readonly isReserved?: (text: string) => boolean;
  /** Makes the client. Called once, at the first call of the service. */
  readonly open: () => LyceumPort;
  /** Why the settings cannot manage any resource, as far as they show this without an API key. */
  readonly unusable?: () => string | undefined;
  /** Why a start would fail for its settings. A key may be known only at the start, so a check only warns. */
  readonly missing?: () => string | undefined;
  /** Returns the tag of a start; random by default. */
  readonly newTag?: () => string;
  /** The files of compose projects. */
  readonly project: ProjectPorts;
  /** Writes the page of a run. Absent in a host that writes none. */
  readonly writeReport?: ReportWriter;
  /** The setting `lyceum:whenUnverified` of the stack, once `open` has read the configuration. */
  readonly whenUnverified?: () => WhenUnverified | undefined;
}

/** The request of a read or delete. */
export interface StateRequest {
  readonly state: RecordedState;
  /** Fires when the caller no longer waits. docs/explanation/lifecycle.md describes what then happens. */
  readonly signal: AbortSignal;
}

/**
 * The objects of one provider process: its process cache and its engine, and one client, poller and lookup for the
 * account.
 */
export interface Runtime {
  /** What the process knows of runs, and of the resources of this command. */
  readonly processCache: ProcessCache;
  readonly engine: Engine;
  readonly projects: Projects;
  readonly unusable?: RuntimePorts["unusable"];
  /** Absent where no person watches: a pipeline previews without a key. */
  readonly missing?: RuntimePorts["missing"];
  readonly writeReport?: RuntimePorts["writeReport"];
  /** What the verbs use. The configuration is resolved at the first call of the service. */
  context(): LifecycleContext;
}
