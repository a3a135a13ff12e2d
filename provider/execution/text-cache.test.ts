import { TextCache } from "./text-cache";

test("the oldest texts go first, by their characters and those of what was made of them", () => {
  const cache = new TextCache<string>(12, (made) => made.length);
  cache.keep("a", "111");
  cache.keep("b", "222");
  cache.keep("c", "333");
  expect(["a", "b", "c"].map((text) => cache.get(text))).toEqual(["111", "222", "333"]);
  cache.keep("d", "4");
  expect(["a", "b", "c", "d"].map((text) => cache.get(text))).toEqual([undefined, "222", "333", "4"]);
});

test("what is larger than the whole cache is answered and not kept", () => {
  const cache = new TextCache<string>(4, (made) => made.length);
  expect(cache.keep("a", "12345")).toBe("12345");
  expect(cache.get("a")).toBeUndefined();
});
