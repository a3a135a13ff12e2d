import * as compose from "../../../../compose";
import { checkMaps as check, parseMap as parseInputs } from "../../testing/maps";
import { identify } from "./identity";
import { canonicalOf, TextCache } from "./text-cache";

test("the oldest texts are dropped first, by the characters of texts and results", () => {
  const cache = new TextCache<string>(12, (made) => made.length);
  cache.keep("a", "111");
  cache.keep("b", "222");
  cache.keep("c", "333");
  expect(["a", "b", "c"].map((text) => cache.get(text))).toEqual(["111", "222", "333"]);
  cache.keep("d", "4");
  expect(["a", "b", "c", "d"].map((text) => cache.get(text))).toEqual([undefined, "222", "333", "4"]);
});

test("a result larger than the whole cache is returned and not kept", () => {
  const cache = new TextCache<string>(4, (made) => made.length);
  expect(cache.keep("a", "12345")).toBe("12345");
  expect(cache.get("a")).toBeUndefined();
});

test("a text that is kept again is the newest, and counts once", () => {
  const cache = new TextCache<string>(8, (made) => made.length);
  cache.keep("a", "111");
  cache.keep("b", "222");
  cache.keep("a", "333");
  expect(cache.get("b")).toBe("222");
  cache.keep("c", "4");
  expect(["a", "b", "c"].map((text) => cache.get(text))).toEqual(["333", undefined, "4"]);
});

jest.mock("../../../../compose", () => {
  const actual = jest.requireActual<typeof compose>("../../../../compose");
  return { ...actual, readCompose: jest.fn(actual.readCompose), validateCompose: jest.fn(actual.validateCompose) };
});
const reads = jest.mocked(compose.readCompose);
const validations = jest.mocked(compose.validateCompose);
beforeEach(() => reads.mockClear());

const text = (name: string) => `services: {${name}: {image: busybox}}`;
const digestOf = (composeText: string) =>
  identify(parseInputs({ $urn: "u", $scope: "s", composeFileCode: composeText })).composeDigest;

test("a text that check has validated is not read again for the digests of a command", () => {
  check({}, { composeFileCode: text("once") });
  expect(validations).toHaveBeenCalledTimes(1);
  const digest = digestOf(text("once"));
  expect(digestOf(text("once"))).toBe(digest);
  expect(reads).not.toHaveBeenCalled();
});

test("the canonical form of a text that cannot be read is the text itself, each time", () => {
  expect(canonicalOf("services: [")).toBe("services: [");
  expect(canonicalOf("services: [")).toBe("services: [");
  expect(canonicalOf("services: {")).toBe("services: {");
});
