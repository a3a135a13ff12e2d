import type { LyceumPort } from "../../lyceum/port";
import type { WhenUnverified } from "../account/lookup-gaps";
import type { ProcessCache } from "../account/process-cache";
import type { ProjectPorts, Projects } from "../inputs/projects";
import type { ExecutionInputs, RecordedState } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import type { Uploads } from "../run/uploads";
import type { Clock, EngineLiveness, Report } from "../watch/ports";
import type { LifecycleContext, ResultBucket, RunContext } from "./context";

/** A host's connection to the engine: passes reports to the engine, and shows whether the engine is alive. */
export interface Engine {
  readonly report: Report;
  readonly liveness: EngineLiveness;
  /**
   * Resolves when the engine has received all reports. An operation calls this function before it answers, because a
   * later report may be missing on the row of the resource.
   */
  flush(): Promise<void>;
}

/**
 * Writes the file of the argument `report` after a create or update: Markdown if the name of the file ends with `.md`,
 * otherwise HTML. Never fails.
 */
export type ReportWriter = (
  context: RunContext,
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
  /** Whether the engine gives a special meaning to a text. If so, the results of a run must not contain the text. */
  readonly isReserved?: (text: string) => boolean;
  /** Makes the client. Called once, before the first request to Lyceum. */
  readonly open: () => LyceumPort;
  /** Returns the account's bucket. Called once, before the first request to the bucket. */
  readonly openBucket: (client: LyceumPort) => ResultBucket;
  /**
   * Returns why the provider's settings cannot be used, or undefined. Does not check the API key, which may be set
   * later.
   */
  readonly unusable?: () => string | undefined;
  /**
   * Returns why a start would fail with the provider's settings. Check only warns with this text, because the API key
   * may be set before the start.
   */
  readonly missing?: () => string | undefined;
  /** Returns the tag of a start. The default is a random tag. */
  readonly newTag?: () => string;
  /** Reads the files of Compose projects. */
  readonly project: ProjectPorts;
  /** Stores files in the account's bucket. Absent if the host has no bucket. */
  readonly uploads?: Uploads;
  /** Writes the file of the argument `report`. Absent if the host writes no reports. */
  readonly writeReport?: ReportWriter;
  /** The setting `lyceum:whenUnverified` of the stack. Known after `open` has read the configuration. */
  readonly whenUnverified?: () => WhenUnverified | undefined;
}

/** The request of a read or delete. */
export interface StateRequest {
  readonly state: RecordedState;
  /** Fires when the command is cancelled or the process has to end. */
  readonly signal: AbortSignal;
}

/**
 * The objects of one provider process: a process cache, an engine, and one client, poller and snapshot for the account.
 */
export interface Runtime {
  /** What the process knows about runs and about the resources of this command. */
  readonly processCache: ProcessCache;
  readonly engine: Engine;
  readonly projects: Projects;
  readonly unusable?: RuntimePorts["unusable"];
  /**
   * Returns why a start would fail, such as a missing API key. This function is absent if the command has no terminal,
   * because a pipeline may preview without an API key.
   */
  readonly missing?: RuntimePorts["missing"];
  readonly writeReport?: RuntimePorts["writeReport"];
  /** Returns the client. The first call reads the configuration. */
  client(): LyceumPort;
  /**
   * Returns the context of one operation, with the client, the clock and more. The first use of the client reads the
   * configuration.
   *
   * @param urn the URN of the resource on whose row the operation reports; empty for the row of the stack
   */
  context(urn: string): LifecycleContext;
}
