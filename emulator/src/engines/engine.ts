/** Credentials for the registry that images are pulled from. Those for ECR would first have to be exchanged with AWS. */
export type RegistryCredentials =
  | { readonly type: "basic"; readonly username: string; readonly password: string }
  | { readonly type: "aws" };

/** What an engine is asked to run. */
export interface EngineRun {
  /** The execution's id; carries the `local-` mark. */
  readonly executionId: string;
  /** Compose text as the client sent it (`compose_file_code`). */
  readonly composeFileCode: string;
  /** Seconds after which the run is ended (`timeout`). */
  readonly timeoutSeconds: number;
  /** Seconds between the stop signal and the kill (`graceful_timeout`). */
  readonly gracefulTimeoutSeconds: number;
  readonly registryCredentials?: RegistryCredentials | undefined;
}

/** How a run ended. The words are the API's own status words. */
export interface EngineEnd {
  readonly status: "completed" | "failed" | "system_failure" | "aborted" | "cancelled" | "timeout";
  readonly returnCode: number | null;
  /** What the run itself reported (`errors`). */
  readonly errors: readonly string[];
  /** Why Docker could not start it (`errors_docker`). */
  readonly dockerErrors: readonly string[];
}

/** An end; what is not given is absent. */
export function endOf(status: EngineEnd["status"], reported: Partial<Omit<EngineEnd, "status">> = {}): EngineEnd {
  return { status, returnCode: null, errors: [], dockerErrors: [], ...reported };
}

/** One line that a service of the run wrote. */
export interface EngineLine {
  readonly service: string;
  readonly stream: "stdout" | "stderr";
  readonly message: string;
  /** ISO 8601. */
  readonly timestamp: string;
}

/** What an engine reports while a run lives; `ended` is called exactly once, and nothing after it. */
export interface EngineEvents {
  status(status: "starting" | "running"): void;
  line(line: EngineLine): void;
  ended(end: EngineEnd): void;
}

/** Runs compose texts. Implementations: `docker` (real containers), `simulated` (a script and a clock). */
export interface Engine {
  readonly name: "docker" | "simulated";
  /**
   * Takes a run on and returns at once; everything later is reported through `events`. Never throws for a bad text: the
   * run ends `failed`.
   */
  start(run: EngineRun, events: EngineEvents): void;
  /** Asks for the stop: signal to all at once, the grace counted once, then kill. Answers at once; `ended` follows. */
  abort(executionId: string): void;
  /**
   * Called once, before the first start: removes what an earlier emulator on the same data has left of its runs.
   * @param unfinished ids of executions that had not ended
   */
  recover(unfinished: readonly string[]): Promise<void>;
  /** Ends every run at once and removes everything that belongs to this engine. */
  close(): Promise<void>;
}

/**
 * What is said of a run that reached its timeout: also that some of its services had done their work, while another, such as a database, never
 * ends by itself. Nobody outside knows whether Lyceum ends such a run earlier.
 */
export function timeoutError(seconds: number, ended: readonly string[], going: readonly string[]): string {
  const message = `The run was ended after its timeout of ${seconds} s.`;
  if (ended.length === 0 || going.length === 0) return message;
  const listed = (names: readonly string[]): string => [...new Set(names)].join(", ");
  return `${message} Ended before, with exit code 0: ${listed(ended)}. Still running: ${listed(going)}.`;
}
