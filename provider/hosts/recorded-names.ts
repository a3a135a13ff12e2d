import type { ResourceInputs } from "../lifecycle";
import type { Properties } from "../schema";

/** Under which name an input that is no argument is recorded. States hold these names: none is ever changed. */
const RECORDED_NAMES = {
  urn: "__resourceUrn",
  scope: "__scope",
  secrets: "__secretInputs",
  timeouts: "__customTimeouts",
  replaceOnChanges: "__replaceOnChanges",
  defaults: "__defaults",
  projectRecord: "__composeRecord",
  program: "__project",
} as const satisfies Readonly<Record<Exclude<keyof ResourceInputs, "values">, string>>;

const PARTS = Object.entries(RECORDED_NAMES) as [keyof typeof RECORDED_NAMES, string][];
const RESERVED: ReadonlySet<string> = new Set(Object.values(RECORDED_NAMES));
const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** Inputs by their recorded names, sorted into arguments and what goes with them. */
export function sortedInputs(recorded: Properties): ResourceInputs {
  const parts = PARTS.filter(([, name]) => isSet(recorded[name])).map(([part, name]) => [part, recorded[name]]);
  const values = Object.fromEntries(Object.entries(recorded).filter(([name]) => !RESERVED.has(name)));
  return { urn: "", ...Object.fromEntries(parts), values };
}

/** The opposite of {@link sortedInputs}. */
export function recordedInputs({ values, ...rest }: ResourceInputs): Record<string, unknown> {
  const parts = PARTS.filter(([part]) => isSet(rest[part])).map(([part, name]) => [name, rest[part]]);
  return Object.fromEntries([...Object.entries(values), ...parts]);
}
