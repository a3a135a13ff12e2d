import type { Correction } from "../diagnostics/diagnostic";
import { needsVariable } from "../model/interpolation";
import { textKindAt } from "../model/typed-texts";
import { meantDuration } from "../short-forms";
import { type Location, pathOf } from "./location";
import type { Schema, SchemaType } from "./schema";
import { SCHEMA_DEFINITIONS } from "./schema.generated";
import { resolve } from "./schema-types";

/** Returns a remedy with the text that the author probably meant, or no remedy. */
export function writeMeant(meant: string | undefined): { readonly remedy?: string } {
  return meant === undefined ? {} : { remedy: `Write \`${meant}\`.` };
}

/** Returns a remedy that asks whether the author meant a similar name, or no remedy. */
export function didYouMean(meant: string | undefined): { readonly remedy?: string } {
  return meant === undefined ? {} : { remedy: `Did you mean \`${meant}\`?` };
}

/**
 * Returns a remedy for a value of the wrong type, if there is a better one than the names of the allowed types. The
 * correction puts the value in quotes. It is absent if another change may be right.
 */
export function typeRemedy(
  location: Location,
  allowed: readonly SchemaType[],
): { readonly remedy?: string; readonly correction?: Correction } {
  const { node, step, parent } = location;
  if (node.kind !== "scalar" || node.value === null) return {};
  if (!allowed.includes("string")) {
    if (!allowed.includes("array") || typeof step !== "string") return {};
    return { remedy: `Write each item on a line of its own under \`${step}:\`, with \`- \` in front.` };
  }
  if (step === "version" && parent?.step === undefined && typeof node.value === "number") {
    return { remedy: `Put ${node.value} in quotes or remove it: \`version\` is obsolete.` };
  }
  const meant = textKindAt(pathOf(location)) === "duration" ? meantDuration(String(node.value)) : undefined;
  if (meant !== undefined) return writeMeant(meant);
  // Quotes would make a boolean a text, but the text `"false"` is rarely valid.
  const isQuotable = node.style === "plain" && typeof node.value !== "boolean";
  const correction = isQuotable ? { correction: { span: node.span, quotes: true } as const } : {};
  return { remedy: "Put the value in quotes.", ...correction };
}

/**
 * Returns the message and the remedy for an invalid value that contains an unset variable. Returns `undefined` if all
 * variables of the value are set.
 */
export function unsetIn({ node }: Location): ReturnType<typeof needsVariable> | undefined {
  const [unset] = node.kind === "scalar" ? (node.unset ?? []) : [];
  return unset === undefined ? undefined : needsVariable(unset);
}

/**
 * Whether a required variable of a value is not set. If so, the diagnostic about this variable explains why the value
 * is wrong, and callers report nothing more.
 */
export function lacksRequired({ node }: Location): boolean {
  return node.kind === "scalar" && node.lacksRequired === true;
}

/** The remedy for a value without a name. */
export const WRITE_NAME = "Write NAME=value, or remove it.";

/** Descriptions of patterns in the schema. In a message, a description follows "must be". */
export const PATTERN_WORDS: Readonly<Record<string, string>> = {
  "[a-zA-Z0-9][a-zA-Z0-9_.-]+": "at least two letters and digits, behind the first of them also `_`, `.` and `-`",
  "^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+)$":
    "`always`, `never`, `missing`, `build`, `refresh`, `daily`, `weekly` or `every_` with a time, such as `every_12h`",
};

/** Mappings inside a service. Authors often put keys of these mappings directly into the service. */
const PARTS = ["deploy", "deploy.resources", "deploy.resources.limits", "build", "healthcheck", "logging"];

/**
 * Returns the path of the mapping to which a key belongs that an author has put directly into a service, such as
 * `deploy` for `replicas`.
 */
export function homeOf(key: string): string | undefined {
  return PARTS.find((part) => {
    let schema: Schema | undefined = SCHEMA_DEFINITIONS.service;
    for (const step of part.split(".")) schema = propertiesOf(schema)?.[step];
    const properties = propertiesOf(schema);
    return properties !== undefined && Object.hasOwn(properties, key);
  });
}

function propertiesOf(schema: Schema | undefined): Readonly<Record<string, Schema>> | undefined {
  if (schema === undefined) return undefined;
  const resolved = resolve(schema);
  return resolved.properties ?? resolved.oneOf?.map((branch) => resolve(branch).properties).find((found) => found);
}
