const name = /[A-Za-z_\u017f\u212a][0-9A-Za-z_\u017f\u212a]*/y;

/** The name of a variable in a text. */
export interface VariableName {
  readonly name: string;
  /**
   * Whether it holds U+017F or U+212A. Compose ignores case when it looks for names, and takes the two for an `s` and a
   * `k`; to other readers the name ends before them.
   */
  readonly isAmbiguous: boolean;
}

/** The name of a variable that starts at an offset; `undefined` when none does. */
export function variableNameAt(text: string, offset: number): VariableName | undefined {
  name.lastIndex = offset;
  const found = name.exec(text)?.[0];
  return found === undefined ? undefined : { name: found, isAmbiguous: /[\u017f\u212a]/.test(found) };
}
