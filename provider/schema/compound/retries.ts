import { isMap, type ValueType } from "../value-types";

/** Causes of a failure, each with its meaning. After these failures, another run may succeed. */
export const RETRY_CAUSES = {
  system_failure: "Lyceum could not run the services, or lost them.",
  timeout: "Lyceum ended the run at its `timeout`.",
  failed: "The run failed by itself, for example with an exit code other than 0.",
} as const;

/** The cause of a failure, as `retries` names it. */
export type RetryCause = keyof typeof RETRY_CAUSES;

const CAUSES = Object.keys(RETRY_CAUSES) as RetryCause[];

/** The largest number of runs that a create may start. */
const MOST_ATTEMPTS = 10;

/** The argument `retries`, with its defaults. */
export interface Retries {
  /** The largest number of runs that one create starts, including the first run. */
  readonly attempts: number;
  readonly on: readonly RetryCause[];
}

/** The fields of the argument `retries`. The check, the types, the schema and the reference all use this table. */
export const RETRY_FIELDS = {
  attempts: {
    typescript: "number",
    words: "number",
    required: true,
    doc: `The most runs that one \`up\` starts for the resource, the first one included: 2 to ${MOST_ATTEMPTS}.`,
  },
  on: {
    typescript: `pulumi.Input<${CAUSES.map((cause) => `"${cause}"`).join(" | ")}>[]`,
    words: `list of ${CAUSES.map((cause) => `\`"${cause}"\``).join(", ")}`,
    required: false,
    doc: `The failures after which another run starts. Default \`["system_failure"]\`. ${CAUSES.map((cause) => `\`${cause}\`: ${RETRY_CAUSES[cause]}`).join(" ")}`,
  },
} as const;

/** The argument `retries`. */
export const retries: ValueType<Retries> = {
  kind: "retries",
  parse: (value) => {
    if (!isMap(value) || typeof value.attempts !== "number") return undefined;
    const { on } = value;
    const causes = Array.isArray(on) ? CAUSES.filter((cause) => on.includes(cause)) : (["system_failure"] as const);
    return { attempts: value.attempts, on: causes };
  },
  rule: (value) => {
    if (!isMap(value)) return 'must be a map, such as {attempts: 3, on: ["system_failure"]}';
    const unknown = Object.keys(value).find((key) => !Object.hasOwn(RETRY_FIELDS, key));
    if (unknown !== undefined) return `has the key ${unknown}; known are ${Object.keys(RETRY_FIELDS).join(" and ")}`;
    const { attempts, on } = value;
    if (!(Number.isInteger(attempts) && Number(attempts) >= 2 && Number(attempts) <= MOST_ATTEMPTS))
      return `must have attempts, a whole number from 2 to ${MOST_ATTEMPTS}`;
    if (on === undefined || on === null) return undefined;
    const isList = Array.isArray(on) && on.length > 0 && on.every((cause) => CAUSES.some((known) => known === cause));
    return isList ? undefined : `must have on as a list of ${CAUSES.map((cause) => `"${cause}"`).join(", ")}`;
  },
  typescript: "ComposeExecutionRetries",
  shape: { fields: "ComposeExecutionRetries" },
  words: "map of `attempts` and `on`",
};
