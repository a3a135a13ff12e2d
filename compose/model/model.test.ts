import { document as documentOf } from "../testing/read-marks";
import { isMapping, isNull, isSequence, locate, mappingNode, NODE_WEIGHT, plainValue, sequenceNode } from "./model";

const { root: document } = documentOf("services: {web: {image: i, dns: [a, ~], tty: &x {y: 1}}}\nx-other: *x\n");

it.each([
  [["services", "web", "dns", 0], "a"],
  [["services", "web", "dns", 1], null],
  [["services", "web", "dns", 2], undefined],
  [["services", "web", "dns", "0"], undefined],
  [["services", "web", 0], undefined],
  [["services", "db"], undefined],
  [["services", "web", "image", "more"], undefined],
])("the value at the path %j is %j", (path, value) => {
  const found = locate(document, path);
  expect(found && plainValue(found.node)).toEqual(value);
});

it("has the position of a key for an entry of a mapping, but not for an item of a list", () => {
  expect(locate(document, ["services"])?.keySpan).toEqual({ start: 0, end: 8 });
  expect(locate(document, ["services", "web", "dns", 0])?.keySpan).toBeUndefined();
});

it("gives an alias the same object as its anchor", () => {
  const { services, "x-other": other } = plainValue(document) as Record<string, Record<string, Record<string, object>>>;
  expect(services?.web?.tty).toBe(other);
});

it.each([
  ["a mapping", {}, true, false],
  ["a sequence", [], false, true],
  ["null", null, false, false],
  ["a text", "a", false, false],
  ["an absent value", undefined, false, false],
])("recognizes mappings and lists: %s", (_, value, mapping, sequence) => {
  expect([isMapping(value), isSequence(value)]).toEqual([mapping, sequence]);
});

it.each([
  [["dns", 1], true],
  [["dns", 0], false],
  [["dns"], false],
  [["none"], false],
])("whether the value at %j is null: %s", (path, expected) => {
  expect(isNull(locate(document, ["services", "web", ...path])?.node)).toBe(expected);
});

it("adds up sizes, and counts nested collections", () => {
  const span = { start: 0, end: 1 };
  const scalar = { kind: "scalar", value: "a", style: "plain", span, weight: 3, height: 0 } as const;
  const list = sequenceNode([scalar, scalar], span);
  expect([list.weight, list.height]).toEqual([NODE_WEIGHT + 6, 1]);
  const entry = (node: typeof list | typeof scalar) => ({ keySpan: span, node, merged: false });
  const mapping = mappingNode(
    new Map([
      ["ab", entry(list)],
      ["c", entry(scalar)],
    ]),
    span,
  );
  expect([mapping.weight, mapping.height]).toEqual([NODE_WEIGHT + 2 + list.weight + 1 + 3, 2]);
  expect([sequenceNode([], span).height, sequenceNode([list], span).height]).toEqual([1, 2]);
});
