import { credentialForms, withoutForms } from "./credential-forms";

test("a password has four forms, the longest first, and each is found in a text", () => {
  const forms = credentialForms({ username: "me", password: "pa/ss?" });
  expect(forms).toEqual(["bWU6cGEvc3M/", "pa%2Fss%3F", "cGEvc3M/", "pa/ss?"]);
  expect(withoutForms("x pa/ss? pa%2Fss%3F bWU6cGEvc3M/ pa/ss", forms)).toBe(
    "x [redacted] [redacted] [redacted] pa/ss",
  );
});

test.each([
  ["without signs", "pass", ["bWU6cGFzcw", "cGFzcw", "pass"]],
  ["that is half a sign", "\ud800", ["bWU677+9", "77+9", "\ud800"]],
])("a password %s has each form once", (_what, password, forms) => {
  expect(credentialForms({ username: "me", password })).toEqual(forms);
});
