import { mappingNode, scalarNode } from "../nodes";
import { LocalNames } from "./local-names";

test.each([
  ["site", "file_site"],
  ["./site/", "file_site"],
  ["site/a b.html", "file_site_a_b_html"],
  ["site-1/index", "file_site-1_index"],
  [`${"x".repeat(50)}${"y".repeat(100)}`, `file_${"y".repeat(100)}`],
])("the name for the path %s is %s", (path, name) => {
  const names = new LocalNames("file", undefined);
  expect(names.of(path)).toBe(name);
  expect(names.of(path)).toBe(name);
});

test("two paths never get the same name, and no path gets the name of an entry of the document", () => {
  const at = { start: 0, end: 0 };
  const entry = { keySpan: at, node: scalarNode("a", at, false), merged: false };
  const names = new LocalNames("file", mappingNode(new Map([["file_a_b", entry]]), at));
  expect(["a/b", "a.b", "a_b", "a/b"].map((path) => names.of(path))).toEqual([
    "file_a_b_",
    "file_a_b__",
    "file_a_b___",
    "file_a_b_",
  ]);
});

test("a path is related to a path inside it and to a path around it, and to no other path", () => {
  const names = new LocalNames("file", undefined);
  names.of("site/img");
  expect(names.related("site")).toBe("site/img");
  expect(names.related("site/img/a.png")).toBe("site/img");
  for (const path of ["site/img", "site/im", "site/img2", "other"]) expect(names.related(path)).toBeUndefined();
});
