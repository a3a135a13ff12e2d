import { readComposeText } from "./text";

const BOMB = [
  "a: &a [x,x,x,x,x,x,x,x,x,x]",
  "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]",
  "c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]",
  "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]",
  "e: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]",
].join("\n");

test("merges, anchors and several documents are all checked", () => {
  const text = "x-base: &base {build: .}\nservices: {a: {<<: *base, image: x}}\n---\ninclude: [other.yaml]\n";
  expect(readComposeText(text)).toMatchObject({
    kind: "read",
    documents: [{ "x-base": { build: "." }, services: { a: { build: ".", image: "x" } } }, { include: ["other.yaml"] }],
  });
});

test.each([
  ["an alias bomb", BOMB, "alias"],
  ["a key hidden in a tag", "services: {a: {!!binary ZW52X2ZpbGU=: [/etc/passwd]}}", "tag"],
  ["a repeated key", "services: {a: {image: x, image: y}}", "unique"],
  ["not YAML", "services: [", "compose text cannot be read"],
  ["deep nesting", "[".repeat(200_000), "compose text cannot be read"],
  ["nothing", "# only a comment\n", "it is empty"],
  ["a list", "- a\n", "must be a mapping"],
])("%s is unreadable, and never throws", (_name, text, part) => {
  const read = readComposeText(text);
  expect(read.kind).toBe("unreadable");
  expect(JSON.stringify(read)).toContain(part);
});
