import { textValues } from "./text-values";

test("the texts of a start are those of its fields at any depth, and the values of its Compose text", () => {
  const code = 'services:\n  app: &a {image: "b$$c", tty: true, ports: [80], x: null}\n  other: *a\n';
  const values = textValues({ compose_file_code: code, docker_password: "secret", more: [{ deep: "d" }, null, 7] });
  expect([...values].sort()).toEqual(
    ["secret", "d", "services", "app", "image", "b$c", "tty", "true", "ports", "80", "x", "other"].sort(),
  );
});

test.each([
  ["that cannot be read", "a: [", ["f"]],
  ["that merges twice", "a: &a {b: c}\nd: {<<: *a, <<: *a}", ["f", "a", "b", "c", "d", "<<"]],
  ["of several documents", "a\n---\nb\n", ["f", "a", "b"]],
  ["that is absent", undefined, ["f"]],
])("of a Compose text %s, the values are those that can be read", (_what, code, expected) => {
  expect(textValues({ compose_file_code: code, field: "f" })).toEqual(expected);
});
