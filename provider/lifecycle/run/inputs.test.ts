import { UNKNOWN_MARKER } from "../../../compose";
import {
  choicesIn,
  containsUnknown,
  contentDigest,
  diagnosticsFailures,
  isNotKnown,
  leafDigest,
  parseProject,
} from "./inputs";

const UNKNOWN = `a${UNKNOWN_MARKER}`;

test.each([
  [undefined, true, false],
  [UNKNOWN, true, true],
  ["known", false, false],
  [[1, { a: UNKNOWN }], false, true],
  [{ a: [null, "b"] }, false, false],
  [null, false, false],
  [7, false, false],
])("whether %j is not known: %s, and contains an unknown: %s", (value, notKnown, contains) => {
  expect([isNotKnown(value), containsUnknown(value)]).toEqual([notKnown, contains]);
});

const record = { digest: "d", settings: "s", files: { a: "1" } };
const model = { services: {} };

test.each([
  ["a recorded project", { compose: model }, record, { model, record }],
  ["no model", {}, record, undefined],
  ["an unknown model", { compose: UNKNOWN }, record, undefined],
  ["no record", { compose: model }, undefined, undefined],
  ["no files", { compose: model }, { ...record, files: "x" }, undefined],
  ["no digest", { compose: model }, { ...record, digest: 1 }, undefined],
  ["no settings", { compose: model }, { ...record, settings: undefined }, undefined],
])("reads %s", (_, values, projectRecord, expected) => {
  expect(parseProject({ urn: "", values, projectRecord })).toEqual(expected);
});

test("a digest depends on the scope, the location and the value", () => {
  const leaf = leafDigest("scope");
  expect(leaf("a", "v")).toBe(leaf("a", "v"));
  expect(new Set([leaf("a", "v"), leaf("b", "v"), leaf("a", "w"), leafDigest("other")("a", "v")]).size).toBe(4);
  expect(leafDigest("")("a", "v")).toBeUndefined();
  expect(contentDigest("scope")("hash")).not.toBe(contentDigest("other")("hash"));
});

test("severities that can be read are choices", () => {
  expect(
    choicesIn({ LYC2301: "off", LYC2302: "warning", LYC2303: "error", LYC2304: "info", LYC2305: UNKNOWN }),
  ).toEqual({
    LYC2301: "off",
    LYC2302: "warning",
    LYC2303: "error",
  });
  expect(choicesIn("off")).toEqual({});
});

test.each([
  [undefined, []],
  [UNKNOWN, []],
  [{ LYC2301: "off", LYC2302: UNKNOWN }, []],
  ["off", [["diagnostics", /must be a map of codes/]]],
  [{ LYC2001: "off" }, [["diagnostics.LYC2001", /such a text cannot be read/]]],
  [{ LYC2501: "off" }, [["diagnostics.LYC2501", /cannot be made into one text/]]],
  [{ LYC9999: "off" }, [["diagnostics.LYC9999", /is not a diagnostic code/]]],
  [{ LYC2301: "info" }, [["diagnostics.LYC2301", /must be "off", "warning" or "error"/]]],
])("the choices %j have the failures %j", (diagnostics, failures) => {
  expect(diagnosticsFailures(diagnostics)).toEqual(
    failures.map(([property, reason]) => ({ property, reason: expect.stringMatching(reason as RegExp) })),
  );
});
