import { SECRET_MARK } from "../../canonical/explain";
import type { ComposeMapping } from "../../model/model";
import { NO_SECRETS, type SecretPlace, type SecretRules } from "../../model/secret-rules";
import { UNKNOWN_MARKER } from "../../yaml/text";
import { mask, maskRecorded, withoutDigests } from "./mask";

/**
 * Rules for these tests: a text with `canary` is a secret by its form, and a text with `random` is a random secret.
 * `asked` records the texts that the rules were asked about.
 */
function rulesOf() {
  const asked: (SecretPlace & { readonly text: string })[] = [];
  const secretRules: SecretRules = {
    ...NO_SECRETS,
    secretsIn(text, place = {}) {
      asked.push({ text, ...place });
      const certainty = text.includes("canary") ? "form" : text.includes("named") ? "named" : "random";
      if (!/canary|named|random/.test(text)) return [];
      return [{ kind: "a secret", certainty, value: text, start: 0, end: text.length }];
    },
    setOf: (values) => ({
      find: (text) => (values.includes(text) ? [{ start: 0, end: text.length }] : []),
    }),
  };
  return { asked, secretRules };
}

/** A model in which each value that begins with `!` is marked as secret. */
const bundle = (model: ComposeMapping) => ({
  redacted: (replace: (value: string) => string) =>
    JSON.parse(JSON.stringify(model), (_key, value) =>
      typeof value === "string" && value.startsWith("!") ? replace(value.slice(1)) : value,
    ) as ComposeMapping,
});
const digest = (path: string, value: string) => `${path}=${value.length}`;
const masked = (model: object, known: readonly string[] = []) => {
  const { secretRules, asked } = rulesOf();
  return { ...mask(bundle(model as ComposeMapping), digest, { secretRules, known }), asked };
};

test.each([
  ["an ordinary value", { a: "x" }, { a: "x" }, []],
  ["a secret value", { a: { b: "!secret" } }, { a: { b: `${SECRET_MARK} a.b=6` } }, ["secret"]],
  ["a secret with a doubled dollar sign", { a: "!a$$b" }, { a: `${SECRET_MARK} a=4` }, ["a$b"]],
  ["a secret that is not known yet", { a: `!${UNKNOWN_MARKER}` }, { a: UNKNOWN_MARKER }, []],
  ["a value that is not known yet", { a: `x${UNKNOWN_MARKER}` }, { a: UNKNOWN_MARKER }, []],
  ["the content of a config, whose secrets are known", { configs: { c: { content: "!s" } } }, undefined, []],
  ["the content of another section", { other: { c: { content: "!s" } } }, undefined, ["s"]],
  ["another key of a config", { configs: { c: { file: "!s" } } }, undefined, ["s"]],
  ["a value that looks like a secret", { a: "canary" }, { a: `${SECRET_MARK} a=6` }, ["canary"]],
  ["a value that has the name of one", { a: "named" }, { a: `${SECRET_MARK} a=5` }, ["named"]],
  ["a random value, which logs have too", { a: "random" }, { a: `${SECRET_MARK} a=6` }, []],
  ["a key that looks like a secret", { "canary-1": "x" }, { [`${SECRET_MARK} =8`]: "x" }, ["canary-1"]],
  ["a random key", { "random-1": "x" }, { "random-1": "x" }, []],
  ["a short key", { canary: "x" }, { canary: "x" }, []],
  ["a list, a number and nothing", { a: [1, "!s", null] }, { a: [1, `${SECRET_MARK} a=1`, "(null)"] }, ["s"]],
])("a model is masked: %s", (_, model, expected, secrets) => {
  const found = masked(model);
  if (expected !== undefined) expect(found.model).toEqual(expected);
  expect(found.secrets).toEqual(secrets);
});

test("further values are masked in the spelling of the text", () => {
  expect(masked({ a: "kn$$own", b: "other" }, ["kn$own"]).model).toEqual({ a: `${SECRET_MARK} a=7`, b: "other" });
});

test("each of many values that are marked as secret is masked, also in a key", () => {
  const values = Array.from({ length: 11 }, (_none, index) => "x".repeat(index + 1));
  const found = masked({ "x-a": Object.fromEntries(values.map((value) => [`k${value}`, `!${value}`])) });
  expect(found.secrets).toEqual(values);
  const { secretRules } = rulesOf();
  const key = { redacted: (replace: (value: string) => string) => ({ [replace("secret")]: "x" }) };
  expect(mask(key, digest, { secretRules })).toEqual({ model: { [`${SECRET_MARK} =6`]: "x" }, secrets: ["secret"] });
});

test("without a digest, only the mark replaces a secret", () => {
  const { secretRules } = rulesOf();
  expect(mask(bundle({ a: "!s" }), () => undefined, { secretRules }).model).toEqual({ a: SECRET_MARK });
});

test("a text is searched with its key and the arguments before it; a long text is searched once for each key", () => {
  const long = "x".repeat(1000);
  const { asked } = masked({ command: ["login", "-p", "y"], a: [long, long], b: long, c: [`${long}`.slice(1)] });
  expect(asked.find(({ text }) => text === "y")).toMatchObject({ key: "command", before: "login -p" });
  expect(asked.filter(({ text }) => text === long).map(({ key }) => key)).toEqual(["a", "b"]);
});

test("findings in a long text count each time", () => {
  const long = `canary${"x".repeat(1000)}`;
  expect(masked({ a: long, b: { a: long } }).model).toEqual({
    a: `${SECRET_MARK} a=1006`,
    b: { a: `${SECRET_MARK} b.a=1006` },
  });
});

describe("a recorded model", () => {
  const recorded = (model: object, other?: object) =>
    maskRecorded(model as ComposeMapping, digest, {
      secretRules: rulesOf().secretRules,
      ...(other === undefined ? {} : { other: other as ComposeMapping }),
    });

  test.each([
    ["an ordinary value", { a: "x" }, undefined, { a: "x" }],
    ["a value that looks like a secret", { a: "canary" }, undefined, { a: `${SECRET_MARK} a=6` }],
    ["a value that is masked", { a: `${SECRET_MARK} canary` }, undefined, { a: `${SECRET_MARK} canary` }],
    ["a value that is not known", { a: `canary ${UNKNOWN_MARKER}` }, undefined, { a: `canary ${UNKNOWN_MARKER}` }],
    ["an absent value", { a: "(null)" }, { a: SECRET_MARK }, { a: "(null)" }],
    ["a secret of the other model", { a: ["x"] }, { a: [SECRET_MARK] }, { a: [`${SECRET_MARK} a=1`] }],
    ["an ordinary value of the other model", { a: { b: "x" } }, { a: { b: "y" } }, { a: { b: "x" } }],
    ["a value that the other model lacks", { a: { b: "x" } }, { a: SECRET_MARK }, { a: { b: "x" } }],
    ["a key that looks like a secret", { "canary-1": "x" }, undefined, { [`${SECRET_MARK} =8`]: "x" }],
    ["a key that is masked", { [`${SECRET_MARK} canary`]: "x" }, undefined, { [`${SECRET_MARK} canary`]: "x" }],
  ])("is masked under today's rules: %s", (_, model, other, expected) =>
    expect(recorded(model, other)).toEqual(expected),
  );
});

test("without digests, models of two keys are equal", () => {
  const one = (digests: readonly string[]) => ({
    services: {
      a: { image: "i", labels: { n: `${SECRET_MARK} ${digests[0]}` }, command: ["x", `${SECRET_MARK} ${digests[0]}`] },
    },
    "x-a": { [`${SECRET_MARK} ${digests[1]}`]: "b", [`${SECRET_MARK} ${digests[2]}`]: "a", plain: "c" },
  });
  const shown = withoutDigests(one(["d", "e", "f"]));
  expect(shown).toEqual({
    services: { a: { image: "i", labels: { n: SECRET_MARK }, command: ["x", SECRET_MARK] } },
    "x-a": { plain: "c", [`${SECRET_MARK} 1`]: "a", [`${SECRET_MARK} 2`]: "b" },
  });
  expect(withoutDigests(one(["h", "z", "g"]))).toEqual(shown);
  const numbered = { [`${SECRET_MARK} 1`]: "a", [`${SECRET_MARK} 2`]: "b" };
  expect(withoutDigests({ "x-a": { [`${SECRET_MARK} d`]: "a", [`${SECRET_MARK} e`]: "b" } })).toEqual({
    "x-a": numbered,
  });
});
