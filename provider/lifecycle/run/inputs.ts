import { type ComposeMapping, type SeverityChoice, UNKNOWN_MARKER } from "../../../compose";
import type { ObservedFiles } from "../../../compose/project";
import { COMPOSE_CATALOGUE } from "../../compose-rules";
import { type CheckFailure, failureAt, isMap, type ParsedArguments, type Properties } from "../../schema";
import { keyedDigest } from "../../secrets";

/** What "done" means for a run. */
export type WaitFor = ParsedArguments["waitFor"];

/** What deleting the resource does to a run that has not ended. */
export type OnDelete = ParsedArguments["onDelete"];

/** Deadlines in seconds; an absent one takes its default. */
export type Clocks = ParsedArguments["clocks"];

/** Operations that the resource option `customTimeouts` knows. */
export const TIMED_OPERATIONS = ["create", "update", "delete"] as const;

/** The resource option `customTimeouts`, in seconds. */
export type CustomTimeouts = { readonly [Operation in (typeof TIMED_OPERATIONS)[number]]?: number };

/** The inputs of an execution after check: complete, typed, defaults written in. Secrets are in clear. */
export interface ExecutionInputs extends ParsedArguments {
  readonly urn: string;
  /** The stack's random secret (the scope); keys and digests are made under it. */
  readonly scope: string;
  /** The text that is sent. Of a project it is there only once it is about to be started; absent when a run is adopted by id. */
  readonly composeText?: string;
  /** What is recorded of the project that `composeFile` names. */
  readonly project?: ProjectInputs;
  /** Secret values of the project's files, once its text is there. */
  readonly projectSecrets?: readonly string[];
  /** Values of the variables that are secret. */
  readonly secretVariables: readonly string[];
  readonly customTimeouts: CustomTimeouts;
  /** The resource option `replaceOnChanges`: inputs, by name or path or `*`, whose change starts a new run. */
  readonly replaceOnChanges?: readonly string[];
  /** Names of inputs that the program marked secret: the provider gets their values unwrapped. */
  readonly secretInputs: readonly string[];
}

/** Whether a value is absent, or not known yet as a whole: a list or a map with an unknown inside is not. */
export function isNotKnown(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && containsUnknown(value));
}

/** Whether an unknown hides anywhere inside a value. */
export function containsUnknown(value: unknown): boolean {
  if (typeof value === "string") return value.includes(UNKNOWN_MARKER);
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (value !== null && typeof value === "object") return Object.values(value).some(containsUnknown);
  return false;
}

/**
 * The inputs of a resource as a host hands them over, unchecked, and gets them back from check. Secrets are in clear. What is not known
 * yet at preview holds the marker for unknown text.
 */
export interface ResourceInputs {
  /** URN of the resource in the program; empty where the host does not know it. */
  readonly urn: string;
  /** The arguments by name, and the canonical model of a compose project (`compose`). */
  readonly values: Properties;
  /** The stack's random secret. */
  readonly scope?: unknown;
  /** Names of arguments that are secret; of `variables` each by itself (`variables.PASSWORD`). */
  readonly secrets?: unknown;
  /** The resource option `customTimeouts`, in seconds. */
  readonly timeouts?: unknown;
  /** The resource option `replaceOnChanges`. */
  readonly replaceOnChanges?: unknown;
  /** Names of arguments whose value is a default. Made by check. */
  readonly defaults?: unknown;
  /** Digests of a compose project. Made by check. */
  readonly projectRecord?: unknown;
  /** The folder that the program runs in, and the environment that it passes on. Never recorded. */
  readonly program?: unknown;
}

/** No inputs, as of a resource that is not recorded. */
export const NO_INPUTS: ResourceInputs = { urn: "", values: {} };

/** A resource as it is recorded. */
export interface RecordedState {
  /** Id of the run. */
  readonly id: string;
  /** URN that the resource had when it was recorded; empty where the state does not say. */
  readonly urn: string;
  /** The recorded outputs by name. */
  readonly properties: Properties;
}

/** What state holds of a compose project beside its model: digests made under the stack's secret. */
interface ProjectRecord {
  /** Of what the whole means: that of a text that means the same. */
  readonly digest: string;
  /** Of variables, profiles and inherited values. */
  readonly settings: string;
  /** What stood at each path that was asked for. */
  readonly files: ObservedFiles;
}

/** A compose project as checked inputs hold it. */
export interface ProjectInputs {
  readonly record: ProjectRecord;
  /** The canonical model, its secrets masked. */
  readonly model: ComposeMapping;
}

/** The input that a preview shows and compares: the canonical model. */
export const MODEL_INPUT = "compose";

/** Arguments that decide what a project says, beside variables and profiles, which the record holds itself. */
export const PROJECT_ARGUMENTS = ["composeFile", "composeRoot", "envFiles", "localFiles", "diagnostics"];

/** What check makes of a project, as far as it is known. */
export interface MadeProject {
  readonly model?: unknown;
  readonly record?: unknown;
}

/** Reads a recorded project back; `undefined` where there is none, or not all of it is known. */
export function parseProject({ values, projectRecord: record }: ResourceInputs): ProjectInputs | undefined {
  const model = values[MODEL_INPUT];
  if (!isMap(model) || !isMap(record) || !isMap(record.files)) return undefined;
  const { digest, settings, files } = record;
  if (typeof digest !== "string" || typeof settings !== "string") return undefined;
  return { record: { digest, settings, files: files as ObservedFiles }, model: model as ComposeMapping };
}

/** Digest of a secret leaf: says whether it is the same secret at the same place. */
export function leafDigest(scope: string): (place: string, value: string) => string | undefined {
  return (place, value) => (scope === "" ? undefined : keyedDigest(scope, ["leaf", place, value], 12));
}

/** Digest of a file's content. */
export function contentDigest(scope: string): (hash: string) => string {
  return (hash) => keyedDigest(scope, ["file", hash]);
}

/** The severities that `diagnostics` chooses, as far as they are known. */
export function choicesIn(diagnostics: unknown): Readonly<Record<string, SeverityChoice>> {
  if (!isMap(diagnostics)) return {};
  return Object.fromEntries(
    Object.entries(diagnostics).filter((entry): entry is [string, SeverityChoice] => isChoice(entry[1])),
  );
}

function isChoice(value: unknown): value is SeverityChoice {
  return value === "off" || value === "warning" || value === "error";
}

/** Errors of `diagnostics`: a misspelt code would silently change nothing. */
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
