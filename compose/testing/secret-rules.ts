import type { SecretRules } from "../model/secret-rules";

/**
 * Rules for the reader's tests. Secrets are values of names like …PASSWORD, words of 20 capital letters and digits, and
 * 20 times `z`.
 */
export const someSecretRules: SecretRules = {
  secretsIn(text, { key = "" } = {}) {
    const word = /[A-Z0-9]{20}/.exec(text);
    if (word !== null) {
      const [value] = word;
      return [{ start: word.index, end: word.index + value.length, kind: "a key", certainty: "form", value }];
    }
    const long = /z{20}/.exec(text);
    if (long !== null) {
      return [{ start: long.index, end: long.index + 20, kind: "a long word", certainty: "random", value: long[0] }];
    }
    if (!/PASSWORD$/i.test(key) || text === "") return [];
    return [{ start: 0, end: text.length, kind: `the value of ${key}`, certainty: "named", value: text }];
  },
  knownValuesIn: (text) => [text],
  setOf: (values) => ({
    find: (text) => values.filter((value) => text.includes(value)).map(() => ({ start: 0, end: text.length })),
  }),
};
