import { FUNCTIONS, type FunctionArguments, type FunctionName, type FunctionRow } from "./functions";
import type { CheckFailure } from "./rules";

/** Every function, in the order of the reference. */
export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as readonly FunctionName[];

/** What the table has of a function. */
export function functionRow(name: FunctionName): FunctionRow {
  return FUNCTIONS[name];
}

/** Outputs of a function that are secret. */
export function secretsOfFunction(name: FunctionName): readonly string[] {
  return Object.entries(functionRow(name).outputs).flatMap(([output, { secret }]) => (secret === true ? [output] : []));
}

/** Arguments that were read, or everything that is wrong with them. */
export type ReadArguments<Name extends FunctionName> =
  | { readonly kind: "arguments"; readonly values: FunctionArguments<Name> }
  | { readonly kind: "failures"; readonly failures: readonly CheckFailure[] };

/** Reads the arguments of a function, from whatever a program gives. What is `undefined` or `null` is not given. */
export function readFunctionArguments<Name extends FunctionName>(
  name: Name,
  given: Readonly<Record<string, unknown>>,
): ReadArguments<Name> {
  const rows = functionRow(name).inputs;
  const values = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  const failures: CheckFailure[] = values.flatMap(([property, value]) => {
    const row = Object.hasOwn(rows, property) ? rows[property] : undefined;
    const reason = row === undefined ? `is not an argument of ${name}` : row.type.rule?.(value);
    return reason === undefined ? [] : [{ property, reason }];
  });
  for (const [property, row] of Object.entries(rows)) {
    const isGiven = values.some(([each]) => each === property);
    if (row.required === true && !isGiven) {
      failures.push({ property, reason: row.type.rule?.(undefined) ?? "must be given" });
    }
  }
  if (failures.length > 0) return { kind: "failures", failures };
  return { kind: "arguments", values: Object.fromEntries(values) as FunctionArguments<Name> };
}
