import { knownValuesIn } from "./known-values";
import { isSecretName } from "./names";
import { isSwitch } from "./ordinary";
import { createSecretSet } from "./search/secret-set";
import { secretsIn } from "./secrets-in";

/** The public entry point for secrets: the search for secrets in a text, and sets of known secrets. */
export { keyedDigest } from "./digest";
export { REDACTED } from "./mark";
export { isSecretName } from "./names";
export { isSecretLine, shownText } from "./search/secret-lines";
export {
  createRedactor,
  createSecretSet,
  type Redactor,
  redactMessages,
  type SecretSet,
  type ShownNames,
} from "./search/secret-set";
export { type SecretFinding, type SecretPlace, secretsIn } from "./secrets-in";

/** The functions with which the Compose reader finds secrets in a document. */
export const secretRules = { secretsIn, knownValuesIn, setOf: (values: readonly string[]) => createSecretSet(values) };

/**
 * Returns true if the name or the value of a variable shows that the variable is secret. The name counts only if the
 * value is not empty and does not switch something, as `yes` does.
 */
export function isSecretVariable(name: string, text: string): boolean {
  return (isSecretName(name) && !isSwitch(text)) || secretsIn(text, { key: name }).length > 0;
}

/**
 * Makes a map of variables that the program does not mark as secret. `secret` is true if the name or the value shows
 * that the variable is secret.
 */
export function unmarkedVariables(
  texts: Iterable<readonly [name: string, text: string]>,
): Map<string, { readonly text: string; readonly secret: boolean }> {
  return new Map([...texts].map(([name, text]) => [name, { text, secret: isSecretVariable(name, text) }] as const));
}
