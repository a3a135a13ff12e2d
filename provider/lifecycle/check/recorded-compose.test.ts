import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { canonicalCompose, canonicalText, readCompose } from "../../../compose";
import { bundleText } from "../../../compose/project";
import { keyedDigest } from "../../secrets";

const recorded = (name: string) => readFileSync(resolve(__dirname, "..", "testing", "recorded", name), "utf8");
const text = recorded("compose.yaml");
const model = JSON.parse(recorded("canonical.json"));

function canonicalOf(ports: string) {
  const read = readCompose(`services: {web: {image: nginx, ports: [${ports}]}}\n`);
  return read.kind === "document" ? canonicalCompose(read.model) : undefined;
}

// States contain canonical models and digests of these models. If the canonical form changed, every run of such a
// document would start again. The recorded files were made on 26 November 2026, and must never be made again.
test("the canonical form of a document with every short form does not change", () => {
  const read = readCompose(text);
  expect(read.kind === "document" && canonicalCompose(read.model)).toEqual(model);
  expect(canonicalText(model)).toBe(JSON.stringify(model));
});

test("the digests of that document do not change", () => {
  expect(keyedDigest("key", ["compose", canonicalText(model)])).toBe("a4y3e3qdwmp381fbp1xn");
  const bundled = bundleText(text).bundle?.model;
  expect(bundled && keyedDigest("key", ["compose", canonicalText(bundled)])).toBe("xa8zixb3lk18ay1cry9c");
});

test("a range of up to 100 ports means its single ports", () => {
  const each = Array.from({ length: 100 }, (_, index) => `"${8000 + index}:${8000 + index}"`).join(", ");
  expect(canonicalOf('"8000-8099:8000-8099"')).toEqual(canonicalOf(each));
  expect(canonicalOf('"8000-8100:8000-8100"')).not.toEqual(canonicalOf(`${each}, "8100:8100"`));
});

test("wide ranges stay ranges when all ranges have more than 500 ports, in any order", () => {
  const ranges = (count: number) => Array.from({ length: count }, (_, index) => `"10.0.0.${index}:1-100:1-100"`);
  const portsIn = (items: readonly string[]) =>
    JSON.stringify(canonicalOf(items.join(", "))).match(/"target"/g)?.length;
  expect(portsIn(ranges(5))).toBe(500);
  expect(portsIn([...ranges(5), '"1-12:1-12"'])).toBe(512);
  expect(portsIn([...ranges(6), '"1-12:1-12"'])).toBe(12);
  expect(portsIn(['"1-12:1-12"', ...ranges(6)])).toBe(12);
  const read = readCompose(`services: {web: {image: nginx, ports: [${ranges(6).join(", ")}]}}\n`);
  const once = read.kind === "document" ? canonicalCompose(read.model) : {};
  expect(canonicalCompose(once)).toEqual(once);
});
