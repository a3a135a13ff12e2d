import { composeDigests, keyedDigest } from "./digest";
import type { ComposeMapping } from "./model";
import { readCompose } from "./read";

function model(text: string): ComposeMapping {
  const result = readCompose(text);
  if (result.kind !== "document") throw new Error("not a document");
  return result.model;
}

describe("keyedDigest", () => {
  it("stays what it is: a run in the world may carry it", () => {
    expect(keyedDigest("key", ["a", "b"])).toBe("bvf52smwjij14l56aja0");
    expect(keyedDigest("key", ["a", "b"], { encoding: "hex", length: 16 })).toBe("6a044c749d98ca18");
  });

  it("has the length and the letters asked for", () => {
    expect(keyedDigest("key", [])).toMatch(/^[0-9a-z]{20}$/);
    expect(keyedDigest("key", ["x"], { length: 48 })).toMatch(/^[0-9a-z]{48}$/);
    expect(keyedDigest("key", ["x"], { length: 1, encoding: "hex" })).toMatch(/^[0-9a-f]$/);
  });

  it("distinguishes what runs together, and depends on the key", () => {
    const digests = [["ab", "c"], ["a", "bc"], ["abc"], ["a", "b", "c"], ["abc", ""], ["", "abc"], [], [""]].map(
      (parts) => keyedDigest("key", parts),
    );
    expect(new Set([...digests, keyedDigest("other", ["abc"])]).size).toBe(digests.length + 1);
    expect(keyedDigest("key", ["\ud800"])).not.toBe(keyedDigest("key", ["\ufffd"]));
  });

  it.each([0, 49, 1.5, Number.NaN])("refuses a length of %p", (length) => {
    expect(() => keyedDigest("key", [], { length })).toThrow(RangeError);
  });

  it("refuses to do without a key", () => {
    expect(() => keyedDigest("", ["x"])).toThrow(RangeError);
  });
});

describe("composeDigests", () => {
  it("follows the meaning of the model and the key", () => {
    const digest = composeDigests("key", model("services: {a: {image: i, tty: true}}"));
    expect(digest.overall).toMatch(/^[0-9a-z]{20}$/);
    expect(composeDigests("key", model("services:\n  a:\n    tty: TRUE # yes\n    image: 'i'\n"))).toEqual(digest);
    expect(composeDigests("key", model("services: {a: {image: j, tty: true}}"))).not.toEqual(digest);
    expect(composeDigests("other", model("services: {a: {image: i, tty: true}}"))).not.toEqual(digest);
  });
});
