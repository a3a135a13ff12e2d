import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { unknownMarker } from "../../compose";
import { isReserved } from "../schema/wire-forms";
import { received } from "./plugin/wire-values";

test("what Pulumi reads as another value is reserved, as a value and as a key; nothing else is", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  const asset = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", path: "/etc/passwd" };
  // This is how they are taken for something else.
  expect(received(Struct.fromJavaScript({ a: unknown, b: asset })).values).toEqual({
    a: unknownMarker,
    b: "/etc/passwd",
  });
  expect([unknown, ...Object.keys(asset)].map(isReserved)).toEqual([true, true, false]);
});
