import { keyedDigest } from "./digest";

describe("keyedDigest", () => {
  it("does not change: existing runs have it", () => {
    expect(keyedDigest("key", ["a", "b"])).toBe("bvf52smwjij14l56aja0");
    expect(keyedDigest("key", ["a", "b"], 12)).toBe("bvf52smwjij14l56aja0".slice(-12));
  });

  it("has the given length and the letters of base 36", () => {
    expect(keyedDigest("key", [])).toMatch(/^[0-9a-z]{20}$/);
    expect(keyedDigest("key", ["x"], 48)).toMatch(/^[0-9a-z]{48}$/);
    expect(keyedDigest("key", ["x"], 1)).toMatch(/^[0-9a-z]$/);
  });

  it("distinguishes parts with the same joined text, and depends on the key", () => {
    const digests = [["ab", "c"], ["a", "bc"], ["abc"], ["a", "b", "c"], ["abc", ""], ["", "abc"], [], [""]].map(
      (parts) => keyedDigest("key", parts),
    );
    expect(new Set([...digests, keyedDigest("other", ["abc"])]).size).toBe(digests.length + 1);
    expect(keyedDigest("key", ["\ud800"])).not.toBe(keyedDigest("key", ["\ufffd"]));
  });

  it.each([0, 49, 1.5, Number.NaN])("refuses a length of %p", (length) => {
    expect(() => keyedDigest("key", [], length)).toThrow(RangeError);
  });

  it("refuses an empty key", () => {
    expect(() => keyedDigest("", ["x"])).toThrow(RangeError);
  });
});
