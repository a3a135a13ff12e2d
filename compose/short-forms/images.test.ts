import { imageError } from "./images";

const hex64 = "f".repeat(64);

// The test cases of the package `reference` of the project `distribution`: references in each form, with Docker's
// reading of each.
test.each([
  "test_com",
  `test:5000/repo:tag@sha256:${hex64}`,
  `${hex64}@sha256:${hex64}`,
  `${"a/".repeat(127)}a:tag-puts-this-over-max`,
  "aa/asdf$$^/aa".replace("$$^", "x"),
  "sub-dom1.foo.com/bar/baz/quux",
  "b.gcr.io/test.example.com/my-app:test.example.com",
  "xn--n3h.com/myimage:xn--n3h.com",
  "192.168.1.1:5000/repo",
  "[2001:db8::1]/repo",
  `[2001:db8::1]:5000/repo@sha256:${hex64}`,
  "docker__rules",
  "dock__er/docker",
  "a/b/c/d",
  "Foo/bar",
  "localhost/repo",
  `x@multi+x.y-z:${"0".repeat(32)}`,
])("%s is a reference of an image", (text) => {
  expect(imageError(text)).toBeUndefined();
});

test.each<readonly [text: string, reason: string, meant: string | undefined]>([
  ["", "is empty", undefined],
  [":justtag", "has no name", undefined],
  ["repo@sha256:ffffffffffffffffffffffffffffffffff", "has a digest in the wrong form, such as @sha256:…", undefined],
  [`repo@sha256:${hex64}@sha256:${hex64}`, "has more than one @", undefined],
  ["Nginx", "has capital letters in its name", "nginx"],
  ["test:5000/Uppercase/lowercase:tag", "has capital letters in its name", "test:5000/uppercase/lowercase:tag"],
  [`${"a/".repeat(128)}a:tag`, "has a name of more than 255 characters", undefined],
  ["-foo/bar", "has a name in the wrong form", undefined],
  ["foo.com-/bar", "has a registry in the wrong form", undefined],
  ["[fe80::1%eth0]/repo", "has a registry in the wrong form", undefined],
  ["docker///docker", "has a name in the wrong form", undefined],
  ["_docker/_docker", "has a name in the wrong form", undefined],
  ["do__cker__/docker", "has a name in the wrong form", undefined],
  [hex64, "is the id of an image, which no registry knows", undefined],
  ["https://github.com/docker/docker", "starts with a scheme", "github.com/docker/docker"],
  ["nginx:", "has nothing after its colon, where its tag stands", "nginx"],
  ["ghcr.io/", "has no name after its registry", undefined],
  ["nginx:a b", "has white space in it", undefined],
  ["nginx ", "has white space in it", "nginx"],
  ["nginx:-x", "has a tag in the wrong form", undefined],
])("%s is not a reference of an image: it %s", (text, reason, meant) => {
  expect(imageError(text)).toEqual({ reason, ...(meant === undefined ? {} : { meant }) });
});
