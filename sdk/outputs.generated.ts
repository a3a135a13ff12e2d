// Made by tools/generate/reference.mjs from the tables in provider/schema: change a row there, then `npm run generate`.
import * as pulumi from "@pulumi/pulumi";
import type { ComposeExecutionClocks, ComposeExecutionRetries } from "./args.generated";
import type { Artifact } from "./functions.generated";

/** The outputs of a run, which the classes of both hosts have. */
export abstract class ExecutionResource extends pulumi.CustomResource {
  /** Id of the run. API field `execution_id`. */
  readonly executionId!: pulumi.Output<string>;
  /** Status as Lyceum last reported it. API field `status`. */
  readonly status!: pulumi.Output<string>;
  /** Exit code, once the run has ended and Lyceum reports one. API field `return_code`. */
  readonly returnCode!: pulumi.Output<number | undefined>;
  /** URL of the run's server-sent events. Secret: it gives access to the output. API field `streaming_url`. */
  readonly streamingUrl!: pulumi.Output<string | undefined>;
  /** When the run was created, ISO 8601. API field `created_at`. */
  readonly createdAt!: pulumi.Output<string | undefined>;
  /** When the run started, ISO 8601. API field `start_time`. */
  readonly startedAt!: pulumi.Output<string | undefined>;
  /** When the run ended, ISO 8601. API field `end_time`. */
  readonly endedAt!: pulumi.Output<string | undefined>;
  /** Seconds from the start of the run to its end, once Lyceum reports both. */
  readonly durationSeconds!: pulumi.Output<number | undefined>;
  /** The service that failed first, if an error of the run names it. */
  readonly failedService!: pulumi.Output<string | undefined>;
  /** Exit codes by service, for the services that an error of the run names. */
  readonly services!: pulumi.Output<{ [name: string]: number } | undefined>;
  /** What the run has cost, if Lyceum reports it when the run ends. API field `billed`. */
  readonly cost!: pulumi.Output<number | undefined>;
  /**
   * Values that the run has printed as results, by name
   * ([results](https://github.com/pulumi-lyceum/pulumi-lyceum/blob/main/docs/guides/runs.md#results-from-a-run-into-the-program)).
   * They are set when a run with `waitFor: "completed"` has completed. Secret if `secretResults` names a result.
   */
  readonly results!: pulumi.Output<{ [name: string]: unknown } | undefined>;
  /**
   * The files that the argument `artifacts` names, by name. A file is recorded once the run has completed and the
   * bucket has shown the file.
   */
  readonly artifacts!: pulumi.Output<{ [name: string]: Artifact } | undefined>;
  /**
   * Digest of the Compose document's meaning, keyed with a secret of the stack. Empty for a run that was adopted
   * without a document.
   */
  readonly composeDigest!: pulumi.Output<string>;
  /**
   * The argument `timeout` in seconds, as sent with the start. Absent for a run that was adopted by its id, because the
   * value is not known.
   */
  readonly timeout!: pulumi.Output<number | undefined>;
  /** The argument `gracefulTimeout` in seconds, as sent with the start. The deletion of the resource uses it. */
  readonly gracefulTimeout!: pulumi.Output<number | undefined>;
  /** The machine, as sent with the start. API field `execution_type`. */
  readonly executionType!: pulumi.Output<string>;
  /** The number of the run among the runs that this resource has started, from 1. */
  readonly attempt!: pulumi.Output<number>;
  /** Ids of the failed runs that this run replaced within one `up`, because of `retries`. The oldest comes first. */
  readonly retriedExecutionIds!: pulumi.Output<string[] | undefined>;
  /**
   * With `localFiles: "upload"`, the folder of the bucket with the files of mounts that the services of the run may
   * write into.
   */
  readonly filesPrefix!: pulumi.Output<string | undefined>;
  /** The argument `job`, if services run next to the job. The end of the job decides how the run has ended. */
  readonly job!: pulumi.Output<string | undefined>;
  /** The argument `onDelete`, which the deletion uses. */
  readonly onDelete!: pulumi.Output<"abort" | "leave">;
  /** True if deleting also removes the record of the run at Lyceum. Otherwise absent. */
  readonly deleteRecord!: pulumi.Output<boolean | undefined>;
  /** The argument `composeFile`, as the last create, update or refresh used it. */
  readonly composeFile!: pulumi.Output<string | string[] | undefined>;
  /** The argument `images`, as the last create, update or refresh used it. */
  readonly images!: pulumi.Output<Record<string, string> | undefined>;
  /** The argument `profiles`, as the last create, update or refresh used it. */
  readonly profiles!: pulumi.Output<string[] | undefined>;
  /** The argument `inheritEnvironment`, as the last create, update or refresh used it. */
  readonly inheritEnvironment!: pulumi.Output<string[] | undefined>;
  /** The argument `envFiles`, as the last create, update or refresh used it. */
  readonly envFiles!: pulumi.Output<string[] | undefined>;
  /** The argument `composeRoot`, as the last create, update or refresh used it. */
  readonly composeRoot!: pulumi.Output<string | undefined>;
  /** The argument `localFiles`, as the last create, update or refresh used it. */
  readonly localFiles!: pulumi.Output<"inline" | "upload" | undefined>;
  /** The argument `fileName`, as the last create, update or refresh used it. */
  readonly fileName!: pulumi.Output<string | undefined>;
  /** The argument `enableS3Mount`, as the last create, update or refresh used it. */
  readonly enableS3Mount!: pulumi.Output<boolean | undefined>;
  /** The argument `userCallbackUrls`, as the last create, update or refresh used it. */
  readonly userCallbackUrls!: pulumi.Output<string[] | undefined>;
  /** The argument `waitFor`, as the last create, update or refresh used it. */
  readonly waitFor!: pulumi.Output<"accepted" | "running" | "completed" | undefined>;
  /** The argument `whenFailed`, as the last create, update or refresh used it. */
  readonly whenFailed!: pulumi.Output<"rerun" | "keep" | "fail" | undefined>;
  /** The argument `whenAborted`, as the last create, update or refresh used it. */
  readonly whenAborted!: pulumi.Output<"rerun" | "keep" | "fail" | undefined>;
  /** The argument `whenLost`, as the last create, update or refresh used it. */
  readonly whenLost!: pulumi.Output<"rerun" | "keep" | "fail" | undefined>;
  /** The argument `whenUnverified`, as the last create, update or refresh used it. */
  readonly whenUnverified!: pulumi.Output<"start" | "fail" | undefined>;
  /** The argument `runOnEveryUp`, as the last create, update or refresh used it. */
  readonly runOnEveryUp!: pulumi.Output<boolean | undefined>;
  /** The argument `retries`, as the last create, update or refresh used it. */
  readonly retries!: pulumi.Output<pulumi.Unwrap<ComposeExecutionRetries> | undefined>;
  /** The argument `rerunOnChanges`, as the last create, update or refresh used it. */
  readonly rerunOnChanges!: pulumi.Output<string[] | undefined>;
  /** The argument `existingExecutionId`, as the last create, update or refresh used it. */
  readonly existingExecutionId!: pulumi.Output<string | undefined>;
  /** The argument `adoptEndedWithin`, as the last create, update or refresh used it. */
  readonly adoptEndedWithin!: pulumi.Output<number | undefined>;
  /** The argument `onInterrupt`, as the last create, update or refresh used it. */
  readonly onInterrupt!: pulumi.Output<"leave" | "abort" | undefined>;
  /** The argument `progress`, as the last create, update or refresh used it. */
  readonly progress!: pulumi.Output<"status" | "output" | "none" | undefined>;
  /** The argument `report`, as the last create, update or refresh used it. */
  readonly report!: pulumi.Output<string | undefined>;
  /** The argument `secretResults`, as the last create, update or refresh used it. */
  readonly secretResults!: pulumi.Output<string[] | undefined>;
  /** The argument `failureOutput`, as the last create, update or refresh used it. */
  readonly failureOutput!: pulumi.Output<boolean | undefined>;
  /** The argument `clocks`, as the last create, update or refresh used it. */
  readonly clocks!: pulumi.Output<pulumi.Unwrap<ComposeExecutionClocks> | undefined>;
  /** The argument `diagnostics`, as the last create, update or refresh used it. */
  readonly diagnostics!: pulumi.Output<Record<string, "off" | "warning" | "error"> | undefined>;
}

/** The outputs of stored files, which the classes of both hosts have. */
export abstract class FilesResource extends pulumi.CustomResource {
  /** The folder in the bucket, with a slash at its end. */
  readonly prefix!: pulumi.Output<string>;
  /**
   * The path at which a service sees the folder, or the file if `source` is a file, in a run with `enableS3Mount:
   * true`. The path begins with the value of the setting `s3MountPath`.
   */
  readonly mountPath!: pulumi.Output<string>;
  /**
   * Digest of the paths and contents of all files. The digest does not depend on the times of the files, on the machine
   * or on `prefix`. If the `triggers` of an execution contain `hash`, a change of the files starts a new run.
   */
  readonly hash!: pulumi.Output<string>;
  /** How many files there are. */
  readonly fileCount!: pulumi.Output<number>;
  /** The size of all files together. */
  readonly bytes!: pulumi.Output<number>;
  /** The argument `source`, as the last create or update used it. */
  readonly source!: pulumi.Output<string | undefined>;
  /** The argument `exclude`, as the last create or update used it. */
  readonly exclude!: pulumi.Output<string[] | undefined>;
  /** The argument `onDelete`, which the deletion uses. */
  readonly onDelete!: pulumi.Output<"delete" | "leave" | undefined>;
}
