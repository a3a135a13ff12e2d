import fc from "fast-check";
import { identityValues } from "../../schema";
import { NO_INPUTS } from "../check/inputs";
import { parseInputs } from "../check/parse-inputs";
import {
  formatFileName,
  formatStartKey,
  isUnaltered,
  keysIn,
  labelIn,
  parseFileName,
  startKeyParts,
} from "./start-key";

const identity = { urn: "urn:a", composeDigest: "c", triggersDigest: "t", ...identityValues(parseInputs(NO_INPUTS)) };

describe("start key", () => {
  test("is 24 letters [a-z0-9], and is read back from a file name with any label", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.integer({ min: 1, max: 36 ** 3 - 1 }),
        fc.option(fc.string()),
        fc.constantFrom("abort" as const, "leave" as const),
        (scope, urn, attempt, label, onDelete) => {
          const key = { ...startKeyParts(`s${scope}`, { ...identity, urn }), attempt, onDelete };
          expect(formatStartKey(key)).toMatch(/^[a-z0-9]{24}$/);
          expect(parseFileName(formatFileName(key, label ?? undefined))).toEqual(key);
          expect(labelIn(formatFileName(key, label ?? undefined))).toBe(label ?? "");
        },
      ),
    );
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

  test("another stack's secret gives another key for everything", () => {
    const one = startKeyParts("scope", identity);
    const other = startKeyParts("another", identity);
    expect(other.resource).not.toBe(one.resource);
    expect(other.inputs).not.toBe(one.inputs);
  });

  const key = { ...startKeyParts("scope", identity), attempt: 40, onDelete: "abort" as const };
  const name = formatFileName(key, "train");

  test.each([
    name.toUpperCase(),
    `compose_${name}`,
    `Runs/${name}.yaml`,
    `0123456789abcdef0123456789abcdef-${name}`,
    name.replaceAll("-", "_"),
    name.replaceAll("-", ""),
    `${name}-1700000000`,
  ])("is read back from an altered name: %s", (altered) => {
    expect(keysIn(altered)).toContainEqual(key);
  });

  test.each([20, 21, 22])(
    "that is cut after %d letters still shows its keyed parts, but not which attempt it was",
    (length) => {
      expect(keysIn(name.slice(0, length))).toEqual([{ ...key, attempt: 0, onDelete: "leave" }]);
    },
  );

  test.each([19, 13, 5])("that is cut after %d letters is nobody's", (length) =>
    expect(keysIn(name.slice(0, length))).toEqual([]),
  );

  test("as older versions wrote it is read back", () => {
    const older = `${key.scope}${key.resource}${key.inputs}`;
    expect(parseFileName(`${older}a1-train`)).toEqual({ ...key, attempt: 1 });
    expect(parseFileName(`${older}l14`)).toEqual({ ...key, onDelete: "leave" });
    expect([`${older}a1-train`, name, `x-${name}`, name.toUpperCase(), undefined].map(isUnaltered)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test.each([
    undefined,
    "",
    "report.yaml",
    "abcdefghijklmnopqrs",
    "abcdefghijklmnopqrst-label",
    "abcdefghijklmnopqrsta0-label",
    "abcdefghijklmnopqrstb1",
  ])("%j is nobody's key", (name) => expect(parseFileName(name)).toBeUndefined());
});
