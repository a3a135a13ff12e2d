import type { Span } from "../diagnostics/position";

/** A secret in a text: its position, and how certain the finding is. */
export interface FoundSecret extends Span {
  /**
   * The kind of secret, as the words after "holds" in a message: `a GitHub token`. The kind contains no part of the
   * secret.
   */
  readonly kind: string;
  readonly certainty: "form" | "named" | "random" | "ordinary";
  /** The secret as a program receives it, without the escapes of the text. */
  readonly value: string;
}

/** The known facts about a text that is searched for secrets. */
export interface SecretPlace {
  /** The key whose value the text is. */
  readonly key?: string | undefined;
  /** The arguments that come before the text in a command. */
  readonly before?: string | undefined;
  /** The name of the file, if the text is the content of a file. */
  readonly file?: string | undefined;
  /** Names of the services of the project. */
  readonly services?: ReadonlySet<string> | undefined;
  /**
   * Names in the document: of images, users, hosts and databases. A password that is equal to a name is not a secret.
   */
  readonly names?: ReadonlySet<string> | undefined;
  /**
   * Whether the text is shown or stored. If so, an ordinary value is a secret too if its key has the name of a secret.
   */
  readonly isShown?: boolean | undefined;
}

/**
 * The rules that decide which texts are secrets. The caller passes the rules, because the Compose reader itself has
 * none.
 */
export interface SecretRules {
  /** Returns all secrets in a text. */
  secretsIn(text: string, place?: SecretPlace): readonly FoundSecret[];
  /** Returns the values to search for in output, from a text that is secret as a whole. */
  knownValuesIn(text: string, place?: SecretPlace): readonly string[];
  /** Returns an object that finds the values in a text, in any spelling. */
  setOf(values: readonly string[]): { find(text: string): readonly Span[] };
}

/** Rules that find no secret by its form. Only a text that is declared as secret is secret. */
export const NO_SECRETS: SecretRules = {
  secretsIn: () => [],
  knownValuesIn: (text) => [text],
  setOf: () => ({ find: () => [] }),
};

/** The largest number of preceding arguments that are read for one argument of a command. */
export const MOST_ARGUMENTS = 20;

/** The longest argument that can be the name of an option or a command, in characters. */
const LONGEST_ARGUMENT = 200;

/** Returns the arguments before an item in a list, as one text. Returns `undefined` for the first item. */
export function argumentsBefore(items: readonly unknown[], index: number): string | undefined {
  if (index === 0) return undefined;
  const before = items.slice(Math.max(0, index - MOST_ARGUMENTS), index);
  // An argument that is empty, too long or not a text becomes `""`. Otherwise the argument after it would look like the
  // value of an earlier option.
  return before
    .map((item) => (typeof item === "string" && item !== "" && item.length <= LONGEST_ARGUMENT ? item : '""'))
    .join(" ");
}
