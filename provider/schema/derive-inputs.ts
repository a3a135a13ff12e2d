import { INPUTS } from "./inputs";
import type { InputRow, Role } from "./rows";
import type { SourceType, ValueOf, ValueType } from "./value-types";

type Inputs = typeof INPUTS;

/** Arguments whose value is a map of texts. A single entry of the map can be secret (`variables.PASSWORD`). */
export const MAPS_OF_TEXTS = ["variables", "images"] as const;

/** The name of an argument whose value is a map of texts. */
export type MapOfTexts = (typeof MAPS_OF_TEXTS)[number];

/** The name of an argument. */
export type InputName = keyof Inputs;

/** The names of the arguments that have a given role. */
export type InputNameOf<Of extends Role> = {
  [Name in InputName]: Inputs[Name]["role"] extends Of ? Name : never;
}[InputName];

/** The name of an argument that has a value in {@link ParsedArguments}: every argument without a {@link SourceType}. */
export type ParsedName = {
  [Name in InputName]: Inputs[Name]["type"] extends SourceType ? never : Name;
}[InputName];

/**
 * The name of an argument that identifies a run and is recorded unchanged. If the argument changes, a new run starts.
 */
export type IdentityName = {
  [Name in ParsedName]: Inputs[Name] extends { readonly recorded: "value" } ? Name : never;
}[ParsedName];

type AlwaysThere = {
  [Name in ParsedName]: Inputs[Name] extends { readonly default: unknown } | { readonly whenAbsent: unknown }
    ? Name
    : never;
}[ParsedName];

/** The arguments after the check: typed, and with defaults. Secrets are in plaintext. */
export type ParsedArguments = { readonly [Name in AlwaysThere]: ValueOf<Inputs[Name]> } & {
  readonly [Name in Exclude<ParsedName, AlwaysThere>]?: ValueOf<Inputs[Name]>;
};

/** The recorded values that identify a run. */
export type IdentityValues = Pick<ParsedArguments, IdentityName>;

/** The names of all arguments of a ComposeExecution, in the order of the reference. */
export const ARGUMENTS = Object.keys(INPUTS) as readonly InputName[];

/** Returns the row of an argument in the table `INPUTS`. */
export function inputRow(name: InputName): InputRow {
  return INPUTS[name];
}

/** Returns the names of the arguments that have one of the roles, in the order of `ARGUMENTS`. */
export function inputsOf<Of extends Role>(...roles: readonly Of[]): readonly InputNameOf<Of>[] {
  return ARGUMENTS.filter((name): name is InputNameOf<Of> => (roles as readonly Role[]).includes(INPUTS[name].role));
}

/** The arguments that identify a run and are recorded unchanged. */
export const IDENTITY_NAMES = ARGUMENTS.filter((name): name is IdentityName => inputRow(name).recorded === "value");

/** Returns the type of an argument's value. `undefined` if the argument has a {@link SourceType}. */
export function valueTypeOf(name: InputName): ValueType<unknown> | undefined {
  const { type } = inputRow(name);
  return type.kind === "source" ? undefined : type;
}

const PARSED = ARGUMENTS.flatMap((name) => {
  const type = valueTypeOf(name);
  return type === undefined ? [] : [{ name, type, row: inputRow(name) }];
});

/** Returns the value that an argument has if the program does not give it. */
function defaultOf(row: InputRow): unknown {
  return row.default ?? row.whenAbsent;
}

/** The default of each argument that has one. The check adds these defaults to the inputs. */
export const INPUT_DEFAULTS: Readonly<Record<string, unknown>> = Object.fromEntries(
  PARSED.flatMap(({ name, row }) => (row.default === undefined ? [] : [[name, row.default]])),
);

/** Converts checked arguments to typed arguments. An argument that an older version did not record gets its default. */
export function parseArguments(news: Readonly<Record<string, unknown>>): ParsedArguments {
  const parsed: Record<string, unknown> = {};
  for (const { name, type, row } of PARSED) {
    const value = type.parse(news[name]) ?? defaultOf(row);
    if (value !== undefined) parsed[name] = value;
  }
  return parsed as ParsedArguments;
}

/**
 * Reads the values that identify a run from recorded outputs. For a value that an older version did not record, returns
 * `whenNotRecorded`, or else the default.
 */
export function parseIdentity(state: Readonly<Record<string, unknown>>): IdentityValues {
  const entries = IDENTITY_NAMES.map((name) => {
    const row = inputRow(name);
    return [name, valueTypeOf(name)?.parse(state[name]) ?? row.whenNotRecorded ?? defaultOf(row)];
  });
  return Object.fromEntries(entries) as IdentityValues;
}

/** Returns only the arguments that identify a run, as the outputs record them. */
export function identityValues(values: IdentityValues): IdentityValues {
  return Object.fromEntries(IDENTITY_NAMES.map((name) => [name, values[name]])) as unknown as IdentityValues;
}

/**
 * Returns the values that a start key contains. `always` has the values that every start key contains. `chosen` has the
 * other values, if they differ from their defaults. So if a later version adds an argument, the start keys of programs
 * without this argument stay the same.
 */
export function identityKeyParts(values: IdentityValues): { readonly always: string[]; readonly chosen: string[] } {
  const isFirst = (name: IdentityName): boolean => inputRow(name).inEveryKey === true;
  const isChosen = (name: IdentityName): boolean => !isFirst(name) && values[name] !== defaultOf(inputRow(name));
  return {
    always: IDENTITY_NAMES.filter(isFirst).map((name) => String(values[name])),
    chosen: IDENTITY_NAMES.filter(isChosen).map((name) => `${name}=${values[name]}`),
  };
}
