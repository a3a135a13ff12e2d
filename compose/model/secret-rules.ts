import type { Span } from "../diagnostics/position";

/** A secret in a text. `key`: its form says so. `likely`: only chance writes so. */
export interface FoundSecret extends Span {
  readonly kind: "key" | "likely";
}

/** What counts as a secret. The caller knows it: the reader itself takes nothing for one. */
export interface SecretRules {
  /** Whether a name says that its value is a secret, such as `DB_PASSWORD`. */
  isSecretName(name: string): boolean;
  /** The first key or password that is written out in a text. */
  findSecret(text: string): FoundSecret | undefined;
  /** Whether a text holds what looks like a secret, also in another encoding. */
  looksSecret(text: string): boolean;
  /** Whether an argument of a command gives a secret to an option; `before` is the argument before it. */
  givesSecret(argument: string, before?: string): boolean;
  /** Whether a value under a key, or behind an item of a list, looks secret. */
  isSecretValue(value: string, key?: string, before?: string): boolean;
  /** What finds some values in texts, in whichever spelling. */
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
