import { assignsSecret, isSecretName, namesSecret } from "./names";

test.each(["apikey", "aws_credential", "password_123", "PASSWORD-1"])("%s is the name of a secret", (name) =>
  expect(isSecretName(name)).toBe(true),
);

test("a text of more than 200 characters is not a name", () => {
  const named = (length: number) => "_password".padStart(length, "a");
  expect(isSecretName(named(200))).toBe(true);
  expect(isSecretName(named(201))).toBe(false);
});

test.each([
  ["a text", namesSecret, "password : x", "\npassword: x"],
  ["a text in one line", assignsSecret, '{"password" :"x"}', " password: x"],
] as const)("%s gives a value to a name, in its first 20 000 characters", (_kind, holds, spaced, named) => {
  expect(holds(spaced)).toBe(true);
  expect(holds(named.padStart(20_000, "."))).toBe(true);
  expect(holds(named.padStart(20_003, "."))).toBe(false);
});
