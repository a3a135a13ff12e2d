import { compact } from "../../lyceum/answers/json";
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
import { resolvedText } from "./projects";
import { secretVariables, textsIn } from "./variables";

/** Types inputs that check has passed: whatever is missing (an input of an older version) takes its default. */
export function parseInputs(news: ResourceInputs): ExecutionInputs {
  return {
    urn: news.urn,
    ...parseArguments(news.values),
    ...compact<Omit<ExecutionInputs, ParsedName | "urn">>({
      scope: textIn(news.scope) ?? "",
      // `composeFileText` is how states of 0.1.0 hold the text of a file.
      composeText: textIn(news.values.composeFileText) ?? resolvedText(news),
      project: parseProject(news),
      secretVariables: secretVariables(news),
      customTimeouts: customTimeouts(news.timeouts),
      replaceOnChanges: news.replaceOnChanges === undefined ? undefined : textsIn(news.replaceOnChanges),
      secretInputs: textsIn(news.secrets),
    }),
  };
}

function customTimeouts(value: unknown): CustomTimeouts {
  return Object.fromEntries(Object.entries(mapIn(value)).filter(([, entry]) => typeof entry === "number"));
}

/** Arguments that hold free text: a secret one is redacted. A secret word such as `running` is not, since it hides nothing. */
const FREE_TEXT = inputsOf("identity", "nextRun", "policy", "command", "end").filter((name) =>
  ["text", "texts", "list"].includes(valueTypeOf(name)?.kind ?? ""),
);

/** Every secret value of the inputs, for redaction. */
export function secretValues(inputs: ExecutionInputs): string[] {
  const marked = FREE_TEXT.filter((name) => inputs.secretInputs.includes(name)).map((name) => inputs[name]);
  const fromProject = [...inputs.secretVariables, ...(inputs.projectSecrets ?? [])];
  const values = [inputs.scope, fromProject, secretCredentials(inputs.registryCredentials), marked];
  return stringsIn(values).filter((value) => value !== "");
}

/** Inputs whose secrets are found by functions of their own. */
const FOUND_OTHERWISE = ["composeFileCode", "registryCredentials", ...MAPS_OF_TEXTS];

/** Every secret value of inputs that nothing has checked yet, beside the compose text; what is not known yet is left out. */
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

/** Inputs whose change starts nothing by itself; not those of the end, whose change is meant to spare a run. */
const SETTINGS = inputsOf("nextRun", "policy", "command");

/**
 * Settings that the resource option `replaceOnChanges` names, by name, by a path into them or by `*`. It is not left
 * to the engine, which would replace a run whose wait has ended too early in place of resuming it.
 */
export function settingsThatReplace(paths: readonly string[]): (typeof SETTINGS)[number][] {
  const roots = paths.map((path) => (path === "*" ? path : /^[A-Za-z]+/.exec(path)?.[0]));
  return SETTINGS.filter((name) => roots.includes("*") || roots.includes(name));
}

/** Which inputs that call for a new run are not known yet (preview only). */
export function unknownStartInputs({ values, replaceOnChanges }: ResourceInputs): string[] {
  // Of a project it counts what is in it: a variable that it does not use decides nothing.
  const variables = values.composeFileCode === undefined ? [MODEL_INPUT] : ["variables", "images", "profiles"];
  return [
    "composeFileText",
    "composeFileCode",
    ...variables,
    ...inputsOf("identity"),
    ...settingsThatReplace(textsIn(replaceOnChanges)),
  ].filter((name) => containsUnknown(values[name]));
}

/** Which inputs that only decide about a recorded run are not known yet (preview only): nothing is concluded from them. */
export function unknownSettings({ values }: ResourceInputs): string[] {
  return inputsOf("nextRun", "policy", "end").filter((name) => containsUnknown(values[name]));
}
