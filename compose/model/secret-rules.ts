import type { Span } from "../diagnostics/position";

/** A secret in a text: where it is, and how sure that is. See `provider/secrets`. */
export interface FoundSecret extends Span {
  /** In words that follow "holds": `a GitHub token`. They contain no part of the value. */
  readonly kind: string;
  readonly certainty: "form" | "named" | "random" | "ordinary";
  /** The secret as a program gets it, without the escapes of the text. */
  readonly value: string;
}

/** What is known about a text that is searched for secrets. */
export interface SecretPlace {
  /** The key that the text is the value of. */
  readonly key?: string | undefined;
  /** The arguments before it in a command. */
  readonly before?: string | undefined;
  /** The name of the file whose content the text is. */
  readonly file?: string | undefined;
  /** Names of the services of the project. */
  readonly services?: ReadonlySet<string> | undefined;
  /** Names elsewhere in the document: of images, users, hosts and databases. A password that equals one is no secret. */
  readonly names?: ReadonlySet<string> | undefined;
  /** The text is shown or stored. Then ordinary values of the names of secrets count, too. */
  readonly isShown?: boolean | undefined;
}

/** The rules that decide what is a secret. The caller passes them. The reader has no such rules itself. */
export interface SecretRules {
  /** All secrets that a text gives away. */
  secretsIn(text: string, place?: SecretPlace): readonly FoundSecret[];
  /** The values that are searched for in output, of a text that is secret as a whole. */
  knownValuesIn(text: string, place?: SecretPlace): readonly string[];
  /** A set of values, which are found in a text in any spelling. */
  setOf(values: readonly string[]): { find(text: string): readonly Span[] };
}

/** Nothing is secret, but all of what is declared as secret. */
export const NO_SECRETS: SecretRules = {
  secretsIn: () => [],
  knownValuesIn: (text) => [text],
  setOf: () => ({ find: () => [] }),
};

/** The most arguments of a command that are read before one of them. */
export const MOST_ARGUMENTS = 20;

/** A longer argument names no option, and no command. */
const LONGEST_ARGUMENT = 200;

/** The arguments before one of a list, as one text; absent before the first. */
export function argumentsBefore(items: readonly unknown[], index: number): string | undefined {
  if (index === 0) return undefined;
  const before = items.slice(Math.max(0, index - MOST_ARGUMENTS), index);
  // An argument without a text keeps its position, so that the next one does not count as the value of an option.
  return before
    .map((item) => (typeof item === "string" && item !== "" && item.length <= LONGEST_ARGUMENT ? item : '""'))
    .join(" ");
}
