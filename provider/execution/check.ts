import { readCompose } from "../compose";
import { composeFailures } from "./check-compose";
import {
  boolean,
  type CheckFailure,
  callbackUrl,
  label,
  machineName,
  oneOf,
  type Rule,
  seconds,
  secondsOrNone,
  show,
  someText,
  wholeNumber,
} from "./check-rules";
import { containsUnknown, INPUT_DEFAULTS } from "./inputs";

type Properties = Readonly<Record<string, unknown>>;

/** What check answers: the inputs with defaults written in, and every fault at once. */
export interface CheckResult {
  readonly inputs: Record<string, unknown>;
  readonly failures: readonly CheckFailure[];
}

/** Under this key the inputs remember which of them are defaults: a later default then replaces nobody's run. */
const DEFAULTS_KEY = "__defaults";

const RULES: Readonly<Record<string, Rule>> = {
  executionType: machineName,
  timeout: wholeNumber(1, 600, "seconds"),
  gracefulTimeout: wholeNumber(1, 300, "seconds"),
  fileName: label,
  enableS3Mount: boolean,
  waitFor: oneOf("accepted", "running", "completed"),
  existingExecutionId: someText,
  adoptEndedWithin: secondsOrNone,
  onDelete: oneOf("abort", "leave"),
  failureOutput: boolean,
  triggers: (value) => (Array.isArray(value) ? undefined : `must be a list, not ${show(value)}`),
};

/** Checks the arguments of an execution. Pure; nothing is sent. Unknown values at preview pass. */
export function check(olds: Properties, news: Properties): CheckResult {
  const inputs = withDefaults(olds, news);
  const failures = [
    ...simpleFailures(inputs),
    ...urlFailures(inputs.userCallbackUrls),
    ...credentialFailures(inputs.registryCredentials),
    ...secondsMapFailures("clocks", inputs.clocks, ["queue", "run", "total", "delete"]),
    ...secondsMapFailures("customTimeouts", inputs.customTimeouts, ["create", "update", "delete"]),
    ...sourceFailures(inputs),
  ];
  return { inputs, failures };
}

function withDefaults(olds: Properties, news: Properties): Record<string, unknown> {
  const present = Object.fromEntries(Object.entries(news).filter(([, value]) => value !== undefined && value !== null));
  const before = Array.isArray(olds[DEFAULTS_KEY]) ? olds[DEFAULTS_KEY] : [];
  const defaults: Record<string, unknown> = {
    ...INPUT_DEFAULTS,
    // A run that somebody else started is not ours to end unless asked.
    onDelete: present.existingExecutionId === undefined ? "abort" : "leave",
  };
  const filled: string[] = [];
  for (const [key, value] of Object.entries(defaults)) {
    if (present[key] !== undefined) continue;
    present[key] = key !== "onDelete" && before.includes(key) && olds[key] !== undefined ? olds[key] : value;
    filled.push(key);
  }
  present[DEFAULTS_KEY] = filled;
  return present;
}

function simpleFailures(inputs: Properties): CheckFailure[] {
  return Object.entries(RULES).flatMap(([property, rule]) => {
    const value = inputs[property];
    if (value === undefined || containsUnknown(value)) return [];
    const reason = rule(value);
    return reason === undefined ? [] : [{ property, reason: `${property} ${reason}` }];
  });
}

function urlFailures(urls: unknown): CheckFailure[] {
  if (urls === undefined || (typeof urls === "string" && containsUnknown(urls))) return [];
  if (!Array.isArray(urls))
    return [{ property: "userCallbackUrls", reason: "userCallbackUrls must be a list of https: URLs" }];
  return urls.flatMap((url, index) => {
    const reason = containsUnknown(url) ? undefined : callbackUrl(url);
    return reason === undefined
      ? []
      : [{ property: `userCallbackUrls[${index}]`, reason: `userCallbackUrls[${index}] ${reason}` }];
  });
}

const CREDENTIAL_FIELDS = {
  basic: { required: ["username", "password"], optional: [] },
  aws: { required: ["accessKeyId", "secretAccessKey"], optional: ["sessionToken", "region"] },
} as const;

function credentialFailures(credentials: unknown): CheckFailure[] {
  if (credentials === undefined || (typeof credentials === "string" && containsUnknown(credentials))) return [];
  // Faults of credentials are put on the whole resource: the engine prints a property's value in front of its fault.
  const fault = (reason: string): CheckFailure => ({ property: "", reason: `registryCredentials${reason}` });
  if (typeof credentials !== "object" || credentials === null || Array.isArray(credentials)) {
    return [fault(' must be {type: "basic", …} or {type: "aws", …}')];
  }
  const given = credentials as Properties;
  if (containsUnknown(given.type)) return [];
  if (given.type !== "basic" && given.type !== "aws")
    return [fault(`.type must be one of "basic", "aws", not ${show(given.type)}`)];
  const fields = CREDENTIAL_FIELDS[given.type];
  const known: readonly string[] = ["type", ...fields.required, ...fields.optional];
  return [
    ...fields.required
      .filter((field) => someText(given[field]) !== undefined)
      .map((field) => fault(`.${field} ${someText(given[field])} when type is "${given.type}"`)),
    ...fields.optional
      .filter((field) => given[field] !== undefined && given[field] !== null && someText(given[field]) !== undefined)
      .map((field) => fault(`.${field} ${someText(given[field])}`)),
    ...Object.keys(given)
      .filter((field) => !known.includes(field))
      .map((field) => fault(`.${field} is not known for type "${given.type}"; known are ${known.join(", ")}`)),
  ];
}

function secondsMapFailures(property: string, value: unknown, keys: readonly string[]): CheckFailure[] {
  if (value === undefined || (typeof value === "string" && containsUnknown(value))) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [
      { property, reason: `${property} must be a map of seconds with the keys ${keys.join(", ")}, not ${show(value)}` },
    ];
  }
  return Object.entries(value).flatMap(([key, entry]) => {
    if (!keys.includes(key))
      return [
        { property: `${property}.${key}`, reason: `${property}.${key} is not known; known are ${keys.join(", ")}` },
      ];
    const reason = entry === undefined || entry === null || containsUnknown(entry) ? undefined : seconds(entry);
    return reason === undefined ? [] : [{ property: `${property}.${key}`, reason: `${property}.${key} ${reason}` }];
  });
}

/** Where the compose text comes from: exactly one source, readable, and certainly acceptable to Compose. */
function sourceFailures(inputs: Properties): CheckFailure[] {
  const { composeFile, composeFileCode, composeFileProblem, composeFileText } = inputs;
  if (composeFile !== undefined && composeFileCode !== undefined) {
    return [{ property: "composeFile", reason: "composeFile and composeFileCode are both given; give exactly one" }];
  }
  if (composeFile === undefined && composeFileCode === undefined) {
    if (inputs.existingExecutionId !== undefined) return [];
    return [
      {
        property: "",
        reason:
          "Neither composeFile nor composeFileCode is given; give exactly one (or existingExecutionId, to adopt a run)",
      },
    ];
  }
  if (typeof composeFileProblem === "string") return [{ property: "composeFile", reason: composeFileProblem }];
  const property = composeFile === undefined ? "" : "composeFile";
  const name = composeFile === undefined ? "composeFileCode" : "composeFile";
  const text = composeFile === undefined ? composeFileCode : composeFileText;
  if (containsUnknown(composeFile) || containsUnknown(text)) return [];
  if (typeof text !== "string") return [{ property, reason: `${name} must be text` }];
  const secret = Array.isArray(inputs.secretInputs) && inputs.secretInputs.includes("composeFileCode");
  const file = typeof composeFile === "string" ? composeFile : "composeFileCode";
  return composeFailures(readCompose(text, { file }), text, { property, hideSource: secret });
}
