import type { WhenUnverified } from "./gaps";
import {
  type Clocks,
  type CustomTimeouts,
  containsUnknown,
  type ExecutionInputs,
  INPUT_DEFAULTS,
  type RegistryCredentials,
} from "./inputs";
import { compact } from "./outputs";
import type { RunPolicy } from "./policy";
import { resolvedText } from "./project/code-text";
import { MODEL_INPUT, parseProject } from "./project/record";
import { secretVariables } from "./project/variables";
import { settingsThatReplace } from "./replace-on-changes";

type Properties = Readonly<Record<string, unknown>>;

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const number = (value: unknown, fallback: number): number => (typeof value === "number" ? value : fallback);
const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === "string") : [];
const map = (value: unknown): Properties =>
  value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Properties) : {};

/**
 * Types inputs that check has passed. Shapes are not judged again here: whatever is missing (an input of an older
 * version) takes its default.
 */
export function parseInputs(news: Properties): ExecutionInputs {
  return compact<ExecutionInputs>({
    urn: text(news.__resourceUrn) ?? "",
    scope: text(news.__scope) ?? "",
    // `composeFileText` is how states of 0.1.0 hold the text of a file.
    composeText: text(news.composeFileText) ?? resolvedText(news),
    project: parseProject(news),
    secretVariables: secretVariables(news),
    executionType: text(news.executionType) ?? INPUT_DEFAULTS.executionType,
    timeout: number(news.timeout, INPUT_DEFAULTS.timeout),
    gracefulTimeout: number(news.gracefulTimeout, INPUT_DEFAULTS.gracefulTimeout),
    fileName: text(news.fileName),
    enableS3Mount: news.enableS3Mount === true,
    userCallbackUrls: Array.isArray(news.userCallbackUrls) ? news.userCallbackUrls.map(String) : undefined,
    registryCredentials: credentials(news.registryCredentials),
    triggers: Array.isArray(news.triggers) ? news.triggers : [],
    waitFor: news.waitFor === "accepted" || news.waitFor === "completed" ? news.waitFor : "running",
    whenFailed: policy(news.whenFailed),
    whenAborted: policy(news.whenAborted),
    whenLost: policy(news.whenLost),
    whenUnverified: whenUnverified(news.whenUnverified),
    runOnEveryUp: news.runOnEveryUp === true,
    existingExecutionId: text(news.existingExecutionId),
    adoptEndedWithin: number(news.adoptEndedWithin, INPUT_DEFAULTS.adoptEndedWithin),
    onDelete: news.onDelete === "leave" ? "leave" : "abort",
    deleteRecord: news.deleteRecord === true,
    failureOutput: news.failureOutput !== false,
    clocks: secondsOf<Clocks>(news.clocks),
    customTimeouts: secondsOf<CustomTimeouts>(news.__customTimeouts),
    replaceOnChanges: news.__replaceOnChanges === undefined ? undefined : texts(news.__replaceOnChanges),
    secretInputs: texts(news.__secretInputs),
  });
}

function policy(value: unknown): RunPolicy | undefined {
  return value === "rerun" || value === "keep" || value === "fail" ? value : undefined;
}

function whenUnverified(value: unknown): WhenUnverified | undefined {
  return value === "start" || value === "fail" ? value : undefined;
}

function secondsOf<T extends object>(value: unknown): T {
  return Object.fromEntries(Object.entries(map(value)).filter(([, entry]) => typeof entry === "number")) as T;
}

function credentials(value: unknown): RegistryCredentials | undefined {
  const given = map(value);
  if (given.type === "basic") {
    return { type: "basic", username: text(given.username) ?? "", password: text(given.password) ?? "" };
  }
  if (given.type === "aws") {
    return compact<RegistryCredentials & { type: "aws" }>({
      type: "aws",
      accessKeyId: text(given.accessKeyId) ?? "",
      secretAccessKey: text(given.secretAccessKey) ?? "",
      sessionToken: text(given.sessionToken),
      region: text(given.region),
    });
  }
  return undefined;
}

/** Every secret value of the inputs, for redaction. */
export function secretValues(inputs: ExecutionInputs): string[] {
  const { registryCredentials: given, scope, userCallbackUrls, secretInputs } = inputs;
  const fromCredentials =
    given === undefined
      ? []
      : given.type === "basic"
        ? [given.password]
        : [given.secretAccessKey, given.accessKeyId, given.sessionToken ?? ""];
  const fromUrls = secretInputs.includes("userCallbackUrls") ? (userCallbackUrls ?? []) : [];
  const fromTriggers = secretInputs.includes("triggers") ? stringsIn(inputs.triggers) : [];
  const fromTexts = (["fileName", "existingExecutionId", "executionType"] as const)
    .filter((name) => secretInputs.includes(name))
    .map((name) => inputs[name] ?? "");
  const fromProject = [...inputs.secretVariables, ...(inputs.projectSecrets ?? [])];
  return [scope, ...fromProject, ...fromCredentials, ...fromUrls, ...fromTriggers, ...fromTexts].filter(
    (value) => value !== "",
  );
}

/** Every secret value of inputs that nothing has checked yet, beside the compose text; what is not known yet is left out. */
export function uncheckedSecrets(news: Properties): string[] {
  const { type: _type, username: _username, region: _region, ...credentials } = map(news.registryCredentials);
  const names = Array.isArray(news.__secretInputs) ? news.__secretInputs : [];
  const marked = names.filter(
    (name) => typeof name === "string" && !["composeFileCode", "registryCredentials", "variables"].includes(name),
  );
  const values = [news.__scope, credentials, secretVariables(news), ...marked.map((name) => news[name])];
  return stringsIn(values).filter((value) => value !== "" && !containsUnknown(value));
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(stringsIn) : [];
}

/** Which inputs that call for a new run are not known yet (preview only). */
export function unknownStartInputs(news: Properties): string[] {
  // Of a project it counts what is in it: a variable that it does not use decides nothing.
  const variables = news.composeFileCode === undefined ? [MODEL_INPUT] : ["variables", "profiles"];
  return [
    "composeFileText",
    "composeFileCode",
    ...variables,
    "executionType",
    "enableS3Mount",
    "triggers",
    "existingExecutionId",
    ...settingsThatReplace(texts(news.__replaceOnChanges)),
  ].filter((name) => containsUnknown(news[name]));
}

/** Which inputs that only decide about a recorded run are not known yet (preview only): nothing is concluded from them. */
export function unknownSettings(news: Properties): string[] {
  return [
    "waitFor",
    "timeout",
    "gracefulTimeout",
    "fileName",
    "userCallbackUrls",
    "registryCredentials",
    "whenFailed",
    "whenAborted",
    "whenLost",
    "runOnEveryUp",
    "onDelete",
    "deleteRecord",
  ].filter((name) => containsUnknown(news[name]));
}
