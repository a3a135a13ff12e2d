import type { SecretRules } from "../model/secret-rules";

/**
 * What is a secret in the reader's tests: values of names that end in PASSWORD, and words of 20 capital letters and
 * digits.
 */
export const someSecretRules: SecretRules = {
  isSecretName: (name) => /PASSWORD$/i.test(name),
  findSecret: (text) => {
    const found = /[A-Z0-9]{20}/.exec(text);
    return found === null ? undefined : { kind: "key", start: found.index, end: found.index + found[0].length };
  },
  looksSecret: (text) => /[A-Z0-9]{20}/.test(text),
  givesSecret: () => false,
  isSecretValue: (value, key = "") => /PASSWORD$/i.test(key) || /[A-Z0-9]{20}/.test(value),
  setOf: (values) => ({ holds: (text) => values.some((value) => text.includes(value)) }),
};
