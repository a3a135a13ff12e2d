import type { LyceumPort } from "../../lyceum/port";
import type { WhenUnverified } from "../account/lookup-gaps";
import type { ProcessCache } from "../account/process-cache";
import type { ProjectPorts, Projects } from "../inputs/projects";
import type { ExecutionInputs, RecordedState } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import type { Uploads } from "../run/uploads";
import type { Clock, EngineLiveness, Report } from "../watch/ports";
import type { LifecycleContext, ResultBucket } from "./context";

/** A host's connection to the engine: passes reports to the engine, and shows whether the engine is alive. */
export interface Engine {
  readonly report: Report;
  readonly liveness: EngineLiveness;
  /**
   * Resolves when every report has been delivered. A report that is delivered after the answer of the operation may be
   * missing on the row.
   */
  flush(): Promise<void>;
}

/** Writes the HTML page for the argument `report`, once a run exists. Never fails. */
export type ReportWriter = (
  process: { readonly engine: Engine; context(): LifecycleContext },
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  signal: AbortSignal,
) => Promise<void>;

/** The functions that the lifecycle needs from the process in which it runs. */
export interface RuntimePorts {
  readonly clock: Clock;
  readonly engine: Engine;
  /** Whether a person watches the command on a terminal. */
  readonly hasTerminal?: boolean;
  /**
   * Whether the engine gives a text a special meaning, as a value or as a key. The results of a run must not contain
   * such a text.
   */
  readonly isReserved?: (text: string) => boolean;
  /** Makes the client. Called once, before the first request to Lyceum. */
  readonly open: () => LyceumPort;
  /** Returns the account's bucket. Called once, before the first request to the bucket. */
  readonly openBucket: (client: LyceumPort) => ResultBucket;
  /**
   * Returns why these settings cannot be used, as far as this is known without an API key. Undefined if they can be
   * used.
   */
  readonly unusable?: () => string | undefined;
  /**
   * Returns why a start would fail with these settings. The API key may become known only at the start, so a check only
   * warns.
   */
  readonly missing?: () => string | undefined;
  /** Returns the tag of a start; random by default. */
  readonly newTag?: () => string;
  /** Reads the files of Compose projects. */
  readonly project: ProjectPorts;
  /** Stores files in the account's bucket. Absent if the host has no bucket. */
  readonly uploads?: Uploads;
  /** Writes the page of a run. Absent if the host writes no pages. */
  readonly writeReport?: ReportWriter;
  /** The setting `lyceum:whenUnverified` of the stack, once `open` has read the configuration. */
  readonly whenUnverified?: () => WhenUnverified | undefined;
}

/** The request of a read or delete. */
export interface StateRequest {
  readonly state: RecordedState;
  /** Fires when the caller no longer waits. docs/explanation/lifecycle.md describes what happens then. */
  readonly signal: AbortSignal;
}

/** What one provider process has: its process cache, its engine, and one client, poller and lookup for the account. */
export interface Runtime {
  /** What the process knows about runs and about the resources of this command. */
  readonly processCache: ProcessCache;
  readonly engine: Engine;
  readonly projects: Projects;
  readonly unusable?: RuntimePorts["unusable"];
  /** Absent if no person watches the command. A pipeline may preview without an API key, so it needs no warning. */
  readonly missing?: RuntimePorts["missing"];
  readonly writeReport?: RuntimePorts["writeReport"];
  /** Returns what the operations need. The first call resolves the configuration. */
  context(): LifecycleContext;
}
