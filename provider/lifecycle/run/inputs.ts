import { type ComposeMapping, type SeverityChoice, UNKNOWN_MARKER } from "../../../compose";
import type { ObservedFiles } from "../../../compose/node";
import { COMPOSE_CATALOGUE } from "../../compose-rules";
import { type CheckFailure, failureAt, isMap, type ParsedArguments, type Properties } from "../../schema";
import { keyedDigest } from "../../secrets";
import { parseMounts, type UploadedMount } from "./mounts";
import type { PreparedMount } from "./uploads";

/** The status that a run has to reach before a create or update succeeds. */
export type WaitFor = ParsedArguments["waitFor"];

/** What the deletion of the resource does with an active run. */
export type OnDelete = ParsedArguments["onDelete"];

/** Time limits in seconds. An absent limit has its default. */
export type Clocks = ParsedArguments["clocks"];

/** Operations whose time the resource option `customTimeouts` can limit. */
export const TIMED_OPERATIONS = ["create", "update", "delete"] as const;

/** The resource option `customTimeouts`, in seconds. */
export type CustomTimeouts = { readonly [Operation in (typeof TIMED_OPERATIONS)[number]]?: number };

/** The inputs of an execution after check: typed, with defaults, and with secrets in plaintext. */
export interface ExecutionInputs extends ParsedArguments {
  readonly urn: string;
  /** The stack's random secret (the scope), with which start keys and digests are made. */
  readonly scope: string;
  /**
   * The Compose text to send. The text of a project is added before a start. Absent for a run that is adopted by its
   * id.
   */
  readonly composeText?: string;
  /** The Compose project that `composeFile` names, as the checked inputs contain it. */
  readonly project?: ProjectInputs;
  /** The mounts whose local files a start stores in the bucket. Absent if there are none. */
  readonly uploads?: readonly PreparedMount[];
  /** Secret values in the project's files. Added with the text of the project. */
  readonly projectSecrets?: readonly string[];
  /** The secret values in the inputs `variables` and `images`. */
  readonly secretVariables: readonly string[];
  readonly customTimeouts: CustomTimeouts;
  /**
   * The entries of `replaceOnChanges` and `rerunOnChanges`. Each is the name of an input, a path into an input, or `*`.
   * A change of such an input starts a new run.
   */
  readonly replaceOnChanges?: readonly string[];
  /** Names of inputs that the program marked as secret. The provider receives the values without these marks. */
  readonly secretInputs: readonly string[];
}

/**
 * Whether a value is absent or unknown. A text is unknown even if only a part of it is unknown. A list or a map is
 * known, even if it contains unknown values.
 */
export function isNotKnown(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && containsUnknown(value));
}

/** Whether a value is unknown or contains an unknown value at any depth. */
export function containsUnknown(value: unknown): boolean {
  if (typeof value === "string") return value.includes(UNKNOWN_MARKER);
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (value !== null && typeof value === "object") return Object.values(value).some(containsUnknown);
  return false;
}

/**
 * The inputs of a resource before the check, as the plugin or the dynamic provider passes them. They contain secrets in
 * plaintext. A value that a preview does not know is replaced by a marker.
 */
export interface ResourceInputs {
  /** The URN of the resource in the program. Empty if the host does not know it. */
  readonly urn: string;
  /** The arguments by name, and the canonical model of a Compose project under the name `compose`. */
  readonly values: Properties;
  /** The stack's random secret. */
  readonly scope?: unknown;
  /** Names of secret arguments. A secret variable has a name such as `variables.PASSWORD`. */
  readonly secrets?: unknown;
  /** The resource option `customTimeouts`, in seconds. */
  readonly timeouts?: unknown;
  /** The resource option `replaceOnChanges`. */
  readonly replaceOnChanges?: unknown;
  /** Names of arguments whose values are defaults. Check adds these names. */
  readonly defaults?: unknown;
  /** Digests of a Compose project. Check adds these digests. */
  readonly projectRecord?: unknown;
  /** The program's working folder and environment variables. The state never contains them. */
  readonly program?: unknown;
}

/** The old inputs of a check that receives none, because the resource is new or is replaced. */
export const NO_INPUTS: ResourceInputs = { urn: "", values: {} };

/** A resource as the state records it. */
export interface RecordedState {
  /** The id of the run, or a placeholder for a start that got no clear answer. */
  readonly id: string;
  /** The URN of the resource when it was recorded. Empty if the state has no URN. */
  readonly urn: string;
  /** The recorded outputs by name. */
  readonly properties: Properties;
}

/** Digests of a Compose project, made with the stack's secret. The state records them and the project's model. */
interface ProjectRecord {
  /** The digest of the project's canonical model. */
  readonly digest: string;
  /** The digest of variables, inherited variables, profiles and images. */
  readonly settings: string;
  /** For each path that was read, a digest of the content, or a word such as `missing`. */
  readonly files: ObservedFiles;
  /** The mounts whose files are stored in the bucket (`localFiles: "upload"`). Absent if there are none. */
  readonly mounts?: readonly UploadedMount[];
}

/** A Compose project in checked inputs. */
export interface ProjectInputs {
  readonly record: ProjectRecord;
  /** The canonical model with masked secrets. */
  readonly model: ComposeMapping;
}

/** Name of the input that has the canonical model of a project. A preview shows and compares this input. */
export const MODEL_INPUT = "compose";

/**
 * Arguments that select the content of a project. If one of them has changed, check makes the project again. Variables,
 * images and profiles are not in this list, because the digest `settings` of the project record shows their changes.
 */
export const PROJECT_ARGUMENTS = ["composeFile", "composeRoot", "envFiles", "localFiles", "job", "diagnostics"];

/**
 * The model and the record that check has made from the files of a project. A value is absent if check could not make
 * it, because inputs are unknown.
 */
export interface MadeProject {
  readonly model?: unknown;
  readonly record?: unknown;
}

/**
 * Returns the project that check has added to inputs. `undefined` if there is no project, or if a part of the project
 * is unknown.
 */
export function parseProject({ values, projectRecord: record }: ResourceInputs): ProjectInputs | undefined {
  const model = values[MODEL_INPUT];
  if (!isMap(model) || !isMap(record) || !isMap(record.files)) return undefined;
  const { digest, settings, files } = record;
  if (typeof digest !== "string" || typeof settings !== "string") return undefined;
  const mounts = parseMounts(record.mounts);
  return {
    record: { digest, settings, files: files as ObservedFiles, ...(mounts.length === 0 ? {} : { mounts }) },
    model: model as ComposeMapping,
  };
}

/**
 * Returns a function that makes digests of secret values. The same secret has different digests at different paths in a
 * model.
 */
export function leafDigest(scope: string): (place: string, value: string) => string | undefined {
  return (place, value) => (scope === "" ? undefined : keyedDigest(scope, ["leaf", place, value], 12));
}

/** Returns a function that makes a digest with the key `scope` from the hash of a file's content. */
export function contentDigest(scope: string): (hash: string) => string {
  return (hash) => keyedDigest(scope, ["file", hash]);
}

/** Returns the severities in the argument `diagnostics`. Leaves out values that are not valid severities. */
export function choicesIn(diagnostics: unknown): Readonly<Record<string, SeverityChoice>> {
  if (!isMap(diagnostics)) return {};
  return Object.fromEntries(
    Object.entries(diagnostics).filter((entry): entry is [string, SeverityChoice] => isChoice(entry[1])),
  );
}

function isChoice(value: unknown): value is SeverityChoice {
  return value === "off" || value === "warning" || value === "error";
}

/** Returns the errors of the argument `diagnostics`. Without these errors, nobody would notice a misspelt code. */
export function diagnosticsFailures(diagnostics: unknown): CheckFailure[] {
  if (isNotKnown(diagnostics)) return [];
  if (!isMap(diagnostics)) {
    const reason = 'diagnostics must be a map of codes to "off", "warning" or "error", such as {LYC2301: "warning"}';
    return [{ property: "diagnostics", reason }];
  }
  return Object.entries(diagnostics).flatMap(([code, choice]) => {
    const failure = (message: string) => [failureAt(`diagnostics.${code}`, message)];
    if (/^LYC20\d\d$/.test(code)) return failure("cannot be chosen: such a text cannot be read");
    if (/^LYC25\d\d$/.test(code)) return failure("cannot be chosen: such a project cannot be made into one text");
    if (!Object.hasOwn(COMPOSE_CATALOGUE, code))
      return failure("is not a diagnostic code of a compose document (docs/reference/diagnostics.md lists them)");
    return containsUnknown(choice) || isChoice(choice) ? [] : failure('must be "off", "warning" or "error"');
  });
}
