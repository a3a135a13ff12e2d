import { canonicalRequest } from "./canonical";
import { parameter, splitUrl, uriDecoded, uriEncoded } from "./encoding";

test("only letters, digits and four signs stay unchanged in a signed text", () => {
  expect(uriEncoded("aZ09-._~ /!'()*ü")).toBe("aZ09-._~%20%2F%21%27%28%29%2A%C3%BC");
  expect(uriDecoded("%C3%BC%2f")).toBe("ü/");
  expect(() => uriDecoded("%ff")).toThrow(expect.objectContaining({ code: "InvalidURI" }));
});

test.each([
  ["/a", "/a", []],
  ["/a?", "/a", []],
  ["/a%20b?x", "/a%20b", [["x", ""]]],
  [
    "/a?x=1&&y=b=c",
    "/a",
    [
      ["x", "1"],
      ["y", "b=c"],
    ],
  ],
  [
    "/a?=v&p+q=%26+",
    "/a",
    [
      ["", "v"],
      ["p q", "& "],
    ],
  ],
  ["?x=?", "", [["x", "?"]]],
])("the URL %s is split", (url, path, query) => {
  expect(splitUrl(url)).toEqual({ path, query });
});

test("the first value of a parameter counts", () => {
  const { query } = splitUrl("/?a=1&b=&a=2");
  expect([parameter(query, "a"), parameter(query, "b"), parameter(query, "c")]).toEqual(["1", "", undefined]);
});

test("the signed form of a request sorts its parameters by name and value, and has single spaces in headers", () => {
  const { query } = splitUrl("/?b=1&a=2&a=10&A=x&a=2");
  const headers = [["host", " h  \t x "]] as const;
  const signed = { method: "GET", path: "/a%2fb/ü", query, headers, payloadHash: "p" };
  expect(canonicalRequest(signed).split("\n")).toEqual([
    "GET",
    "/a%2Fb/%C3%BC",
    "A=x&a=10&a=2&a=2&b=1",
    "host:h x",
    "",
    "host",
    "p",
  ]);
  expect(canonicalRequest({ ...signed, path: "" }).split("\n")[1]).toBe("/");
});
