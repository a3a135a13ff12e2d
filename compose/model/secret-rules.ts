import type { Span } from "../diagnostics/position";

/** A secret in a text. `key`: its form shows that it is a key. `likely`: it looks random. */
export interface FoundSecret extends Span {
  readonly kind: "key" | "likely";
}

/** What counts as a secret. The caller supplies the rules: the reader itself takes nothing for a secret. */
export interface SecretRules {
  /** Whether a name means that its value is a secret, such as `DB_PASSWORD`. */
  isSecretName(name: string): boolean;
  /** The first key or password that is written out in a text. */
  findSecret(text: string): FoundSecret | undefined;
  /** Whether a text holds what looks like a secret, also in another encoding. */
  looksSecret(text: string): boolean;
  /** Whether an argument of a command gives a secret to an option; `before` is the argument before it. */
  givesSecret(argument: string, before?: string): boolean;
  /** Whether a value under a key, or after another item of a list, looks secret. */
  isSecretValue(value: string, key?: string, before?: string): boolean;
  /** A set of values. `holds` finds them in a text in any spelling. */
  setOf(values: readonly string[]): { holds(text: string): boolean };
}

/** Nothing is secret. */
export const NO_SECRETS: SecretRules = {
  isSecretName: () => false,
  findSecret: () => undefined,
  looksSecret: () => false,
  givesSecret: () => false,
  isSecretValue: () => false,
  setOf: () => ({ holds: () => false }),
};
