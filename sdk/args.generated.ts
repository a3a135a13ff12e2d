// Made by tools/generate/reference.mjs from the tables in provider/schema: change a row there, then `npm run generate`.
import type * as pulumi from "@pulumi/pulumi";

/**
 * Username and password of a registry (`docker_registry_credential_type: basic`).
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", {
 *   composeFile: "compose.yaml",
 *   registryCredentials: { type: "basic", username: "robot", password: config.requireSecret("registryPassword") },
 * });
 * ```
 */
export interface BasicRegistryCredentials {
  /** Which kind of credentials these are (`docker_registry_credential_type`). */
  type: "basic";
  /** The user name at the registry (`docker_username`). */
  username: pulumi.Input<string>;
  /** The password, or a token (`docker_password`; secret). */
  password: pulumi.Input<string>;
}

/**
 * AWS credentials for ECR (`docker_registry_credential_type: aws`).
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", {
 *   composeFile: "compose.yaml",
 *   registryCredentials: { type: "aws", accessKeyId: config.requireSecret("keyId"), secretAccessKey: config.requireSecret("key") },
 * });
 * ```
 */
export interface AwsRegistryCredentials {
  /** Which kind of credentials these are (`docker_registry_credential_type`). */
  type: "aws";
  /** The id of the access key (`aws_access_key_id`; secret). */
  accessKeyId: pulumi.Input<string>;
  /** The secret access key (`aws_secret_access_key`; secret). */
  secretAccessKey: pulumi.Input<string>;
  /** The session token of temporary credentials (`aws_session_token`; secret). */
  sessionToken?: pulumi.Input<string>;
  /** The region of the registry (`aws_region`; the API's default is `us-east-1`). */
  region?: pulumi.Input<string>;
}

/**
 * Deadlines of a wait, each in seconds. The clock that runs out is named in the error; the run itself goes on.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", clocks: { queue: 3600, delete: 120 } });
 * ```
 */
export interface ComposeExecutionClocks {
  /** From the start until `running` is observed. Default 1200. */
  queue?: pulumi.Input<number>;
  /** From `running` until the run ends. Default `timeout` + `gracefulTimeout` + 120. */
  run?: pulumi.Input<number>;
  /** The whole wait. Default `queue` + `run`. The resource option `customTimeouts` bounds it too. */
  total?: pulumi.Input<number>;
  /** From the abort until Lyceum reports the end. Default: the grace period of the run + 60. */
  delete?: pulumi.Input<number>;
}

/**
 * How often another run starts within one `up`, and after which failures.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", {
 *   composeFile: "compose.yaml",
 *   waitFor: "completed", retries: { attempts: 3, on: ["system_failure", "timeout"] },
 * });
 * ```
 */
export interface ComposeExecutionRetries {
  /** The most runs that one `up` starts for the resource, the first one included: 2 to 10. */
  attempts: pulumi.Input<number>;
  /**
   * The failures after which another run starts. Default `["system_failure"]`. `system_failure`: Lyceum could not run
   * the services, or lost them. `timeout`: Lyceum ended the run at its `timeout`. `failed`: The run failed by itself,
   * for example with an exit code other than 0.
   */
  on?: pulumi.Input<pulumi.Input<"system_failure" | "timeout" | "failed">[]>;
}

/**
 * A file that a run leaves in the bucket.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", {
 *   composeFile: "compose.yaml",
 *   enableS3Mount: true, artifacts: { model: { path: "out/model.pt", onDelete: "delete" } },
 * });
 * ```
 */
export interface ComposeExecutionArtifact {
  /** The path of the file, relative to the bucket. */
  path: pulumi.Input<string>;
  /**
   * What the deletion or replacement of the resource does to the file: `leave` (the default) keeps it, `delete` removes
   * it if its ETag is still the recorded one.
   */
  onDelete?: pulumi.Input<"delete" | "leave">;
}

/**
 * All arguments of a {@link ComposeExecution} but those of {@link ComposeExecutionSources}. A component extends this
 * interface, and gives the source of the run itself.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", timeout: 300, waitFor: "completed" });
 * ```
 */
export interface ComposeExecutionBaseArgs {
  /**
   * Variables for `${NAME}` in the project. These variables win over `inheritEnvironment` and `envFiles`. The provider
   * never shows a variable that is secret or has the name of a secret (`DB_PASSWORD`), nor a value that contains such a
   * variable.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", {
   *   composeFile: "compose.yaml",
   *   variables: { TAG: "1.4", DB_PASSWORD: config.requireSecret("dbPassword") },
   * });
   * ```
   */
  variables?: pulumi.Input<Record<string, pulumi.Input<string | number | boolean>>>;
  /**
   * Images that other resources build, by service. Each image replaces the `image` and `build` of its service before
   * the project is validated. A key may also be the `image` that several services with one `build` share. A changed
   * image starts a new run. If an image is not known at preview, it is validated at the update.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", {
   *   composeFile: "compose.yaml",
   *   images: { web: config.require("webImage") },
   * });
   * ```
   */
  images?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * Profiles to enable. `*` enables all. Services without a profile always run. Default none.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", profiles: ["training"] });
   * ```
   */
  profiles?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * The job to run, as `docker compose run` does: an entry of the project's `jobs`, or one of its services. Only the
   * job and the services that it needs are sent. With `waitFor: "completed"`, the end of the job ends the run: the
   * provider stops the other services once the output shows that the job has ended. The outputs then have the exit code
   * of the job. Limits: one line of at most 200 characters. Default none: all services run.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", job: "train", waitFor: "completed" });
   * ```
   */
  job?: string;
  /**
   * Names of environment variables of the program that the project of `composeFile` may use. Default none: the project
   * gets no variable of the environment.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", inheritEnvironment: ["HF_TOKEN"] });
   * ```
   */
  inheritEnvironment?: string[];
  /**
   * Env files with variables for `${NAME}` in the project of `composeFile`, like Compose's `--env-file`. Later files
   * win over earlier ones. `variables` and `inheritEnvironment` win over all of them. Paths are relative to the
   * program's directory, and must be inside `composeRoot`. The state contains no value of these files. Default the
   * `.env` in the project's folder, if it exists. An empty list means no file.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", {
   *   composeFile: "compose.yaml",
   *   envFiles: ["defaults.env", "production.env"],
   * });
   * ```
   */
  envFiles?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * The folder that must contain every file of the project, relative to the program's directory. Default the folder of
   * the first file.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "deploy/compose.yaml", composeRoot: "." });
   * ```
   */
  composeRoot?: string;
  /**
   * What happens to mounts of local paths in the project of `composeFile`. A warning names each mount. `inline`: Small
   * text files are sent with the Compose text, as configs with their content (LYC2311). A missing or empty folder
   * becomes a named volume (LYC2312). Any other mount is left out if the service's Dockerfile copies the same files to
   * the same path (LYC2314). Otherwise, it is an error. `upload`: Files and folders of any size, also binary files, are
   * stored in the account's bucket before the start, and the run mounts them from there (LYC2315). Files that services
   * only read are stored once for each content. Files that a service may change are stored for each run, in the folder
   * `filesPrefix`. Files with secrets are sent as with `inline`. Default none: a mount of a local path is an error
   * (LYC2303).
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", localFiles: "upload" });
   * ```
   */
  localFiles?: "inline" | "upload";
  /**
   * The machine, such as `cpu` or `gpu.a100`. One machine runs all services. Limits: letters, digits, `_` and `.`.
   * Default `cpu`. API field `execution_type`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", executionType: "gpu.a100" });
   * ```
   */
  executionType?: pulumi.Input<string>;
  /**
   * Seconds after which Lyceum ends the run. Limits: 1 to 600 seconds. Default 60. API field `timeout`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", timeout: 300 });
   * ```
   */
  timeout?: pulumi.Input<number>;
  /**
   * Seconds between the stop signal and the kill when the run is aborted. Limits: 1 to 300 seconds. Default 10. API
   * field `graceful_timeout`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", gracefulTimeout: 30 });
   * ```
   */
  gracefulTimeout?: pulumi.Input<number>;
  /**
   * A label of the run. Lyceum shows the label after the start key, a text by which the provider finds the run again.
   * Limits: one line of at most 200 characters. Default the resource's name. API field `file_name`, after the start
   * key.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", fileName: "nightly training" });
   * ```
   */
  fileName?: pulumi.Input<string>;
  /**
   * Whether the services of the run see the account's bucket. Default false. API field `enable_s3_mount`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", enableS3Mount: true });
   * ```
   */
  enableS3Mount?: pulumi.Input<boolean>;
  /**
   * `https:` URLs that Lyceum calls when the run ends. The calls are not signed and may come more than once. API field
   * `user_callback_urls`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", {
   *   composeFile: "compose.yaml",
   *   userCallbackUrls: ["https://example.com/runs"],
   * });
   * ```
   */
  userCallbackUrls?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Credentials for the registry of the images. The state always stores them as a secret.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", {
   *   composeFile: "compose.yaml",
   *   registryCredentials: { type: "basic", username: "robot", password: config.requireSecret("registryPassword") },
   * });
   * ```
   */
  registryCredentials?: pulumi.Input<BasicRegistryCredentials | AwsRegistryCredentials>;
  /**
   * Values of any kind. When one changes, a new run starts. Default none.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", triggers: ["dataset-v2"] });
   * ```
   */
  triggers?: pulumi.Input<pulumi.Input<unknown>[]>;
  /**
   * The state that the run must reach before the create or update is done. With each value, the `up` fails if the run
   * fails during the wait. `accepted`: The service has accepted the run. `running`: The run is running, or has already
   * completed. `completed`: The run has completed with success. Default `running`: a run that fails later does not fail
   * the `up`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", waitFor: "completed" });
   * ```
   */
  waitFor?: pulumi.Input<"accepted" | "running" | "completed">;
  /**
   * What the next `up` does after a run failed. `rerun`: A new run starts. `keep`: The run is kept, with a warning.
   * `fail`: The command stops with an error. Default `rerun` with `waitFor: "completed"`, else `keep`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", waitFor: "completed", whenFailed: "keep" });
   * ```
   */
  whenFailed?: pulumi.Input<"rerun" | "keep" | "fail">;
  /**
   * What the next `up` does after somebody else aborted or cancelled the run. `rerun`: A new run starts. `keep`: The
   * run is kept, with a warning. `fail`: The command stops with an error. Default the default of `whenFailed`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", {
   *   composeFile: "compose.yaml",
   *   waitFor: "completed", whenAborted: "fail",
   * });
   * ```
   */
  whenAborted?: pulumi.Input<"rerun" | "keep" | "fail">;
  /**
   * What the next `up` does if Lyceum answers 404 for a run and has not reported its end. `rerun`: A new run starts.
   * `keep`: The run is kept, with a warning. `fail`: The command stops with an error. Default `fail`: a wrong API key
   * must not start all runs again.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", whenLost: "rerun" });
   * ```
   */
  whenLost?: pulumi.Input<"rerun" | "keep" | "fail">;
  /**
   * What happens if the provider cannot look up all earlier runs of the resource before a start, because Lyceum refuses
   * the list or the history of runs, or returns entries that the provider cannot read. `start`: The run starts, with a
   * warning (LYC3015). `fail`: The command stops before anything starts (LYC3016). Default the stack's
   * `lyceum:whenUnverified`, then `start`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", whenUnverified: "fail" });
   * ```
   */
  whenUnverified?: pulumi.Input<"start" | "fail">;
  /**
   * Whether every `up` starts a new run, if the last run has reached `waitFor`, or is kept after a failure or an abort.
   * A run that was adopted by its id stays. Default false.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", runOnEveryUp: true });
   * ```
   */
  runOnEveryUp?: pulumi.Input<boolean>;
  /**
   * How often the provider starts another run within the same `up`, and after which failures. Each attempt is a
   * separate run, and is billed. Before each attempt, the provider looks for earlier runs of the resource, as before
   * any start. After an abort or a cancellation, no other run starts. Only a create or a replacement retries, and only
   * after a failure during its wait. So `retries` has no effect with `waitFor: "accepted"`. The output
   * `retriedExecutionIds` has the ids of the failed runs. Default none: the `up` fails when the run fails.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", {
   *   composeFile: "compose.yaml",
   *   waitFor: "completed", retries: { attempts: 3, on: ["system_failure", "timeout"] },
   * });
   * ```
   */
  retries?: pulumi.Input<ComposeExecutionRetries>;
  /**
   * Names of arguments, such as `timeout`, whose change alone starts no run. If a named argument changes, a new run
   * starts. `*` names all such arguments. `onDelete`, `deleteRecord` and `artifacts` cannot be named. In programs for
   * Node.js, the resource option `replaceOnChanges` does the same. Default none.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", {
   *   composeFile: "compose.yaml",
   *   rerunOnChanges: ["timeout", "registryCredentials"],
   * });
   * ```
   */
  rerunOnChanges?: string[];
  /**
   * If a run of an interrupted command has ended at most this many seconds ago, the provider adopts the run. If the run
   * ended earlier, the provider starts a new run. Limits: 0 to 604800 seconds (a week). Default 3600.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", adoptEndedWithin: 600 });
   * ```
   */
  adoptEndedWithin?: pulumi.Input<number>;
  /**
   * What deleting the resource does to an active run. `abort`: The run is aborted, with its grace period. `leave`: The
   * run continues. Default `abort`; `leave` with `existingExecutionId`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", onDelete: "leave" });
   * ```
   */
  onDelete?: pulumi.Input<"abort" | "leave">;
  /**
   * What happens to a run if the command is interrupted while it waits for the run, for example by a first ^C or by the
   * end of a pipeline's job. With both values, the state records the id of the run. After an abort, `whenAborted`
   * decides what the next `up` does. Pulumi notifies only the plugin of an interruption. With the dynamic provider, the
   * run continues. `leave`: The run continues. `abort`: The run is aborted, with its grace period. With `onDelete:
   * "leave"`, the run continues. Default `leave`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", onInterrupt: "abort" });
   * ```
   */
  onInterrupt?: pulumi.Input<"leave" | "abort">;
  /**
   * What the resource's row in Pulumi's output shows while the command waits for the run. Without a terminal, Pulumi
   * prints a line for each change of status. `status`: The status of the run, and its time. `output`: In addition, the
   * latest line of its output. `none`: Nothing. Default `status`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", progress: "output" });
   * ```
   */
  progress?: pulumi.Input<"status" | "output" | "none">;
  /**
   * A file for a report about the run, relative to the program's directory. The report is a page of HTML, or Markdown
   * if the name ends in `.md`. The report shows status, timeline, errors, measurements, cost and the last lines of
   * output. Known secrets are masked. The provider writes the file when a create or update ends, even with an error. If
   * the file cannot be written, a warning appears. Default none.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", report: "reports/train.html" });
   * ```
   */
  report?: string;
  /**
   * Names of results that are secret. If one is named, the whole output `results` is secret. Results that are recorded
   * in plaintext become secret at the next refresh.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", secretResults: ["password"] });
   * ```
   */
  secretResults?: string[];
  /**
   * Files that the run leaves in the account's bucket, as a map from names to paths in the bucket. The run sees these
   * paths below the setting `s3MountPath`. With `localFiles: "upload"`, a path that begins with `./`, such as
   * `./out/model.pt`, is a path of the project, in a folder that a service mounts and may write into. Once the run has
   * completed, the output `artifacts` has the key, size, ETag and time of each file. If a file is missing, the `up`
   * fails (LYC3026). Needs `enableS3Mount: true` or `localFiles: "upload"`. A deletion or replacement keeps a file,
   * unless its entry is `{path, onDelete: "delete"}`. A change of `artifacts` starts no run. Limits: at most 64 files.
   * Default none.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", {
   *   composeFile: "compose.yaml",
   *   enableS3Mount: true, artifacts: { model: "out/model.pt", metrics: "out/metrics.json" },
   * });
   * ```
   */
  artifacts?: pulumi.Input<{ [name: string]: pulumi.Input<string | ComposeExecutionArtifact> }>;
  /**
   * Whether deleting also removes the run's record at Lyceum, once Lyceum reports that the run has ended. Default
   * false.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", deleteRecord: true });
   * ```
   */
  deleteRecord?: pulumi.Input<boolean>;
  /**
   * Whether a failure shows the last lines of the run's output. Pulumi stores these lines unencrypted. Default true.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", failureOutput: false });
   * ```
   */
  failureOutput?: pulumi.Input<boolean>;
  /**
   * Time limits for waiting, in seconds.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", clocks: { queue: 3600, delete: 120 } });
   * ```
   */
  clocks?: pulumi.Input<ComposeExecutionClocks>;
  /**
   * Another severity for diagnostics of the Compose document, by [their
   * codes](https://github.com/pulumi-lyceum/pulumi-lyceum/blob/main/docs/reference/diagnostics.md), such as `{LYC2301:
   * "off"}`. `error` stops a preview or `up`. `warning` shows the diagnostic on the resource's row. `off` hides it.
   * LYC20xx and LYC25xx cannot be changed. A change starts no run.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", diagnostics: { LYC2401: "off" } });
   * ```
   */
  diagnostics?: pulumi.Input<Record<string, pulumi.Input<"off" | "warning" | "error">>>;
}

/**
 * The arguments of a {@link ComposeExecution} that say which run it is.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", timeout: 300, waitFor: "completed" });
 * ```
 */
export interface ComposeExecutionSources {
  /**
   * The Compose project: a file, several files that are merged in their order, or a folder with a `compose.yaml` (or
   * another of Compose's names) and its override. Paths are relative to the program's directory. The provider resolves
   * `include`, `extends`, `env_file`, files of configs and secrets, and variables, as `docker compose config` does. A
   * program sets exactly one of `composeFile` and `composeFileCode`. API field `compose_file_code`: the resolved text,
   * at most 1 MB. The path is not sent, and a change of the path alone starts no run.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { composeFile: ["compose.yaml", "compose.gpu.yaml"] });
   * ```
   */
  composeFile?: string | string[];
  /**
   * The Compose text itself. It may be an output of another resource. API field `compose_file_code`, at most 1 MB. If
   * the text has jobs, or if `variables`, `images`, `profiles` or `job` is set, the provider resolves the text first.
   * Otherwise, it sends the text unchanged.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", {
   *   composeFileCode: 'services: {job: {image: "busybox:stable", command: [echo, hello]}}',
   * });
   * ```
   */
  composeFileCode?: pulumi.Input<string>;
  /**
   * Id of an existing run that the resource manages (adopts) instead of starting one. `onDelete` then defaults to
   * `leave`.
   *
   * @example
   * ```ts
   * new lyceum.ComposeExecution("job", { existingExecutionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90" });
   * ```
   */
  existingExecutionId?: pulumi.Input<string>;
}

/**
 * Arguments of a {@link StoredFiles}.
 *
 * @example
 * ```ts
 * new lyceum.StoredFiles("data", { source: "data", prefix: "datasets/train" });
 * ```
 */
export interface StoredFilesArgs {
  /**
   * The file or folder that is stored, relative to the program's directory. In place of a symbolic link, its target is
   * stored, because a bucket cannot contain links. A link to something outside of the folder is an error (LYC6013). If
   * `source` is a path in the program's folder, but leads out of this folder through a link, this is an error too.
   *
   * @example
   * ```ts
   * new lyceum.StoredFiles("data", { source: "data" });
   * ```
   */
  source: pulumi.Input<string>;
  /**
   * The folder in the bucket, such as `data/train`. After a change of `prefix`, the next `up` first stores the files in
   * the new folder, and then removes the files from the old folder. Default `PROJECT/STACK/NAME/`, from the project,
   * the stack and the name of the resource.
   *
   * @example
   * ```ts
   * new lyceum.StoredFiles("data", { source: "data", prefix: "datasets/train" });
   * ```
   */
  prefix?: pulumi.Input<string>;
  /**
   * Patterns of paths in the folder that are left out: `*`, `**`, `?`, `[…]` and `{a,b}`, as for `npx pulumi-lyceum
   * files put --exclude`. A pattern that matches a folder leaves out everything in that folder. Default none.
   *
   * @example
   * ```ts
   * new lyceum.StoredFiles("data", { source: "app", exclude: [".git", "cache"] });
   * ```
   */
  exclude?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * What the deletion of the resource does to the files that the resource has stored. `delete`: The files are removed,
   * except files that somebody else has stored again or changed in the bucket. `leave`: No file is removed. Default
   * `delete`.
   *
   * @example
   * ```ts
   * new lyceum.StoredFiles("data", { source: "results", onDelete: "leave" });
   * ```
   */
  onDelete?: pulumi.Input<"delete" | "leave">;
}

/**
 * Arguments of a {@link ComposeExecution}: those of {@link ComposeExecutionBaseArgs}, with exactly one of `composeFile`
 * and `composeFileCode`, or with the `existingExecutionId` of a run to adopt.
 *
 * @example
 * ```ts
 * new lyceum.ComposeExecution("job", { composeFile: "compose.yaml", timeout: 300 });
 * ```
 */
export type ComposeExecutionArgs = ComposeExecutionBaseArgs &
  (
    | (Required<Pick<ComposeExecutionSources, "existingExecutionId">> &
        Partial<Record<"composeFile" | "composeFileCode", undefined>>)
    | (Required<Pick<ComposeExecutionSources, "composeFileCode">> &
        Pick<ComposeExecutionSources, "existingExecutionId"> &
        Partial<Record<"composeFile", undefined>>)
    | (Required<Pick<ComposeExecutionSources, "composeFile">> &
        Pick<ComposeExecutionSources, "existingExecutionId"> &
        Partial<Record<"composeFileCode", undefined>>)
  );
