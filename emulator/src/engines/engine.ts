/**
 * Credentials for the registry of the images. Credentials for ECR are not supported, because the emulator would first
 * have to exchange them with AWS.
 */
export type RegistryCredentials =
  | { readonly type: "basic"; readonly username: string; readonly password: string }
  | { readonly type: "aws" };

/** The path at which the bucket is mounted. A service finds the object `a/b` at `/mnt/s3/a/b`. */
export const BUCKET_MOUNT_PATH = "/mnt/s3";

/** The bucket, for a run with `enable_s3_mount`. */
export interface BucketMount {
  /** The path of the folder that contains the objects of the bucket. */
  readonly folder: string;
  /** Whether every service gets the bucket at {@link BUCKET_MOUNT_PATH}, without a mount in the Compose text. */
  readonly inServices: boolean;
  /** Whether a service may mount a path at or below {@link BUCKET_MOUNT_PATH}. The path then leads into the bucket. */
  readonly onMachine: boolean;
}

/** The run that an engine receives. */
export interface EngineRun {
  /** The execution's id, with the prefix `local-`. */
  readonly executionId: string;
  /** The Compose text as the client sent it (`compose_file_code`). */
  readonly composeFileCode: string;
  /** Seconds after which the engine ends the run (`timeout`). */
  readonly timeoutSeconds: number;
  /** Seconds between the stop signal and the kill (`graceful_timeout`). */
  readonly gracefulTimeoutSeconds: number;
  readonly registryCredentials?: RegistryCredentials | undefined;
  /** How the run mounts the bucket. Absent if the run does not have `enable_s3_mount`. */
  readonly bucket?: BucketMount | undefined;
}

/** Status words of a run that has ended. */
export const END_WORDS = ["completed", "failed", "system_failure", "aborted", "cancelled", "timeout"] as const;

/** The end of a run, with the API's own status words. */
export interface EngineEnd {
  readonly status: (typeof END_WORDS)[number];
  readonly returnCode: number | null;
  /**
   * Why the run failed (`errors`), for example `Service "web" exited with code 3.` Empty if only `dockerErrors` has the
   * reason.
   */
  readonly errors: readonly string[];
  /** Why Docker could not start the run (`errors_docker`). */
  readonly dockerErrors: readonly string[];
}

/** Returns an {@link EngineEnd}. A field that `reported` lacks is null or empty. */
export function endOf(status: EngineEnd["status"], reported: Partial<Omit<EngineEnd, "status">> = {}): EngineEnd {
  return { status, returnCode: null, errors: [], dockerErrors: [], ...reported };
}

/** One line of output of a service. */
export interface EngineLine {
  readonly service: string;
  readonly stream: "stdout" | "stderr";
  readonly message: string;
  /** The number of bytes that are missing in the middle of the message, because the line is too long. */
  readonly omittedBytes?: number;
  /** ISO 8601. */
  readonly timestamp: string;
}

/**
 * The functions that an engine calls about a run. The call of `ended` is the last one. It never comes if the emulator
 * closes first.
 */
export interface EngineEvents {
  status(status: "starting" | "running"): void;
  line(line: EngineLine): void;
  ended(end: EngineEnd): void;
}

/** Runs Compose texts. There are two engines: `docker` (real containers) and `simulated` (a script and a clock). */
export interface Engine {
  readonly name: "docker" | "simulated";
  /** Accepts a run and returns at once. Never throws: a run with an invalid text ends `failed`. */
  start(run: EngineRun, events: EngineEvents): void;
  /**
   * Requests the stop of a run: all services get a signal at once, and are killed after one grace period. Returns at
   * once. At the end of the run, the engine calls `ended`.
   */
  abort(executionId: string): void;
  /**
   * Removes the containers, networks and volumes that ended emulators have left behind. Called once, before the first
   * start.
   * @param unfinished ids of the runs that the last emulator with this data folder did not end
   */
  recover(unfinished: readonly string[]): Promise<void>;
  /** Ends every run at once, and removes everything that this engine has created. */
  close(): Promise<void>;
}

/**
 * Returns the line with which `docker compose up` reports the end of a service's container. The engines print it only
 * while other services are running: when the last service ends, the status of the run shows the end. The exit code is
 * always 0, because a service that fails ends the run.
 */
export function exitMessage(service: string): string {
  return `${service}-1 exited with code 0`;
}

/**
 * Returns the message for a run that reached its timeout. If some services had already ended, the message lists the
 * ended and the running services: Lyceum might have ended this run before its timeout. Lyceum does not document when it
 * ends a run in which only some services have ended.
 */
export function timeoutError(seconds: number, ended: readonly string[], going: readonly string[]): string {
  const message = `The run was ended after its timeout of ${seconds} s.`;
  if (ended.length === 0 || going.length === 0) return message;
  const listed = (names: readonly string[]): string => [...new Set(names)].join(", ");
  return `${message} Ended before, with exit code 0: ${listed(ended)}. Still running: ${listed(going)}.`;
}
