import { artifactSources } from "./compound/artifacts";
import { clocks } from "./compound/clocks";
import { retries } from "./compound/retries";
import type { InputRow } from "./rows";
import { anySeconds, existingRunId, flag, names, source, text, wordOf } from "./value-types";

/** What the next `up` does with a run that missed its desired state. */
const policy = wordOf({
  rerun: "A new run starts.",
  keep: "The run is kept, with a warning.",
  fail: "The command stops with an error.",
});

/** The arguments that decide how the provider handles a run, from its start to its deletion. See {@link INPUTS}. */
export const HANDLING_INPUTS = {
  waitFor: {
    type: wordOf({
      accepted: "The service has accepted the run.",
      running: "The run is running, or has already completed.",
      completed: "The run has completed with success.",
    }),
    role: "policy",
    default: "running",
    defaultWords: "`running`: a run that fails later does not fail the `up`",
    doc: "The state that the run must reach before the create or update is done. With each value, the `up` fails if the run fails during the wait.",
    example: 'waitFor: "completed"',
  },
  whenFailed: {
    type: policy,
    role: "policy",
    defaultWords: '`rerun` with `waitFor: "completed"`, else `keep`',
    doc: "What the next `up` does after a run failed.",
    example: 'waitFor: "completed", whenFailed: "keep"',
  },
  whenAborted: {
    type: policy,
    role: "policy",
    defaultWords: "the default of `whenFailed`",
    doc: "What the next `up` does after somebody else aborted or cancelled the run.",
    example: 'waitFor: "completed", whenAborted: "fail"',
  },
  whenLost: {
    type: policy,
    role: "policy",
    defaultWords: "`fail`: a wrong API key must not start all runs again",
    doc: "What the next `up` does if Lyceum answers 404 for a run and has not reported its end.",
    example: 'whenLost: "rerun"',
  },
  whenUnverified: {
    type: wordOf({
      start: "The run starts, with a warning (LYC3015).",
      fail: "The command stops before anything starts (LYC3016).",
    }),
    role: "command",
    defaultWords: "the stack's `lyceum:whenUnverified`, then `start`",
    doc: "What happens if the provider cannot look up all earlier runs of the resource before a start, because Lyceum refuses the list or the history of runs, or returns entries that the provider cannot read.",
    example: 'whenUnverified: "fail"',
  },
  runOnEveryUp: {
    type: flag,
    role: "policy",
    default: false,
    doc: "Whether every `up` starts a new run, if the last run has reached `waitFor`, or is kept after a failure or an abort. A run that was adopted by its id stays.",
    example: "runOnEveryUp: true",
  },
  retries: {
    type: retries,
    role: "command",
    defaultWords: "none: the `up` fails when the run fails",
    doc: 'How often the provider starts another run within the same `up`, and after which failures. Each attempt is a separate run, and is billed. Before each attempt, the provider looks for earlier runs of the resource, as before any start. After an abort or a cancellation, no other run starts. Only a create or a replacement retries, and only after a failure during its wait. So `retries` has no effect with `waitFor: "accepted"`. The output `retriedExecutionIds` has the ids of the failed runs.',
    example: 'waitFor: "completed", retries: { attempts: 3, on: ["system_failure", "timeout"] }',
  },
  rerunOnChanges: {
    type: names,
    role: "policy",
    whenAbsent: [],
    plain: true,
    defaultWords: "none",
    doc: "Names of arguments, such as `timeout`, whose change alone starts no run. If a named argument changes, a new run starts. `*` names all such arguments. `onDelete`, `deleteRecord` and `artifacts` cannot be named. In programs for Node.js, the resource option `replaceOnChanges` does the same.",
    example: 'rerunOnChanges: ["timeout", "registryCredentials"]',
  },
  existingExecutionId: {
    type: existingRunId,
    role: "identity",
    doc: "Id of an existing run that the resource manages (adopts) instead of starting one. `onDelete` then defaults to `leave`.",
    example: 'existingExecutionId: "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90"',
  },
  adoptEndedWithin: {
    type: anySeconds,
    role: "command",
    default: 3600,
    doc: "If a run of an interrupted command has ended at most this many seconds ago, the provider adopts the run. If the run ended earlier, the provider starts a new run.",
    example: "adoptEndedWithin: 600",
  },
  onDelete: {
    type: wordOf({ abort: "The run is aborted, with its grace period.", leave: "The run continues." }),
    role: "end",
    whenAbsent: "abort",
    defaultWords: "`abort`; `leave` with `existingExecutionId`",
    doc: "What deleting the resource does to an active run.",
    example: 'onDelete: "leave"',
  },
  onInterrupt: {
    type: wordOf({
      leave: "The run continues.",
      abort: 'The run is aborted, with its grace period. With `onDelete: "leave"`, the run continues.',
    }),
    role: "command",
    whenAbsent: "leave",
    doc: "What happens to a run if the command is interrupted while it waits for the run, for example by a first ^C or by the end of a pipeline's job. With both values, the state records the id of the run. After an abort, `whenAborted` decides what the next `up` does. Pulumi notifies only the plugin of an interruption. With the dynamic provider, the run continues.",
    example: 'onInterrupt: "abort"',
  },
  progress: {
    type: wordOf({
      status: "The status of the run, and its time.",
      output: "In addition, the latest line of its output.",
      none: "Nothing.",
    }),
    role: "command",
    whenAbsent: "status",
    doc: "What the resource's row in Pulumi's output shows while the command waits for the run. Without a terminal, Pulumi prints a line for each change of status.",
    example: 'progress: "output"',
  },
  report: {
    type: text,
    role: "command",
    plain: true,
    defaultWords: "none",
    doc: "A file for a report about the run, relative to the program's directory. The report is a page of HTML, or Markdown if the name ends in `.md`. The report shows status, timeline, errors, measurements, cost and the last lines of output. Known secrets are masked. The provider writes the file when a create or update ends, even with an error. If the file cannot be written, a warning appears.",
    example: 'report: "reports/train.html"',
  },
  secretResults: {
    type: names,
    role: "command",
    whenAbsent: [],
    plain: true,
    doc: "Names of results that are secret. If one is named, the whole output `results` is secret. Results that are recorded in plaintext become secret at the next refresh.",
    example: 'secretResults: ["password"]',
  },
  artifacts: {
    type: artifactSources,
    role: "end",
    defaultWords: "none",
    doc: 'Files that the run leaves in the account\'s bucket, as a map from names to paths in the bucket. The run sees these paths below the setting `s3MountPath`. With `localFiles: "upload"`, a path that begins with `./`, such as `./out/model.pt`, is a path of the project, in a folder that a service mounts and may write into. Once the run has completed, the output `artifacts` has the key, size, ETag and time of each file. If a file is missing, the `up` fails (LYC3026). Needs `enableS3Mount: true` or `localFiles: "upload"`. A deletion or replacement keeps a file, unless its entry is `{path, onDelete: "delete"}`. A change of `artifacts` starts no run.',
    example: 'enableS3Mount: true, artifacts: { model: "out/model.pt", metrics: "out/metrics.json" }',
  },
  deleteRecord: {
    type: flag,
    role: "end",
    default: false,
    doc: "Whether deleting also removes the run's record at Lyceum, once Lyceum reports that the run has ended.",
    example: "deleteRecord: true",
  },
  failureOutput: {
    type: flag,
    role: "command",
    default: true,
    doc: "Whether a failure shows the last lines of the run's output. Pulumi stores these lines unencrypted.",
    example: "failureOutput: false",
  },
  clocks: {
    type: clocks,
    role: "command",
    whenAbsent: {},
    doc: "Time limits for waiting, in seconds.",
    example: "clocks: { queue: 3600, delete: 120 }",
  },
  diagnostics: {
    type: source('Record<string, pulumi.Input<"off" | "warning" | "error">>', "map of codes to severities", {
      values: { type: "string" },
    }),
    role: "check",
    doc: 'Another severity for diagnostics of the Compose document, by [their codes](docs/reference/diagnostics.md), such as `{LYC2301: "off"}`. `error` stops a preview or `up`. `warning` shows the diagnostic on the resource\'s row. `off` hides it. LYC20xx and LYC25xx cannot be changed. A change starts no run.',
    example: 'diagnostics: { LYC2401: "off" }',
  },
} as const satisfies Readonly<Record<string, InputRow>>;
