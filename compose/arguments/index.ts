import { type Parameter, SIGNATURES } from "./signatures";

/** The name of a function in the table of parameters. */
export type Checked = keyof typeof SIGNATURES;

/**
 * Throws a `TypeError` if an argument of an exported function is wrong. Without this check, a program in JavaScript
 * would get a wrong result, or an error that does not name the argument.
 */
export function checkArguments(name: Checked, values: readonly unknown[]): void {
  const parameters: readonly Parameter[] = SIGNATURES[name];
  for (const [index, [parameter, { errorOf }]] of parameters.entries()) {
    const error = errorOf(values[index], parameter);
    if (error !== undefined) throw new TypeError(`${name.replace("node.", "")}: ${error}.`);
  }
}

/** Returns a function that checks its arguments and then calls `own`. */
export function checked<Own extends (...values: never[]) => unknown>(name: Checked, own: Own): Own {
  const withCheck = (...values: Parameters<Own>): unknown => {
    checkArguments(name, values);
    return own(...values);
  };
  return withCheck as Own;
}
