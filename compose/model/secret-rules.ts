import type { Span } from "../diagnostics/position";

/** A secret in a text: its position, and how certain the finding is. */
export interface FoundSecret extends Span {
  /** The kind of secret, which follows "holds" in a message: `a GitHub token`. Contains no part of the secret. */
  readonly kind: string;
  readonly certainty: "form" | "named" | "random" | "ordinary";
  /** The secret itself, without the escapes of the text. */
  readonly value: string;
}

/** Facts about the text that is searched for secrets. */
export interface SecretPlace {
  /** The key whose value is the searched text. */
  readonly key?: string | undefined;
  /** For an argument of a command: the arguments before it. */
  readonly before?: string | undefined;
  /** For the content of a file: the name of the file. */
  readonly file?: string | undefined;
  /** The names of the project's services. */
  readonly services?: ReadonlySet<string> | undefined;
  /**
   * Names in the document: of images, users, hosts and databases. A password that is equal to a name is not a secret.
   */
  readonly names?: ReadonlySet<string> | undefined;
  /**
   * Whether the text is shown or stored. If so, the value of a key such as `DB_PASSWORD` is a secret even if it is an
   * ordinary word, such as `prod`. To mask such a word does less harm than to show a password.
   */
  readonly isShown?: boolean | undefined;
}

/**
 * The rules that decide which texts are secrets. The caller passes the rules, because the Compose reader has no rules
 * of its own.
 */
export interface SecretRules {
  /** Returns all secrets in a text. */
  secretsIn(text: string, place?: SecretPlace): readonly FoundSecret[];
  /** Returns what to mask in output if a text as a whole is secret: the text, or the secret values in it. */
  knownValuesIn(text: string, place?: SecretPlace): readonly string[];
  /** Returns an object that finds `values` in a text, in every spelling that the rules know, such as base64. */
  setOf(values: readonly string[]): { find(text: string): readonly Span[] };
}

/** Rules that find no secrets in a text. Only a text that is declared as secret is secret. */
export const NO_SECRETS: SecretRules = {
  secretsIn: () => [],
  knownValuesIn: (text) => [text],
  setOf: () => ({ find: () => [] }),
};

/** The largest number of earlier arguments that help to decide whether an argument of a command is a secret. */
export const MOST_ARGUMENTS = 20;

/** The longest argument that can be the name of an option or a command, in characters. */
const LONGEST_ARGUMENT = 200;

/** Returns the arguments before an index as one text, at most `MOST_ARGUMENTS`. Returns `undefined` for index 0. */
export function argumentsBefore(items: readonly unknown[], index: number): string | undefined {
  if (index === 0) return undefined;
  const before = items.slice(Math.max(0, index - MOST_ARGUMENTS), index);
  // An argument that is empty, too long or not a text becomes `""`. Without this `""`, the next argument would look
  // like the value of an earlier option.
  return before
    .map((item) => (typeof item === "string" && item !== "" && item.length <= LONGEST_ARGUMENT ? item : '""'))
    .join(" ");
}
