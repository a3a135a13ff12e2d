import fc from "fast-check";
import { identityValues } from "../schema";
import { parseInputs } from "./parse-inputs";
import { NO_INPUTS } from "./resource-inputs";
import { formatFileName, formatStartKey, labelIn, parseFileName, startKeyParts } from "./start-key";

const identity = { urn: "urn:a", composeDigest: "c", triggersDigest: "t", ...identityValues(parseInputs(NO_INPUTS)) };

describe("start key", () => {
  test("is at most 24 letters [a-z0-9], and is read back from a file name with any label", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.integer({ min: 1, max: 36 ** 3 - 1 }),
        fc.option(fc.string()),
        fc.constantFrom("abort" as const, "leave" as const),
        (scope, urn, attempt, label, onDelete) => {
          const key = { ...startKeyParts(`s${scope}`, { ...identity, urn }), attempt, onDelete };
          expect(formatStartKey(key)).toMatch(/^[a-z0-9]{22,24}$/);
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

  test.each([
    undefined,
    "",
    "report.yaml",
    "abcdefghijklmnopqrst",
    "abcdefghijklmnopqrsta0",
    "ABCDEFGHIJKLMNOPQRSTa1",
    "abcdefghijklmnopqrstb1",
    "abcdefghijklmnopqrsta1234",
  ])("%j is nobody's key", (name) => expect(parseFileName(name)).toBeUndefined());
});
