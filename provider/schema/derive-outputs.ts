import { type IdentityValues, parseIdentity } from "./derive-inputs";
import { OUTPUTS } from "./outputs";
import type { OutputRow } from "./rows";
import type { ValueOf } from "./value-types";

type Outputs = typeof OUTPUTS;

/** Name of an output that is not an argument's too. */
export type OutputName = keyof Outputs;

type AlwaysThere = {
  [Name in OutputName]: Outputs[Name] extends { readonly fallback: unknown } ? Name : never;
}[OutputName];

/** What is recorded of a run. */
export type RecordedOutputs = { readonly [Name in AlwaysThere]: ValueOf<Outputs[Name]> } & {
  readonly [Name in Exclude<OutputName, AlwaysThere>]?: ValueOf<Outputs[Name]>;
} & IdentityValues;

const NAMES = Object.keys(OUTPUTS) as readonly OutputName[];

/** What the table has of an output. */
export function outputRow(name: OutputName): OutputRow {
  return OUTPUTS[name];
}

/** Outputs that the class shows. */
export const PUBLIC_OUTPUTS = NAMES.filter((name) => outputRow(name).public === true);

/** Outputs that are secret. */
export const SECRET_OUTPUTS: readonly string[] = NAMES.filter((name) => outputRow(name).secret === true);

/** Whether the argument `secretResults` makes the output `results` secret. */
export function namesSecretResults(secretResults: unknown): boolean {
  return Array.isArray(secretResults) && secretResults.length > 0;
}

/** Whether an output has this name. */
export function isOutput(name: string): name is OutputName {
  return Object.hasOwn(OUTPUTS, name);
}

/** Reads recorded outputs back; whatever an older or damaged state lacks takes its fallback. */
export function parseRecorded(state: Readonly<Record<string, unknown>>): RecordedOutputs {
  const parsed: Record<string, unknown> = {};
  for (const name of NAMES) {
    const { type, fallback } = outputRow(name);
    const value = type.parse(state[name]) ?? fallback;
    if (value !== undefined) parsed[name] = value;
  }
  return { ...parsed, ...parseIdentity(state) } as RecordedOutputs;
}
