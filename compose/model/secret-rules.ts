import type { Span } from "../diagnostics/position";

/** A secret in a text. `key`: its form shows that it is a key. `likely`: it looks random. */
export interface FoundSecret extends Span {
  readonly kind: "key" | "likely";
}

/** The rules that decide what is a secret. The caller passes them. The reader has no such rules itself. */
export interface SecretRules {
  /** Whether a name means that its value is a secret, such as `DB_PASSWORD`. */
  isSecretName(name: string): boolean;
  /** The first key or password in a text that is not hidden in a variable. */
  findSecret(text: string): FoundSecret | undefined;
  /** Whether a text contains something that looks like a secret, even in another encoding. */
  looksSecret(text: string): boolean;
  /** Whether an argument of a command is the secret value of an option. `before` is the argument before it. */
  givesSecret(argument: string, before?: string): boolean;
  /** Whether a value looks secret because of its key, or because of the item before it in a list. */
  isSecretValue(value: string, key?: string, before?: string): boolean;
  /** A set of values. `holds` finds them in a text, in any spelling. */
  setOf(values: readonly string[]): { holds(text: string): boolean };
}

/** Rules with which nothing is secret. */
export const NO_SECRETS: SecretRules = {
  isSecretName: () => false,
  findSecret: () => undefined,
  looksSecret: () => false,
  givesSecret: () => false,
  isSecretValue: () => false,
  setOf: () => ({ holds: () => false }),
};
