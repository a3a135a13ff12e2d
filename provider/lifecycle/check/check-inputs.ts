import { nearest } from "../../../compose/wording";
import {
  ARGUMENTS,
  type CheckFailure,
  CLOCK_NAMES,
  CREDENTIAL_KINDS,
  callbackUrl,
  credentialFields,
  failureAt,
  INPUT_DEFAULTS,
  isMap,
  type Properties,
  type Rule,
  seconds,
  show,
  someText,
  valueTypeOf,
} from "../../schema";
import { projectArgumentFailures } from "../inputs/arguments";
import { ignoredProject, type Projects } from "../inputs/projects";
import { textsIn } from "../inputs/variables";
import { secretMarks } from "../process/known-secrets";
import { withArgumentCode } from "../run/error-catalogue";
import {
  containsUnknown,
  diagnosticsFailures,
  isNotKnown,
  type MadeProject,
  MODEL_INPUT,
  type ResourceInputs,
  TIMED_OPERATIONS,
} from "../run/inputs";
import { type ComposeCheck, type ComposeSource, validateSource } from "./check-compose";
import { checkProject } from "./check-project";

/** What check answers: the inputs with defaults written in, and every failure at once. */
export interface CheckResult extends ComposeCheck {
  readonly inputs: ResourceInputs;
}

/** Rules of the arguments that one value decides; single values come before lists. */
const RULES = ARGUMENTS.flatMap((name): { name: string; rule: Rule; isList: boolean }[] => {
  const { kind = "", rule } = valueTypeOf(name) ?? {};
  return rule === undefined ? [] : [{ name, rule, isList: kind === "list" }];
}).sort((left, right) => Number(left.isList) - Number(right.isList));

/**
 * Checks the arguments of an execution. Nothing is sent; of the world only the files of a project are looked at, through
 * `projects`. Unknown values at preview pass.
 */
export function checkInputs(olds: ResourceInputs, news: ResourceInputs, projects: Projects): CheckResult {
  const { news: given, held } = ignoredProject(olds, news);
  const inputs = withSecretMarks(olds, withDefaults(olds, given));
  const { values } = inputs;
  const named = projectArgumentFailures(values);
  const source = composeSource(inputs);
  const compose = named.length > 0 ? NOTHING : validateDeclaredCompose(held, source, olds, inputs, projects);
  const refused = [
    ...unknownArguments(values),
    ...simpleFailures(inputs),
    ...unlessSecret(inputs, "userCallbackUrls", urlFailures(values.userCallbackUrls)),
    ...credentialFailures(values.registryCredentials),
    ...unlessSecret(inputs, "clocks", secondsMapFailures("clocks", values.clocks, CLOCK_NAMES)),
    ...secondsMapFailures("customTimeouts", inputs.timeouts, TIMED_OPERATIONS),
    ...unlessSecret(inputs, "diagnostics", diagnosticsFailures(values.diagnostics)),
    ...named,
    ...(isFailure(source) ? [source] : []),
  ];
  const failures = [...refused.map(withArgumentCode), ...compose.failures];
  return { inputs: withProject(inputs, compose.made), failures, warnings: compose.warnings };
}

/** The inputs as they are recorded. Where the program ran is of this machine, and is left out. */
function withProject({ program: _sent, ...inputs }: ResourceInputs, { model, record }: MadeProject): ResourceInputs {
  return {
    ...inputs,
    values: model === undefined ? inputs.values : { ...inputs.values, [MODEL_INPUT]: model },
    ...(record === undefined ? {} : { projectRecord: record }),
  };
}

function withSecretMarks(olds: ResourceInputs, inputs: ResourceInputs): ResourceInputs {
  return inputs.secrets === undefined ? inputs : { ...inputs, secrets: secretMarks(olds, inputs) };
}

function isFailure(source: ReturnType<typeof composeSource>): source is CheckFailure {
  return typeof source === "object" && "reason" in source;
}

const NOTHING = { failures: [], warnings: [], made: {} };

function validateDeclaredCompose(
  held: MadeProject | undefined,
  source: ReturnType<typeof composeSource>,
  olds: ResourceInputs,
  inputs: ResourceInputs,
  projects: Projects,
) {
  // It passed when it was recorded.
  if (held !== undefined) return { ...NOTHING, made: held };
  if (source === undefined || isFailure(source)) return NOTHING;
  if (source === "project") return checkProject(olds, inputs, projects);
  return isRecorded(olds, inputs) ? NOTHING : { ...validateSource(source, inputs), made: {} };
}

/** The inputs remember which of them are defaults: a later default then replaces nobody's run. */
function withDefaults(olds: ResourceInputs, news: ResourceInputs): ResourceInputs {
  // With `ignoreChanges: ["*"]` the engine hands over what is recorded: a default in it is none that the program gives.
  const copied = textsIn(news.defaults);
  const values = Object.fromEntries(
    Object.entries(news.values).filter(
      ([name, value]) => value !== undefined && value !== null && !copied.includes(name),
    ),
  );
  const before = textsIn(olds.defaults);
  const defaults: Record<string, unknown> = {
    ...INPUT_DEFAULTS,
    // A run that somebody else started is not ours to end unless asked.
    onDelete: values.existingExecutionId === undefined ? "abort" : "leave",
  };
  const filled: string[] = [];
  for (const [key, value] of Object.entries(defaults)) {
    if (values[key] !== undefined) continue;
    const recorded = olds.values[key];
    values[key] = key !== "onDelete" && before.includes(key) && recorded !== undefined ? recorded : value;
    filled.push(key);
  }
  // In the order that is recorded: another order alone is no change of the state.
  const named = [...before.filter((key) => filled.includes(key)), ...filled.filter((key) => !before.includes(key))];
  return { ...news, values, defaults: named };
}

function simpleFailures(inputs: ResourceInputs): CheckFailure[] {
  return RULES.flatMap(({ name: property, rule }) => {
    const value = inputs.values[property];
    if (value === undefined || containsUnknown(value)) return [];
    const reason = rule(value);
    if (reason === undefined) return [];
    // The engine prints a property's value in front of its error, so a secret one is reported on the whole resource.
    if (!textsIn(inputs.secrets).includes(property)) return [{ property, reason: `${property} ${reason}` }];
    const allowed = rule(undefined)?.replace(/, not undefined$/, "");
    return [{ property: "", reason: `${property} (secret) is not valid: ${allowed}` }];
  });
}

/** Errors of a secret argument as one that shows neither value nor key: the engine prints both. */
function unlessSecret(
  inputs: ResourceInputs,
  name: string,
  failures: readonly CheckFailure[],
): readonly CheckFailure[] {
  if (failures.length === 0 || !textsIn(inputs.secrets).includes(name)) return failures;
  return [
    { property: "", reason: `${name} (secret) is not valid; its errors are not shown, because they would reveal it` },
  ];
}

/** Arguments by their names; a misspelt one would silently mean its default. */
function unknownArguments(values: Properties): CheckFailure[] {
  const known: readonly string[] = ARGUMENTS;
  return Object.keys(values)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known);
      return {
        property: "",
        reason: `${name} is not an argument of ComposeExecution${meant === undefined ? "." : `; did you mean ${meant}?`} docs/reference/arguments.md of the package lists them`,
      };
    });
}

function urlFailures(urls: unknown): CheckFailure[] {
  if (isNotKnown(urls)) return [];
  if (!Array.isArray(urls))
    return [{ property: "userCallbackUrls", reason: "userCallbackUrls must be a list of https: URLs" }];
  return urls.flatMap((url, index) => {
    const reason = containsUnknown(url) ? undefined : callbackUrl(url);
    return reason === undefined ? [] : [failureAt(`userCallbackUrls[${index}]`, reason)];
  });
}

function secondsMapFailures(property: string, value: unknown, keys: readonly string[]): CheckFailure[] {
  if (isNotKnown(value)) return [];
  if (!isMap(value)) {
    return [
      { property, reason: `${property} must be a map of seconds with the keys ${keys.join(", ")}, not ${show(value)}` },
    ];
  }
  return Object.entries(value).flatMap(([key, entry]) => {
    if (!keys.includes(key)) return [failureAt(`${property}.${key}`, `is not known; known are ${keys.join(", ")}`)];
    const reason = entry === undefined || entry === null || containsUnknown(entry) ? undefined : seconds(entry);
    return reason === undefined ? [] : [failureAt(`${property}.${key}`, reason)];
  });
}

/** Where the compose text comes from: exactly one source. `undefined` without one, or while nothing of it is known. */
function composeSource(inputs: ResourceInputs): ComposeSource | "project" | CheckFailure | undefined {
  const { composeFile, composeFileCode, existingExecutionId } = inputs.values;
  if (composeFile !== undefined && composeFileCode !== undefined) {
    const property = typeof composeFile === "string" ? "composeFile" : "";
    return { property, reason: "composeFile and composeFileCode are both given; give exactly one" };
  }
  if (composeFile !== undefined) return "project";
  if (composeFileCode === undefined) {
    if (existingExecutionId !== undefined) return undefined;
    const instead = "give exactly one (or existingExecutionId, to adopt a run)";
    return { property: "", reason: `composeFile or composeFileCode is missing; ${instead}` };
  }
  if (typeof composeFileCode !== "string") {
    return containsUnknown(composeFileCode) ? undefined : { property: "", reason: "composeFileCode must be text" };
  }
  const secret = textsIn(inputs.secrets).includes("composeFileCode");
  return { text: composeFileCode, file: "composeFileCode", property: "", secret };
}

/** Whether a text is as it was recorded, and has passed. A replacement is checked again, without what is recorded. */
function isRecorded({ values: olds }: ResourceInputs, { values: news }: ResourceInputs): boolean {
  return ["composeFileCode", "diagnostics", "variables", "images", "profiles"].every(
    (name) => JSON.stringify(news[name]) === JSON.stringify(olds[name]),
  );
}

/** Errors of `registryCredentials`. Values are never shown. */
function credentialFailures(credentials: unknown): CheckFailure[] {
  if (isNotKnown(credentials)) return [];
  // The engine prints the value of the whole argument in front of its error, but none for a path into it.
  const failure = (name: string, reason: string): CheckFailure => failureAt(`registryCredentials.${name}`, reason);
  if (!isMap(credentials))
    return [{ property: "", reason: 'registryCredentials must be {type: "basic", …} or {type: "aws", …}' }];
  if (containsUnknown(credentials.type)) return [];
  const fields = credentialFields(credentials.type);
  if (fields === undefined) {
    // Not shown: a secret pasted into the wrong field is still one.
    return [failure("type", `must be one of ${CREDENTIAL_KINDS.map((kind) => `"${kind}"`).join(", ")}`)];
  }
  const known = ["type", ...fields.map(([name]) => name)];
  const wrong = fields.flatMap(([name, { required }]) => {
    const value = credentials[name];
    const reason = required || (value !== undefined && value !== null) ? someText(value) : undefined;
    return reason === undefined
      ? []
      : [failure(name, `${reason}${required ? ` when type is "${credentials.type}"` : ""}`)];
  });
  return [
    ...wrong,
    ...Object.keys(credentials)
      .filter((field) => !known.includes(field))
      .map((field) => failure(field, `is not known for type "${credentials.type}"; known are ${known.join(", ")}`)),
  ];
}
