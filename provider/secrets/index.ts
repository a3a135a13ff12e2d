/** Public entry point of what the product knows about secrets: one table of shapes, one set of known values. */
export { REDACTED } from "./mark";
export { isSecretFile, isSecretName } from "./names";
export { isSecretLine } from "./secret-line";
export { createRedactor, createSecretSet, type Redactor, redactMessages, type SecretSet } from "./secret-set";
export { findSecret, isSecretValue, looksSecret } from "./secret-value";
