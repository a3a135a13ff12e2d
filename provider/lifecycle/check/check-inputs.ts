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
  insteadOf,
  isMap,
  type Properties,
  type Rule,
  seconds,
  show,
  someText,
  valueTypeOf,
} from "../../schema";
import { projectArgumentFailures } from "../inputs/arguments";
import { artifactFailures, localArtifactFailures } from "../inputs/artifacts";
import { ignoredProject } from "../inputs/ignored-project";
import { SETTINGS, settingsThatReplace } from "../inputs/parse-inputs";
import type { Projects } from "../inputs/projects";
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
import { parseMounts } from "../run/mounts";
import { type ComposeCheck, validateSource } from "./check-compose";
import { checkProject } from "./check-project";
import { composeSource, isFailure } from "./compose-source";
import { withoutTexts } from "./texts-of-outputs";

/** The result of check: the inputs with their defaults, the failures and the warnings. */
export interface CheckResult extends ComposeCheck {
  readonly inputs: ResourceInputs;
}

/** The rules of the arguments, in the order in which their failures are reported: those of lists come last. */
const RULES = ARGUMENTS.flatMap((name): { name: string; rule: Rule; isList: boolean }[] => {
  const { kind = "", rule } = valueTypeOf(name) ?? {};
  return rule === undefined ? [] : [{ name, rule, isList: kind === "list" }];
}).sort((left, right) => Number(left.isList) - Number(right.isList));

/**
 * Checks the arguments of a resource. Sends no request, and reads only the files of a project. Accepts a value that is
 * unknown in a preview.
 */
export function checkInputs(olds: ResourceInputs, news: ResourceInputs, projects: Projects): CheckResult {
  const { inputs: readable, failures: ofOutputs } = withoutTexts(news);
  const { news: given, held } = ignoredProject(olds, readable);
  const inputs = withSecretMarks(olds, withDefaults(olds, given));
  const { values } = inputs;
  const named = projectArgumentFailures(values);
  const source = composeSource(inputs);
  const compose = named.length > 0 ? NOTHING : validateDeclaredCompose(held, source, olds, inputs, projects);
  const made: MadeProject = compose.made;
  const refused = [
    ...ofOutputs,
    ...unknownArguments(values),
    ...simpleFailures(inputs),
    ...unlessSecret(inputs, "userCallbackUrls", urlFailures(values.userCallbackUrls)),
    ...credentialFailures(values.registryCredentials),
    ...unlessSecret(inputs, "clocks", secondsMapFailures("clocks", values.clocks, CLOCK_NAMES)),
    ...secondsMapFailures("customTimeouts", inputs.timeouts, TIMED_OPERATIONS),
    ...rerunFailures(values.rerunOnChanges),
    ...artifactFailures(values, textsIn(inputs.secrets)),
    ...(isMap(made.record) ? localArtifactFailures(values, parseMounts(made.record.mounts)) : []),
    ...unlessSecret(inputs, "diagnostics", diagnosticsFailures(values.diagnostics)),
    ...named,
    ...(isFailure(source) ? [source] : []),
  ];
  const failures = [...refused.map(withArgumentCode), ...compose.failures];
  return { inputs: withProject(inputs, compose.made), failures, warnings: compose.warnings };
}

/**
 * Returns the inputs that the state records. Leaves out the program's folder and environment, because they differ
 * between machines.
 */
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

const NOTHING = { failures: [], warnings: [], made: {} };

function validateDeclaredCompose(
  held: MadeProject | undefined,
  source: ReturnType<typeof composeSource>,
  olds: ResourceInputs,
  inputs: ResourceInputs,
  projects: Projects,
) {
  // With `ignoreChanges`, the recorded project is kept. An earlier command has already checked this project.
  if (held !== undefined) return { ...NOTHING, made: held };
  if (source === undefined || isFailure(source)) return NOTHING;
  if (source === "project") return checkProject(olds, inputs, projects);
  return isRecorded(olds, inputs) ? NOTHING : { ...validateSource(source, inputs), made: {} };
}

/**
 * Adds defaults to the inputs, and records which values are defaults. Without this record, a later version with other
 * defaults would replace runs.
 */
function withDefaults(olds: ResourceInputs, news: ResourceInputs): ResourceInputs {
  // With `ignoreChanges: ["*"]`, the engine passes the recorded inputs as the program's inputs. `news.defaults` then
  // names the recorded defaults. They are still defaults, and not values that the program sets.
  const copied = textsIn(news.defaults);
  const values = Object.fromEntries(
    Object.entries(news.values).filter(
      ([name, value]) => value !== undefined && value !== null && !copied.includes(name),
    ),
  );
  const before = textsIn(olds.defaults);
  const defaults: Record<string, unknown> = {
    ...INPUT_DEFAULTS,
    // The resource did not start an adopted run. So by default, a deletion of the resource does not abort the run.
    onDelete: values.existingExecutionId === undefined ? "abort" : "leave",
  };
  const filled: string[] = [];
  for (const [key, value] of Object.entries(defaults)) {
    if (values[key] !== undefined) continue;
    const recorded = olds.values[key];
    values[key] = key !== "onDelete" && before.includes(key) && recorded !== undefined ? recorded : value;
    filled.push(key);
  }
  // Keeps the recorded order of the names, because another order would change the state.
  const named = [...before.filter((key) => filled.includes(key)), ...filled.filter((key) => !before.includes(key))];
  return { ...news, values, defaults: named };
}

function simpleFailures(inputs: ResourceInputs): CheckFailure[] {
  return RULES.flatMap(({ name: property, rule }) => {
    const value = inputs.values[property];
    if (value === undefined || containsUnknown(value)) return [];
    const reason = rule(value);
    if (reason === undefined) return [];
    // The engine prints the value of a property before an error of the property. So an error about a secret is reported
    // for the whole resource.
    if (!textsIn(inputs.secrets).includes(property)) return [{ property, reason: `${property} ${reason}` }];
    const allowed = rule(undefined)?.replace(/, not undefined$/, "");
    return [{ property: "", reason: `${property} (secret) is not valid: ${allowed}` }];
  });
}

/** Reports all errors of a secret argument as one error, because the errors themselves would reveal values and keys. */
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

/** Returns an error for each unknown argument. Without this error, nobody would notice a misspelt argument. */
function unknownArguments(values: Properties): CheckFailure[] {
  const known: readonly string[] = ARGUMENTS;
  return Object.keys(values)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const instead = insteadOf(name);
      const meant = instead === undefined ? nearest(name, known) : undefined;
      const hint = instead === undefined ? "docs/reference/arguments.md of the package lists them" : instead;
      return {
        property: "",
        reason: `${name} is not an argument of ComposeExecution${meant === undefined ? "." : `; did you mean ${meant}?`} ${hint}`,
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

/**
 * Returns an error for each name in `rerunOnChanges` that has no effect there, for one of three reasons: the name is
 * not an argument, a change of the argument needs no `rerunOnChanges`, or a change of the argument cannot start a run.
 */
function rerunFailures(names: unknown): CheckFailure[] {
  return textsIn(names).flatMap((name, index) => {
    if (name === "*" || settingsThatReplace([name]).length > 0) return [];
    const at = `rerunOnChanges[${index}]`;
    if (ARGUMENTS.some((argument) => argument === name))
      return [failureAt(at, `names ${name}, whose change needs no rerunOnChanges, or cannot start a run`)];
    const meant = nearest(name, SETTINGS);
    const hint = meant === undefined ? `; known are ${SETTINGS.join(", ")}` : `; did you mean ${meant}?`;
    return [failureAt(at, `names ${name}, which is not an argument${hint}`)];
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

/**
 * Whether `diagnostics`, the Compose text and the arguments that change the text are unchanged. If so, the text has
 * passed an earlier check. Before the create of a replacement, there are no recorded inputs, so the text is checked
 * again.
 */
function isRecorded({ values: olds }: ResourceInputs, { values: news }: ResourceInputs): boolean {
  return ["composeFileCode", "diagnostics", "variables", "images", "profiles", "job"].every(
    (name) => JSON.stringify(news[name]) === JSON.stringify(olds[name]),
  );
}

/** Returns the errors of `registryCredentials`, without values. */
function credentialFailures(credentials: unknown): CheckFailure[] {
  if (isNotKnown(credentials)) return [];
  // The engine prints the value of an argument before an error of the argument. But the engine prints no value if the
  // error names a path inside the argument.
  const failure = (name: string, reason: string): CheckFailure => failureAt(`registryCredentials.${name}`, reason);
  if (!isMap(credentials))
    return [{ property: "", reason: 'registryCredentials must be {type: "basic", …} or {type: "aws", …}' }];
  if (containsUnknown(credentials.type)) return [];
  const fields = credentialFields(credentials.type);
  if (fields === undefined) {
    // The value is not shown, because it may be a secret in the wrong field.
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
