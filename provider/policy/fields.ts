import { readImageReference } from "../../compose";
import { isMap } from "../schema";
import { CHECKED_KEYS } from "./checked-keys";
import { type Field, field, list, matching, object, type Problem } from "./field-kinds";
import { patternError } from "./glob";
import { DAYS, type Policy, type PolicyException } from "./policy";
import { isTimeZone } from "./working-hours";

const amount = field("a number above 0", (value) => typeof value === "number" && Number.isFinite(value) && value > 0, {
  type: "number",
  exclusiveMinimum: 0,
});

const flag = field("true or false", (value) => typeof value === "boolean", { type: "boolean" });

const machines = list("a list of patterns of machines, such as cpu or gpu.*", (pattern) => {
  const [other] = /[^\w.*]/.exec(pattern) ?? [];
  const wrong = other === undefined ? undefined : `has a ${other}, and no machine has one in its name`;
  return patternError(pattern) ?? wrong;
});

const stacks = list("a list of patterns of stacks, such as prod or prod-*", patternError);

const registries = list("a list of patterns of registries, such as ghcr.io/acme or *.example.com", registryError);

const keys = list(
  `a list of keys: ${CHECKED_KEYS.join(", ")}`,
  (key) => ((CHECKED_KEYS as readonly string[]).includes(key) ? undefined : `is none of ${CHECKED_KEYS.join(", ")}`),
  { enum: CHECKED_KEYS },
);

/** Why a text is not a valid pattern of a registry, or of a part of a registry. */
function registryError(pattern: string): string | undefined {
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(pattern)?.[0];
  if (scheme !== undefined) return `starts with ${scheme}: write ${pattern.slice(scheme.length)}`;
  const error = patternError(pattern);
  if (error !== undefined) return error;
  const { digests, tag } = readImageReference(`${pattern.replace(/\/$/, "")}/x`);
  if (digests.length > 0 || tag !== undefined || pattern.includes("@"))
    return "has a digest: write the part before the @";
  const [host = "", ...path] = pattern.replace(/\/$/, "").split("/");
  if (!/[.:*A-Z]|^localhost$/.test(host))
    return `names no registry, because Docker reads it as docker.io/${pattern}: write that`;
  if (/\*(?::\d+)?$/.test(host))
    return "has a star at the end of its host, which also allows hosts of others: write the end of the host";
  if (path.some((part) => part === "")) return "has two slashes in a row";
  const tagged = path.find((part) => part.includes(":"));
  if (tagged !== undefined) return `has a tag: write ${pattern.slice(0, pattern.lastIndexOf(":"))}`;
  return path.some((part) => part !== part.toLowerCase()) ? "has capital letters, and no image has them" : undefined;
}

const count = field("a whole number above 0", (value) => Number.isSafeInteger(value) && Number(value) > 0, {
  type: "integer",
  minimum: 1,
});

const labels = list("a list of patterns of labels, such as team-a-*", patternError);

const resources = list("a list of patterns of names, or of types such as aws:rds/*", patternError);

const time = matching('a time in quotes, such as "08:00"', /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const zone = field(
  "a time zone of the IANA database, such as Europe/Berlin",
  (value) => typeof value === "string" && isTimeZone(value),
  {
    type: "string",
  },
);
const days = list(
  `a list of days: ${DAYS.join(", ")}`,
  (day) => ((DAYS as readonly string[]).includes(day) ? undefined : `is none of ${DAYS.join(", ")}`),
  { enum: DAYS },
);
const hours = object("working hours", { days, from: time, to: time, timeZone: zone });
const workingHours: Field = {
  ...hours,
  problems: (value) => {
    const found = hours.problems(value);
    if (found.length > 0 || !isMap(value) || String(value.from) < String(value.to)) return found;
    return [{ path: ["to"], words: `to must be later than from: ${value.from}` }];
  },
};

/** The definitions of all rules in a policy file. */
export const POLICY_FIELDS: Readonly<Record<keyof Policy, Field>> = {
  maxTimeout: amount,
  executionTypes: machines,
  pinnedImages: flag,
  registries,
  allowedKeys: keys,
  maxAttempts: count,
  noPlaintextSecrets: flag,
  awaitCompletedOn: stacks,
  fileName: labels,
  maxCost: amount,
  maxCostPerRun: amount,
  maxCostPerMonth: amount,
  parallelRuns: count,
  maxUploadBytes: count,
  workingHours,
  protected: resources,
};

const text = matching("a text", /\S/);
const pattern = list("a pattern", patternError);
const onePattern: Field = {
  expects: "a pattern, such as web-*",
  schema: { type: "string", minLength: 1 },
  problems: (value) =>
    typeof value === "string"
      ? pattern.problems([value]).map(({ words }) => ({ path: [], words }))
      : [{ path: [], words: "must be a pattern, such as web-*" }],
};
const rule = field(
  `one of ${Object.keys(POLICY_FIELDS).join(", ")}`,
  (value) => Object.hasOwn(POLICY_FIELDS, String(value)),
  {
    enum: Object.keys(POLICY_FIELDS),
  },
);
const date = matching(
  "a date, such as 2027-01-31",
  /^\d{4}-\d{2}-\d{2}$/,
  (value) => new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value,
);

const EXCEPTION_FIELDS: Readonly<Record<keyof PolicyException, Field>> = {
  rule,
  resource: onePattern,
  stack: onePattern,
  until: date,
  reason: text,
};
const exception = object("an exception", EXCEPTION_FIELDS, ["resource", "stack"]);

const exceptions: Field = {
  expects: "a list of exceptions",
  hasParts: true,
  schema: { type: "array", minItems: 1, items: exception.schema },
  problems: (value) =>
    Array.isArray(value) && value.length > 0
      ? value.flatMap((one: unknown, at) =>
          exception.problems(one).map((found) => ({ ...found, path: [at, ...found.path] })),
        )
      : [{ path: [], words: "must be a list of exceptions" }],
};

const RULE_KEYS = Object.keys(POLICY_FIELDS);
const warn = object("a policy", POLICY_FIELDS, RULE_KEYS);
const section = object("a section", { ...POLICY_FIELDS, warn }, [...RULE_KEYS, "warn"]);

const sections: Field = {
  expects: "a map of patterns of stacks to rules",
  hasParts: true,
  schema: { type: "object", minProperties: 1, additionalProperties: section.schema },
  problems: (value) =>
    isMap(value) && Object.keys(value).length > 0
      ? Object.entries(value).flatMap(([name, given]): readonly Problem[] => {
          const error = patternError(name);
          if (error !== undefined) return [{ path: [name], words: `has ${JSON.stringify(name)}, which ${error}` }];
          return section
            .problems(given)
            .map(({ path, words }) => ({ path: [name, ...path], words: `${name}: ${words}` }));
        })
      : [{ path: [], words: "must be a map of patterns of stacks to rules" }],
};

const file = object("a policy", { ...POLICY_FIELDS, warn, stacks: sections, exceptions }, [
  ...RULE_KEYS,
  "warn",
  "stacks",
  "exceptions",
]);

/** The names of all keys at the top level of a policy file. */
export const FILE_KEYS: readonly string[] = [...RULE_KEYS, "warn", "stacks", "exceptions"];

/** Returns all problems in the content of a policy file. */
export const problemsOfFile = file.problems;

/** The JSON Schema of a policy file, for editors. */
export const POLICY_SCHEMA = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "The policy of pulumi-lyceum: lyceum-policy.yaml",
  ...file.schema,
};
