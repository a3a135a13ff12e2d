import fc from "fast-check";
import { identityValues } from "../../../schema";
import { parseInputs } from "../../inputs/parse-inputs";
import { NO_INPUTS } from "../inputs";
import {
  formatFileName,
  formatStartKey,
  isOfStart,
  isUnaltered,
  keysIn,
  labelIn,
  parseFileName,
  provesStart,
  type StartKey,
  startKeyParts,
} from "./start-key";

const identity = { urn: "urn:a", composeDigest: "c", triggersDigest: "t", ...identityValues(parseInputs(NO_INPUTS)) };

describe("start key", () => {
  const tag = fc.string({ unit: fc.constantFrom(..."09az"), minLength: 4, maxLength: 4 });

  test("is 28 letters [a-z0-9], 24 without a tag, and is read back from a file name with any label", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.integer({ min: 1, max: 36 ** 3 - 1 }),
        fc.option(fc.string()),
        fc.constantFrom("abort" as const, "leave" as const),
        fc.option(tag),
        (scope, urn, attempt, label, onDelete, tag) => {
          const untagged = { ...startKeyParts(`s${scope}`, { ...identity, urn }), attempt, onDelete };
          const key = tag === null ? untagged : { ...untagged, tag };
          expect(formatStartKey(key)).toMatch(tag === null ? /^[a-z0-9]{24}$/ : /^[a-z0-9]{28}$/);
          expect(parseFileName(formatFileName(key, label ?? undefined))).toEqual(key);
          expect(labelIn(formatFileName(key, label ?? undefined))).toBe(label ?? "");
        },
      ),
    );
  });

  test.each([
    [0, "001"],
    [1.9, "001"],
    [36 ** 3 - 1, "zzz"],
    [36 ** 3, "zzz"],
  ])("has three letters for attempt %d: %s", (attempt, letters) => {
    const key = { ...startKeyParts("scope", identity), attempt, onDelete: "leave" as const };
    expect(formatStartKey(key).slice(20)).toBe(`l${letters}`);
  });

  test("a file name without a key is a label", () => {
    expect(labelIn("train-nightly")).toBe("train-nightly");
    expect(labelIn(undefined)).toBe("");
  });

  test.each(["executionType", "composeDigest", "triggersDigest"] as const)(
    "another %s is another key of the same resource",
    (name) => {
      const one = startKeyParts("scope", identity);
      const other = startKeyParts("scope", { ...identity, [name]: "x" });
      expect(other.resource).toBe(one.resource);
      expect(other.inputs).not.toBe(one.inputs);
    },
  );

  test("another URN is another resource of the same stack", () => {
    const one = startKeyParts("scope", identity);
    const other = startKeyParts("scope", { ...identity, urn: "urn:b" });
    expect(other).toEqual({ ...one, resource: expect.not.stringContaining(one.resource) });
  });

  test("another stack's secret gives another key for everything", () => {
    const one = startKeyParts("scope", identity);
    const other = startKeyParts("another", identity);
    expect(other.resource).not.toBe(one.resource);
    expect(other.inputs).not.toBe(one.inputs);
  });

  const key = { ...startKeyParts("scope", identity), attempt: 40, onDelete: "abort" as const, tag: "t4g0" };
  const { tag: _tag, ...untagged } = key;
  const name = formatFileName(key, "train");

  test.each([
    name.toUpperCase(),
    `compose_${name}`,
    `Runs/${name}.yaml`,
    `0123456789abcdef0123456789abcdef-${name}`,
    name.replaceAll("-", "_"),
    name.replaceAll("-", ""),
    `${name}-1700000000`,
  ])("is read from an altered name: %s", (altered) => {
    expect(keysIn(altered)).toContainEqual(key);
  });

  test.each([20, 21, 22])("that is cut after %d letters has its keyed parts, but no attempt", (length) => {
    expect(keysIn(name.slice(0, length))).toEqual([{ ...untagged, attempt: 0, onDelete: "leave" }]);
  });

  test.each([24, 26, 27])("that is cut after %d letters has all parts but the tag", (length) =>
    expect(keysIn(name.slice(0, length))).toEqual([untagged]),
  );

  test.each([19, 13, 5])("that is cut after %d letters is not read as a key", (length) =>
    expect(keysIn(name.slice(0, length))).toEqual([]),
  );

  test("of an older version is read", () => {
    const older = `${key.scope}${key.resource}${key.inputs}`;
    expect(parseFileName(`${older}a1-train`)).toEqual({ ...untagged, attempt: 1 });
    expect(parseFileName(`${older}l14`)).toEqual({ ...untagged, onDelete: "leave" });
    expect(parseFileName(`${older}a014-train`)).toEqual(untagged);
    expect(
      [`${older}a1-train`, `${older}a014-train`, name, `x-${name}`, name.toUpperCase(), undefined].map(isUnaltered),
    ).toEqual([true, true, true, false, false, false]);
  });

  test.each([
    undefined,
    "",
    "report.yaml",
    "abcdefghijklmnopqrs",
    "abcdefghijklmnopqrst-label",
    "abcdefghijklmnopqrsta0-label",
    "abcdefghijklmnopqrsta000-label",
    "abcdefghijklmnopqrstb1",
  ])("%j has no key", (name) => expect(parseFileName(name)).toBeUndefined());
});

describe("comparing a key of a name with that of a start", () => {
  const key: StartKey = { ...startKeyParts("scope", identity), attempt: 2, onDelete: "abort", tag: "aaaa" };
  const { tag: _tag, ...untagged } = key;

  test.each<[string, StartKey, boolean, boolean]>([
    ["the whole key", key, true, true],
    ["another tag", { ...key, tag: "bbbb" }, false, false],
    ["no tag, such as a name that was cut", untagged, true, false],
    ["neither tag nor attempt", { ...untagged, attempt: 0 }, true, false],
    ["another attempt", { ...key, attempt: 1 }, false, false],
    ["other inputs", { ...key, inputs: "0000000" }, false, false],
    ["another resource", { ...key, resource: "0000000" }, false, false],
    ["another stack", { ...key, scope: "000000" }, false, false],
  ])("whether a key belongs to a start: %s", (_what, found, isPossible, isProof) => {
    expect(isOfStart(found, key)).toBe(isPossible);
    expect(provesStart(found, key)).toBe(isProof);
  });

  test("no key proves a start that has no tag", () => {
    expect(isOfStart(key, untagged)).toBe(true);
    expect([provesStart(untagged, untagged), provesStart(key, untagged)]).toEqual([false, false]);
  });
});
