import { knownValuesIn } from "./known-values";
import { isSecretName } from "./names";
import { isSwitch } from "./ordinary";
import { createSecretSet } from "./search/secret-set";
import { secretsIn } from "./secrets-in";

/** The public entry point for secrets: functions that find secrets in a text, and a set of known secrets. */
export { keyedDigest } from "./digest";
export { REDACTED } from "./mark";
export { isSecretName } from "./names";
export { isKeyLike } from "./ordinary";
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

/** The functions that decide what is a secret in a Compose document. */
export const secretRules = { secretsIn, knownValuesIn, setOf: (values: readonly string[]) => createSecretSet(values) };

/**
 * Whether the name or the value of a variable shows that the variable is secret. The name alone is enough, except if
 * the value is a switch.
 */
export function isSecretVariable(name: string, text: string): boolean {
  return (isSecretName(name) && !isSwitch(text)) || secretsIn(text, { key: name }).length > 0;
}

/**
 * The variables that the program does not mark as secret. A second list has those of them that are secret by their name
 * or value.
 */
export function unmarkedVariables(
  texts: Iterable<readonly [name: string, text: string]>,
): Map<string, { readonly text: string; readonly secret: boolean }> {
  return new Map([...texts].map(([name, text]) => [name, { text, secret: isSecretVariable(name, text) }] as const));
}
