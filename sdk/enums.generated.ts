// Made by tools/generate/reference.mjs from the tables in provider/schema: change a row there, then `npm run generate`.
/**
 * What happens to mounts of local paths in the project of `composeFile`. A warning names each mount.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", localFiles: lyceum.LocalFiles.Upload });
 * ```
 */
export const LocalFiles = {
  /**
   * Small text files are sent with the Compose text, as configs with their content (LYC2311). A missing or empty folder
   * becomes a named volume (LYC2312). Any other mount is left out if the service's Dockerfile copies the same files to
   * the same path (LYC2314). Otherwise, it is an error.
   */
  Inline: "inline",
  /**
   * Files and folders of any size, also binary files, are stored in the account's bucket before the start, and the run
   * mounts them from there (LYC2315). Files that services only read are stored once for each content. Files that a
   * service may change are stored for each run, in the folder `filesPrefix`. Files with secrets are sent as with
   * `inline`.
   */
  Upload: "upload",
} as const;
/** One of the words of {@link LocalFiles}. */
export type LocalFiles = (typeof LocalFiles)[keyof typeof LocalFiles];

/**
 * The state that the run must reach before the create or update is done. With each value, the `up` fails if the run
 * fails during the wait.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", waitFor: lyceum.WaitFor.Completed });
 * ```
 */
export const WaitFor = {
  /** The service has accepted the run. */
  Accepted: "accepted",
  /** The run is running, or has already completed. */
  Running: "running",
  /** The run has completed with success. */
  Completed: "completed",
} as const;
/** One of the words of {@link WaitFor}. */
export type WaitFor = (typeof WaitFor)[keyof typeof WaitFor];

/**
 * What the next `up` does after a run failed.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", whenFailed: lyceum.WhenFailed.Fail });
 * ```
 */
export const WhenFailed = {
  /** A new run starts. */
  Rerun: "rerun",
  /** The run is kept, with a warning. */
  Keep: "keep",
  /** The command stops with an error. */
  Fail: "fail",
} as const;
/** One of the words of {@link WhenFailed}. */
export type WhenFailed = (typeof WhenFailed)[keyof typeof WhenFailed];

/**
 * What the next `up` does after somebody else aborted or cancelled the run.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", whenAborted: lyceum.WhenAborted.Fail });
 * ```
 */
export const WhenAborted = {
  /** A new run starts. */
  Rerun: "rerun",
  /** The run is kept, with a warning. */
  Keep: "keep",
  /** The command stops with an error. */
  Fail: "fail",
} as const;
/** One of the words of {@link WhenAborted}. */
export type WhenAborted = (typeof WhenAborted)[keyof typeof WhenAborted];

/**
 * What the next `up` does if Lyceum answers 404 for a run and has not reported its end.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", whenLost: lyceum.WhenLost.Fail });
 * ```
 */
export const WhenLost = {
  /** A new run starts. */
  Rerun: "rerun",
  /** The run is kept, with a warning. */
  Keep: "keep",
  /** The command stops with an error. */
  Fail: "fail",
} as const;
/** One of the words of {@link WhenLost}. */
export type WhenLost = (typeof WhenLost)[keyof typeof WhenLost];

/**
 * What happens if the provider cannot look up all earlier runs of the resource before a start, because Lyceum refuses
 * the list or the history of runs, or returns entries that the provider cannot read.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", {
 *   composeFile: "compose.yaml",
 *   whenUnverified: lyceum.WhenUnverified.Fail,
 * });
 * ```
 */
export const WhenUnverified = {
  /** The run starts, with a warning (LYC3015). */
  Start: "start",
  /** The command stops before anything starts (LYC3016). */
  Fail: "fail",
} as const;
/** One of the words of {@link WhenUnverified}. */
export type WhenUnverified = (typeof WhenUnverified)[keyof typeof WhenUnverified];

/**
 * What deleting the resource does to an active run.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", onDelete: lyceum.OnDelete.Leave });
 * ```
 */
export const OnDelete = {
  /** The run is aborted, with its grace period. */
  Abort: "abort",
  /** The run continues. */
  Leave: "leave",
} as const;
/** One of the words of {@link OnDelete}. */
export type OnDelete = (typeof OnDelete)[keyof typeof OnDelete];

/**
 * What happens to a run if the command is interrupted while it waits for the run, for example by a first ^C or by the
 * end of a pipeline's job. With both values, the state records the id of the run. After an abort, `whenAborted` decides
 * what the next `up` does. Pulumi notifies only the plugin of an interruption. With the dynamic provider, the run
 * continues.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", onInterrupt: lyceum.OnInterrupt.Abort });
 * ```
 */
export const OnInterrupt = {
  /** The run continues. */
  Leave: "leave",
  /** The run is aborted, with its grace period. With `onDelete: "leave"`, the run continues. */
  Abort: "abort",
} as const;
/** One of the words of {@link OnInterrupt}. */
export type OnInterrupt = (typeof OnInterrupt)[keyof typeof OnInterrupt];

/**
 * What the resource's row in Pulumi's output shows while the command waits for the run. Without a terminal, Pulumi
 * prints a line for each change of status.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", progress: lyceum.Progress.None });
 * ```
 */
export const Progress = {
  /** The status of the run, and its time. */
  Status: "status",
  /** In addition, the latest line of its output. */
  LatestOutput: "output",
  /** Nothing. */
  None: "none",
} as const;
/** One of the words of {@link Progress}. */
export type Progress = (typeof Progress)[keyof typeof Progress];

/**
 * What the deletion of the resource does to the files that the resource has stored.
 *
 * @example
 * ```ts
 * new lyceum.StoredFiles("data", { source: "data", onDelete: lyceum.StoredFilesOnDelete.Leave });
 * ```
 */
export const StoredFilesOnDelete = {
  /** The files are removed, except files that somebody else has stored again or changed in the bucket. */
  Delete: "delete",
  /** No file is removed. */
  Leave: "leave",
} as const;
/** One of the words of {@link StoredFilesOnDelete}. */
export type StoredFilesOnDelete = (typeof StoredFilesOnDelete)[keyof typeof StoredFilesOnDelete];

/**
 * A failure after which another run starts.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", {
 *   composeFile: "compose.yaml",
 *   retries: { attempts: 3, on: [lyceum.RetryCause.Timeout] },
 * });
 * ```
 */
export const RetryCause = {
  /** Lyceum could not run the services, or lost them. */
  System_failure: "system_failure",
  /** Lyceum ended the run at its `timeout`. */
  Timeout: "timeout",
  /** The run failed by itself, for example with an exit code other than 0. */
  Failed: "failed",
} as const;
/** One of the words of {@link RetryCause}. */
export type RetryCause = (typeof RetryCause)[keyof typeof RetryCause];
