import fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { UNKNOWN_MARKER } from "../../../compose";
import { isReserved } from "../../schema/wire-forms";
import { received, sent } from "./wire-values";

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const struct = (value: object) => Struct.fromJavaScript(value as never);

test("secrets are unwrapped at any depth, and their paths are returned", () => {
  const { values, secretPaths } = received(struct({ a: secret("x"), b: { c: [secret({ d: 1 }), 2] }, e: "open" }));
  expect(values).toEqual({ a: "x", b: { c: [{ d: 1 }, 2] }, e: "open" });
  expect(secretPaths).toEqual([["a"], ["b", "c", "0"]]);
});

test.each([
  ["text", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"],
  ["truth value", "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7"],
  ["number", "3eeb2bf0-c639-47a8-9e75-3b44932eb421"],
  ["list", "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2"],
  ["map", "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"],
])("an unknown %s is read as unknown, and sent back as unknown", (_type, marker) => {
  const { values } = received(struct({ a: [marker] }));
  expect(values).toEqual({ a: [UNKNOWN_MARKER] });
  expect(sent(values, []).toJavaScript()).toEqual({ a: ["04da6b54-80e4-46f7-96ec-b56ff0331ba9"] });
  expect(isReserved(marker)).toBe(true);
});

test("a map with a path is no asset", () => {
  const variables = { path: "compose.yaml", other: "x" };
  expect(received(struct({ variables })).values).toEqual({ variables });
});

test("the asset of a file is its path", () => {
  const asset = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", path: "compose.yaml" };
  expect(received(struct({ composeFile: asset })).values).toEqual({ composeFile: "compose.yaml" });
  expect(Object.keys(asset).map(isReserved)).toEqual([true, false]);
});

test("undefined values are left out, and secret values are wrapped", () => {
  const properties = sent({ a: undefined, b: { c: "x", d: undefined }, e: "y" }, [["b", "c"], ["e"], ["gone"]]);
  expect(properties.toJavaScript()).toEqual({ b: { c: secret("x") }, e: secret("y") });
});

test("any plain properties are read as they were sent, with the same secrets", () => {
  const plain = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 8 }).filter((key) => key !== "__proto__"),
    fc.oneof(
      fc.string(),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
      fc.array(fc.string()),
    ),
  );
  fc.assert(
    fc.property(plain, fc.boolean(), (values, isSecret) => {
      const paths = isSecret ? Object.keys(values).map((key) => [key]) : [];
      const back = received(sent(values, paths));
      expect(back.values).toEqual({ ...values });
      expect([...back.secretPaths].sort()).toEqual(paths.sort());
    }),
  );
});
