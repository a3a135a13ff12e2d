import { type ComposeMapping, type SeverityChoice, UNKNOWN_MARKER } from "../../../compose";
import type { ObservedFiles } from "../../../compose/project";
import { COMPOSE_CATALOGUE } from "../../compose-rules";
import { type CheckFailure, failureAt, isMap, type ParsedArguments, type Properties } from "../../schema";
import { keyedDigest } from "../../secrets";

/** The status that a run has to reach before a create or update is done. */
export type WaitFor = ParsedArguments["waitFor"];

/** The effect of deleting the resource on a run that has not ended. */
export type OnDelete = ParsedArguments["onDelete"];

/** Time limits in seconds; an absent one has its default. */
export type Clocks = ParsedArguments["clocks"];

/** Operations that the resource option `customTimeouts` knows. */
export const TIMED_OPERATIONS = ["create", "update", "delete"] as const;

/** The resource option `customTimeouts`, in seconds. */
export type CustomTimeouts = { readonly [Operation in (typeof TIMED_OPERATIONS)[number]]?: number };

/** The inputs of an execution after check: complete, typed, with defaults. Secrets are not masked here. */
export interface ExecutionInputs extends ParsedArguments {
  readonly urn: string;
  /** The stack's random secret (the scope), with which keys and digests are made. */
  readonly scope: string;
  /**
   * The Compose text to send. A project has no text until shortly before a start. Absent if the run is adopted by its
   * id.
   */
  readonly composeText?: string;
  /** What the state records of the project that `composeFile` names. */
  readonly project?: ProjectInputs;
  /** Secret values in the project's files, once the project has a text. */
  readonly projectSecrets?: readonly string[];
  /** Values of the variables that are secret. */
  readonly secretVariables: readonly string[];
  readonly customTimeouts: CustomTimeouts;
  /** The resource option `replaceOnChanges`: names or paths of inputs, or `*`. A change of them starts a new run. */
  readonly replaceOnChanges?: readonly string[];
  /** Names of inputs that the program marked as secret. The provider receives their values without the mark. */
  readonly secretInputs: readonly string[];
}

/** Whether a value is absent or completely unknown. A list or map with an unknown part is neither. */
export function isNotKnown(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && containsUnknown(value));
}

/** Whether a value contains an unknown at any depth. */
export function containsUnknown(value: unknown): boolean {
  if (typeof value === "string") return value.includes(UNKNOWN_MARKER);
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (value !== null && typeof value === "object") return Object.values(value).some(containsUnknown);
  return false;
}

/**
 * The unchecked inputs of a resource. A host passes them to check, and check returns them. They contain secrets in
 * plaintext, and a marker for each value that a preview does not know.
 */
export interface ResourceInputs {
  /** URN of the resource in the program. Empty if the host does not know it. */
  readonly urn: string;
  /** The arguments by name, and the canonical model of a Compose project (`compose`). */
  readonly values: Properties;
  /** The stack's random secret. */
  readonly scope?: unknown;
  /** Names of secret arguments. A secret of `variables` has its own name (`variables.PASSWORD`). */
  readonly secrets?: unknown;
  /** The resource option `customTimeouts`, in seconds. */
  readonly timeouts?: unknown;
  /** The resource option `replaceOnChanges`. */
  readonly replaceOnChanges?: unknown;
  /** Names of arguments whose value is a default. Check sets it. */
  readonly defaults?: unknown;
  /** Digests of a Compose project. Check sets it. */
  readonly projectRecord?: unknown;
  /**
   * The program's working folder, and the environment variables that the program passes on. The state never contains
   * them.
   */
  readonly program?: unknown;
}

/** No inputs, for a resource that is not recorded. */
export const NO_INPUTS: ResourceInputs = { urn: "", values: {} };

/** A recorded resource. */
export interface RecordedState {
  /** Id of the run. */
  readonly id: string;
  /** URN of the resource when it was recorded. Empty if the state has none. */
  readonly urn: string;
  /** The recorded outputs by name. */
  readonly properties: Properties;
}

/**
 * What the state records of a Compose project in addition to its model: digests that are made with the stack's secret.
 */
interface ProjectRecord {
  /** Digest of the project's meaning. Texts that mean the same have the same digest. */
  readonly digest: string;
  /** Digest of variables, inherited values, profiles and images. */
  readonly settings: string;
  /** A digest of the content of each path that was read, or a word such as `missing`. */
  readonly files: ObservedFiles;
}

/** A Compose project in checked inputs. */
export interface ProjectInputs {
  readonly record: ProjectRecord;
  /** The canonical model with masked secrets. */
  readonly model: ComposeMapping;
}

/** The input that a preview shows and compares: the canonical model. */
export const MODEL_INPUT = "compose";

/**
 * Arguments that select the content of a project. Variables and profiles are not listed, because the record contains
 * them.
 */
export const PROJECT_ARGUMENTS = ["composeFile", "composeRoot", "envFiles", "localFiles", "diagnostics"];

/** The result of a check of a project, as far as the inputs are known. */
export interface MadeProject {
  readonly model?: unknown;
  readonly record?: unknown;
}

/** Reads a recorded project. `undefined` if there is none, or if a part of it is unknown. */
export function parseProject({ values, projectRecord: record }: ResourceInputs): ProjectInputs | undefined {
  const model = values[MODEL_INPUT];
  if (!isMap(model) || !isMap(record) || !isMap(record.files)) return undefined;
  const { digest, settings, files } = record;
  if (typeof digest !== "string" || typeof settings !== "string") return undefined;
  return { record: { digest, settings, files: files as ObservedFiles }, model: model as ComposeMapping };
}

/** Digest of a secret value. The same secret at the same location always has the same digest. */
export function leafDigest(scope: string): (place: string, value: string) => string | undefined {
  return (place, value) => (scope === "" ? undefined : keyedDigest(scope, ["leaf", place, value], 12));
}

/** Digest of a file's content. */
export function contentDigest(scope: string): (hash: string) => string {
  return (hash) => keyedDigest(scope, ["file", hash]);
}

/** The severities that the argument `diagnostics` sets, as far as they are known. */
export function choicesIn(diagnostics: unknown): Readonly<Record<string, SeverityChoice>> {
  if (!isMap(diagnostics)) return {};
  return Object.fromEntries(
    Object.entries(diagnostics).filter((entry): entry is [string, SeverityChoice] => isChoice(entry[1])),
  );
}

function isChoice(value: unknown): value is SeverityChoice {
  return value === "off" || value === "warning" || value === "error";
}

/**
 * Errors of the argument `diagnostics`. Without them, a misspelt code would have no effect, and nobody would notice.
 */
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
