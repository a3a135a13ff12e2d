import { artifacts, declaredArtifacts } from "./compound/artifacts";
import { type IdentityValues, parseIdentity } from "./derive-inputs";
import type { OutputRow } from "./rows";
import { anyMap, integer, mark, names, number, numberMap, oneOf, text, type ValueOf } from "./value-types";

/**
 * Every output of a ComposeExecution, except those in `ARGUMENT_OUTPUTS`. The outputs never contain the Compose text.
 * Digests stand for arguments that may be secret, and are made with a secret key.
 */
export const OUTPUTS = {
  executionId: { type: text, fallback: "", public: true, apiField: "execution_id", doc: "Id of the run." },
  status: {
    type: text,
    fallback: "unknown",
    public: true,
    apiField: "status",
    doc: "Status as Lyceum last reported it.",
  },
  returnCode: {
    type: integer,
    public: true,
    apiField: "return_code",
    doc: "Exit code, once the run has ended and Lyceum reports one.",
  },
  streamingUrl: {
    type: text,
    public: true,
    secret: true,
    apiField: "streaming_url",
    doc: "URL of the run's server-sent events. Secret: it gives access to the output.",
  },
  createdAt: { type: text, public: true, apiField: "created_at", doc: "When the run was created, ISO 8601." },
  startedAt: { type: text, public: true, apiField: "start_time", doc: "When the run started, ISO 8601." },
  endedAt: { type: text, public: true, apiField: "end_time", doc: "When the run ended, ISO 8601." },
  durationSeconds: {
    type: number,
    public: true,
    doc: "Seconds from the start of the run to its end, once Lyceum reports both.",
  },
  failedService: {
    type: text,
    public: true,
    doc: "The service that failed first, if an error of the run names it.",
  },
  services: {
    type: numberMap,
    public: true,
    doc: "Exit codes by service, for the services that an error of the run names.",
  },
  cost: {
    type: number,
    public: true,
    apiField: "billed",
    doc: "What the run has cost, if Lyceum reports it when the run ends.",
  },
  results: {
    type: anyMap,
    public: true,
    doc: 'Values that the run has printed as results, by name ([results](docs/guides/runs.md#results-from-a-run-into-the-program)). They are set when a run with `waitFor: "completed"` has completed. Secret if `secretResults` names a result.',
  },
  artifacts: {
    type: artifacts,
    public: true,
    doc: "The files that the argument `artifacts` names, by name. A file is recorded once the run has completed and the bucket has shown the file.",
  },
  composeDigest: {
    type: text,
    fallback: "",
    public: true,
    doc: "Digest of the Compose document's meaning, keyed with a secret of the stack. Empty for a run that was adopted without a document.",
  },
  triggersDigest: { type: text, fallback: "", doc: "Keyed digest of `triggers`." },
  scopeTag: {
    type: text,
    fallback: "",
    doc: "Identifies the scope whose secret made the digests. Only digests of the same scope can be compared.",
  },
  timeout: {
    type: integer,
    public: true,
    doc: "The argument `timeout` in seconds, as sent with the start. Absent for a run that was adopted by its id, because the value is not known.",
  },
  gracefulTimeout: {
    type: integer,
    public: true,
    doc: "The argument `gracefulTimeout` in seconds, as sent with the start. The deletion of the resource uses it.",
  },
  executionType: {
    type: text,
    fallback: "",
    public: true,
    apiField: "execution_type",
    doc: "The machine, as sent with the start.",
  },
  attempt: {
    type: integer,
    fallback: 1,
    public: true,
    doc: "The number of the run among the runs that this resource has started, from 1.",
  },
  retriedExecutionIds: {
    type: { ...names, words: "list of ids" },
    public: true,
    doc: "Ids of the failed runs that this run replaced within one `up`, because of `retries`. The oldest comes first.",
  },
  filesPrefix: {
    type: text,
    public: true,
    doc: 'With `localFiles: "upload"`, the folder of the bucket with the files of mounts that the services of the run may write into.',
  },
  job: {
    type: text,
    public: true,
    doc: "The argument `job`, if services run next to the job. The end of the job decides how the run has ended.",
  },
  jobEnded: {
    type: mark,
    doc: "The job of the run has ended, and so has the run. `status` and `returnCode` are those of the job.",
  },
  adopted: { type: mark, doc: "Adopted by its id (`existingExecutionId`): the provider does not start it again." },
  startKey: {
    type: text,
    fallback: "",
    doc: "The start key in front of the run's `file_name`. Empty for a run adopted by id.",
  },
  baseUrl: {
    type: text,
    fallback: "",
    doc: "The base URL where the run exists. A provider with another base URL or organization never changes the run.",
  },
  organisation: { type: text, doc: "The organization's slug, where it is known." },
  onDelete: {
    type: oneOf("abort", "leave"),
    fallback: "abort",
    public: true,
    doc: "The argument `onDelete`, which the deletion uses.",
  },
  declaredArtifacts: {
    type: declaredArtifacts,
    doc: "The argument `artifacts`, as keys in the bucket, for a refresh and for the deletion.",
  },
  deleteRecord: {
    type: mark,
    public: true,
    doc: "True if deleting also removes the record of the run at Lyceum. Otherwise absent.",
  },
  deleteClock: { type: number, doc: "Seconds from the abort to the proven end, when set by the user." },
  queueClock: { type: number, doc: "Seconds until the status is `running`, when set by the user." },
  requestedAt: {
    type: text,
    doc: "When Lyceum answered the start, or the provider adopted the run, by this machine's clock, ISO 8601.",
  },
  missing: {
    type: oneOf("forgotten", "lost"),
    doc: "Set if the service answers 404. `forgotten`: Lyceum had reported the end, or the time limits of the run have passed. `lost`: neither.",
  },
  awaitsStart: {
    type: mark,
    doc: "The run was aborted for a replacement that was not started. The next `up` starts the replacement.",
  },
  abortSent: {
    type: mark,
    doc: "The command that waited for the run was cancelled, and aborted the run because of `onInterrupt`. So nobody else ended it.",
  },
  endUnread: {
    type: mark,
    doc: "The record could not be read when the run ended, or did not show the end yet. The next `up` or refresh reads it.",
  },
  resourceUrn: {
    type: text,
    fallback: "",
    doc: "URN of the resource, for reports while it is deleted.",
  },
} as const satisfies Readonly<Record<string, OutputRow>>;

type Outputs = typeof OUTPUTS;

/** The name of an output in {@link OUTPUTS}. */
export type OutputName = keyof Outputs;

type AlwaysThere = {
  [Name in OutputName]: Outputs[Name] extends { readonly fallback: unknown } ? Name : never;
}[OutputName];

/** The recorded outputs of a run. */
export type RecordedOutputs = { readonly [Name in AlwaysThere]: ValueOf<Outputs[Name]> } & {
  readonly [Name in Exclude<OutputName, AlwaysThere>]?: ValueOf<Outputs[Name]>;
} & IdentityValues;

const NAMES = Object.keys(OUTPUTS) as readonly OutputName[];

/** Returns the table row of an output. */
export function outputRow(name: OutputName): OutputRow {
  return OUTPUTS[name];
}

/** The outputs in {@link OUTPUTS} that are properties of the resource class. */
export const PUBLIC_OUTPUTS = NAMES.filter((name) => outputRow(name).public === true);

/** The outputs that are always secret. */
export const SECRET_OUTPUTS: readonly string[] = NAMES.filter((name) => outputRow(name).secret === true);

/** Whether the argument `secretResults` marks the output `results` as secret. */
export function namesSecretResults(secretResults: unknown): boolean {
  return Array.isArray(secretResults) && secretResults.length > 0;
}

/** Whether {@link OUTPUTS} has an output with this name. */
export function isOutput(name: string): name is OutputName {
  return Object.hasOwn(OUTPUTS, name);
}

/** Reads recorded outputs. A field that an older or damaged state does not have gets the fallback of its row. */
export function parseRecorded(state: Readonly<Record<string, unknown>>): RecordedOutputs {
  const parsed: Record<string, unknown> = {};
  for (const name of NAMES) {
    const { type, fallback } = outputRow(name);
    const value = type.parse(state[name]) ?? fallback;
    if (value !== undefined) parsed[name] = value;
  }
  return { ...parsed, ...parseIdentity(state) } as RecordedOutputs;
}
