import { knownValuesIn } from "./known-values";
import { isSecretName } from "./names";
import { isSwitch } from "./ordinary";
import { createSecretSet } from "./secret-set";
import { secretsIn } from "./secrets-in";

/** Public entry point of secrets: one function that finds them, and one set of known values. */
export { keyedDigest } from "./digest";
export { REDACTED } from "./mark";
export { isSecretName } from "./names";
export { isKeyLike } from "./ordinary";
export { isSecretLine } from "./secret-lines";
export {
  createRedactor,
  createSecretSet,
  type Redactor,
  redactMessages,
  type SecretSet,
  type ShownNames,
} from "./secret-set";
export { type SecretFinding, type SecretPlace, secretsIn } from "./secrets-in";

/** The definition of a secret in a compose document. */
export const secretRules = { secretsIn, knownValuesIn, setOf: (values: readonly string[]) => createSecretSet(values) };

/** Whether a variable's name or value shows that it is secret. Its name is enough, but for a switch. */
export function isSecretVariable(name: string, text: string): boolean {
  return (isSecretName(name) && !isSwitch(text)) || secretsIn(text, { key: name }).length > 0;
}

/** Variables that nobody marked, with those that are secret by their name or value. */
export function unmarkedVariables(
  texts: Iterable<readonly [name: string, text: string]>,
): Map<string, { readonly text: string; readonly secret: boolean }> {
  return new Map([...texts].map(([name, text]) => [name, { text, secret: isSecretVariable(name, text) }] as const));
}
