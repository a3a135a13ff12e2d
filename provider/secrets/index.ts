import { givesSecret, isSecretName } from "./names";
import { createSecretSet } from "./secret-set";
import { findSecret, isSecretValue, looksSecret } from "./secret-value";

/** Public entry point of secrets: one table of shapes, one set of known values. */
export { keyedDigest } from "./digest";
export { REDACTED } from "./mark";
export { isSecretName } from "./names";
export { isSecretLine } from "./secret-line";
export {
  createRedactor,
  createSecretSet,
  type Redactor,
  redactMessages,
  type SecretSet,
  type ShownNames,
} from "./secret-set";
export { findSecret, isSecretValue, looksSecret, unmarkedVariables } from "./secret-value";

/** The definition of a secret in a compose document. */
export const secretRules = {
  findSecret,
  givesSecret,
  isSecretName,
  isSecretValue,
  looksSecret,
  setOf: (values: readonly string[]) => createSecretSet(values),
};
