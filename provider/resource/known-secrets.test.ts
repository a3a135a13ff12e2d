import { knownSecrets } from "./known-secrets";
import { createSession } from "./session";

const secret = "canary-of-the-old-inputs";
const oldInputs = { urn: "urn:new", values: { fileName: secret }, secrets: ["fileName"], scope: "s".repeat(32) };

test.each([
  ["of a resource that keeps its name", "urn:new"],
  ["of a resource that the program has renamed", "urn:recorded"],
])("secrets of the recorded inputs are known, %s", (_what, resourceUrn) => {
  const session = createSession();
  session.renamed("urn:recorded", "urn:new");
  session.rememberOldInputs("urn:new", oldInputs);
  const { redact } = knownSecrets(session, { resourceUrn });
  expect(redact(`Lyceum answered: no such file ${secret}.`)).toBe("Lyceum answered: no such file [redacted].");
});

test("another resource's inputs are not searched", () => {
  const session = createSession();
  session.rememberOldInputs("urn:other", oldInputs);
  expect(knownSecrets(session, { resourceUrn: "urn:recorded" }).redact(secret)).toBe(secret);
});
