import type { Span } from "../diagnostics/position";

/** A secret in a text: its position, and how certain it is. See `provider/secrets`. */
export interface FoundSecret extends Span {
  /** The kind of secret, for a message after "holds": `a GitHub token`. It contains no part of the value. */
  readonly kind: string;
  readonly certainty: "form" | "named" | "random" | "ordinary";
  /** The secret as a program receives it, without the escapes of the text. */
  readonly value: string;
}

/** What is known about a text that is searched for secrets. */
export interface SecretPlace {
  /** The key whose value the text is. */
  readonly key?: string | undefined;
  /** The arguments of a command before the text. */
  readonly before?: string | undefined;
  /** The name of the file, if the text is the content of a file. */
  readonly file?: string | undefined;
  /** Names of the services of the project. */
  readonly services?: ReadonlySet<string> | undefined;
  /**
   * Names elsewhere in the document: of images, users, hosts and databases. A password that is equal to one is not a
   * secret.
   */
  readonly names?: ReadonlySet<string> | undefined;
  /** Whether the text is shown or stored. If so, ordinary values count too if their names are names of secrets. */
  readonly isShown?: boolean | undefined;
}

/** The rules that decide what is a secret. The caller passes them, because the reader of Compose has none. */
export interface SecretRules {
  /** All secrets in a text. */
  secretsIn(text: string, place?: SecretPlace): readonly FoundSecret[];
  /** The values in a text that is secret as a whole. The provider searches output for these values. */
  knownValuesIn(text: string, place?: SecretPlace): readonly string[];
  /** A set of values. Finds them in a text, in any spelling. */
  setOf(values: readonly string[]): { find(text: string): readonly Span[] };
}

/** Rules by which only the texts that are declared as secret are secret. */
export const NO_SECRETS: SecretRules = {
  secretsIn: () => [],
  knownValuesIn: (text) => [text],
  setOf: () => ({ find: () => [] }),
};

/** The largest number of arguments that are read before an argument of a command. */
export const MOST_ARGUMENTS = 20;

/** A longer argument is not a name of an option or of a command. */
const LONGEST_ARGUMENT = 200;

/** The arguments before an argument in a list, as one text. Absent before the first. */
export function argumentsBefore(items: readonly unknown[], index: number): string | undefined {
  if (index === 0) return undefined;
  const before = items.slice(Math.max(0, index - MOST_ARGUMENTS), index);
  // An argument without a text keeps its position, so that the next one does not count as the value of an option.
  return before
    .map((item) => (typeof item === "string" && item !== "" && item.length <= LONGEST_ARGUMENT ? item : '""'))
    .join(" ");
}
