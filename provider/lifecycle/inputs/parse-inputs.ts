import { compact } from "../../lyceum/json";
import {
  inputsOf,
  MAPS_OF_TEXTS,
  mapIn,
  type ParsedName,
  parseArguments,
  secretCredentials,
  textIn,
  valueTypeOf,
} from "../../schema";
import {
  type CustomTimeouts,
  containsUnknown,
  type ExecutionInputs,
  MODEL_INPUT,
  parseProject,
  type ResourceInputs,
} from "../run/inputs";
import { resolvedText } from "./resolved-text";
import { secretVariables, textsIn } from "./variables";

/** Converts checked inputs to typed inputs. An input that an older version did not record gets its default. */
export function parseInputs(news: ResourceInputs): ExecutionInputs {
  return {
    urn: news.urn,
    ...parseArguments(news.values),
    ...compact<Omit<ExecutionInputs, ParsedName | "urn">>({
      scope: textIn(news.scope) ?? "",
      // States of version 0.1.0 contain the text of a `composeFile` as `composeFileText`.
      composeText: textIn(news.values.composeFileText) ?? resolvedText(news),
      project: parseProject(news),
      secretVariables: secretVariables(news),
      customTimeouts: customTimeouts(news.timeouts),
      replaceOnChanges: namedForRerun(news),
      secretInputs: textsIn(news.secrets),
    }),
  };
}

/** Returns the names and paths in the resource option `replaceOnChanges` and in the argument `rerunOnChanges`. */
function namedForRerun({ replaceOnChanges, values }: ResourceInputs): string[] | undefined {
  const named = [...textsIn(replaceOnChanges), ...textsIn(values.rerunOnChanges)];
  return named.length === 0 ? undefined : named;
}

function customTimeouts(value: unknown): CustomTimeouts {
  return Object.fromEntries(Object.entries(mapIn(value)).filter(([, entry]) => typeof entry === "number"));
}

/**
 * Arguments with free text. If they are secret, their values are redacted. A fixed word such as `running` is not
 * redacted, because all messages would lack this word.
 */
const FREE_TEXT = inputsOf("identity", "nextRun", "policy", "command", "end").filter((name) =>
  ["text", "texts", "list"].includes(valueTypeOf(name)?.kind ?? ""),
);

/** Returns the secret values of checked inputs, for redaction. Leaves out values in the text of `composeFileCode`. */
export function secretValues(inputs: ExecutionInputs): string[] {
  const marked = FREE_TEXT.filter((name) => inputs.secretInputs.includes(name)).map((name) => inputs[name]);
  const fromProject = [...inputs.secretVariables, ...(inputs.projectSecrets ?? [])];
  const values = [inputs.scope, fromProject, secretCredentials(inputs.registryCredentials), marked];
  return stringsIn(values).filter((value) => value !== "");
}

/** Inputs that `uncheckedSecrets` does not read itself, because other functions find their secret values. */
const FOUND_OTHERWISE = ["composeFileCode", "registryCredentials", ...MAPS_OF_TEXTS];

/** Returns the secret values of unchecked inputs, except those in the Compose text. Leaves out unknown values. */
export function uncheckedSecrets(news: ResourceInputs): string[] {
  const marked = textsIn(news.secrets).filter((name) => !FOUND_OTHERWISE.includes(name));
  const credentials = secretCredentials(news.values.registryCredentials);
  const values = [news.scope, credentials, secretVariables(news), marked.map((name) => news.values[name])];
  return stringsIn(values).filter((value) => value !== "" && !containsUnknown(value));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(stringsIn) : [];
}

/**
 * Inputs whose change starts a new run only if `rerunOnChanges` or `replaceOnChanges` names them. `onDelete` is not in
 * this list, because a user may change it to keep a run active.
 */
export const SETTINGS = inputsOf("nextRun", "policy", "command").filter((name) => name !== "rerunOnChanges");

/**
 * Returns the settings that `replaceOnChanges` or `rerunOnChanges` contains: by name, by a path into them, or as `*`.
 * The provider handles `replaceOnChanges` itself, because the engine would replace even a run whose wait can be
 * resumed.
 */
export function settingsThatReplace(paths: readonly string[]): (typeof SETTINGS)[number][] {
  const roots = paths.map((path) => (path === "*" ? path : /^[A-Za-z]+/.exec(path)?.[0]));
  return SETTINGS.filter((name) => roots.includes("*") || roots.includes(name));
}

/** Returns the names of unknown inputs whose change starts a new run. Only a preview has unknown inputs. */
export function unknownStartInputs(news: ResourceInputs): string[] {
  const { values } = news;
  // If the program uses a Compose project, an unknown value counts only if it is part of the project's model. An
  // unknown variable that the project does not use has no effect.
  const variables = values.composeFileCode === undefined ? [MODEL_INPUT] : ["variables", "images", "profiles", "job"];
  return [
    "composeFileText",
    "composeFileCode",
    ...variables,
    ...inputsOf("identity"),
    ...settingsThatReplace(namedForRerun(news) ?? []),
  ].filter((name) => containsUnknown(values[name]));
}

/**
 * Returns the names of the unknown inputs that may change what a diff decides about a recorded run. Only a preview has
 * unknown inputs.
 */
export function unknownSettings({ values }: ResourceInputs): string[] {
  return inputsOf("nextRun", "policy", "end").filter((name) => containsUnknown(values[name]));
}
