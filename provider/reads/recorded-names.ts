import type { ResourceInputs } from "../lifecycle/run/inputs";
import { isMap, type Properties } from "../schema";
import { ARTIFACTS_OF_DYNAMIC_HOST, RECORDED_DEFAULTS } from "../schema/wire-forms";

/** The names of recorded inputs that are not arguments. These names never change, because states contain them. */
const RECORDED_NAMES = {
  urn: "__resourceUrn",
  scope: "__scope",
  secrets: "__secretInputs",
  timeouts: "__customTimeouts",
  replaceOnChanges: "__replaceOnChanges",
  defaults: RECORDED_DEFAULTS,
  projectRecord: "__composeRecord",
  program: "__project",
} as const satisfies Readonly<Record<Exclude<keyof ResourceInputs, "values">, string>>;

const PARTS = Object.entries(RECORDED_NAMES) as [keyof typeof RECORDED_NAMES, string][];
const RESERVED: ReadonlySet<string> = new Set(Object.values(RECORDED_NAMES));
const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/**
 * Splits recorded inputs into arguments and other inputs. Adds the defaults to the arguments, because the state records
 * the defaults in a map of their own. In states of version 0.1.0, the arguments already contain the defaults, and
 * `RECORDED_DEFAULTS` is a list of their names.
 */
export function sortedInputs(recorded: Properties): ResourceInputs {
  const parts = PARTS.filter(([, name]) => isSet(recorded[name])).map(([part, name]) => [part, recorded[name]]);
  const values = Object.fromEntries(
    Object.entries(recorded)
      .filter(([name]) => !RESERVED.has(name))
      .map(([name, value]) => [name === ARTIFACTS_OF_DYNAMIC_HOST ? "artifacts" : name, value]),
  );
  const defaults = recorded[RECORDED_NAMES.defaults];
  const filled = isMap(defaults) ? { values: { ...defaults, ...values }, defaults: Object.keys(defaults) } : { values };
  return { urn: "", ...Object.fromEntries(parts), ...filled };
}

/**
 * Converts inputs to the form in which the state records them (the reverse of {@link sortedInputs}). The defaults are
 * recorded separately, in `RECORDED_DEFAULTS`, which Pulumi ignores. With `refresh --run-program`, Pulumi compares the
 * recorded arguments with the program's arguments, before check adds defaults. So a default among the recorded
 * arguments would be a difference.
 */
export function recordedInputs({ values, ...rest }: ResourceInputs): Record<string, unknown> {
  const names: readonly unknown[] = Array.isArray(rest.defaults) ? rest.defaults : [];
  const [given, filled] = [false, true].map((isDefault) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name) === isDefault)),
  );
  const parts = PARTS.filter(([part]) => isSet(rest[part])).map(([part, name]) => [name, rest[part]]);
  const recorded = { ...given, ...Object.fromEntries(parts) };
  return rest.defaults === undefined ? recorded : { ...recorded, [RECORDED_NAMES.defaults]: filled };
}
