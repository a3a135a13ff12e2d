import { cleanPath, isAbsolutePath, isRemoteContext } from "./file-paths";

test.each([
  ["/etc", true],
  ["~/data", true],
  ["C:\\data", true],
  ["c:/data", true],
  ["\\\\server\\data", true],
  ["./data", false],
  ["data/~", false],
  ["c:data", false],
  ["\\data", false],
])("whether the path %s is absolute: %s", (path, isAbsolute) => expect(isAbsolutePath(path)).toBe(isAbsolute));

test.each([
  ["./a/../b/", "b"],
  ["a//b", "a/b"],
  ["/", "/"],
  ["/a/", "/a"],
])("the shortest spelling of %s is %s", (path, clean) => expect(cleanPath(path)).toBe(clean));

test.each([
  ["https://example.com/a.git", true],
  ["service:base", true],
  ["github.com/a/b", true],
  ["git@example.com:a/b", true],
  ["./service:base", false],
  ["a/github.com/b", false],
  ["app", false],
])("whether the build context %s is elsewhere: %s", (context, isRemote) =>
  expect(isRemoteContext(context)).toBe(isRemote),
);
