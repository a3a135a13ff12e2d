import { redactorFor } from "./redactor";
import { someInputs } from "./testing/world";

const composeFileCode =
  "services:\n  a:\n    image: busybox\n    command: [login, --token, hunter2-canary]\n    labels: {note: label-canary}\n    environment: [PW=env-canary]\n";

test("every value of a secret compose text is taken out of whatever repeats it", () => {
  const redact = redactorFor(someInputs({ composeFileCode, __secretInputs: ["composeFileCode"] }));
  expect(redact("token hunter2-canary, label-canary and env-canary were refused")).not.toContain("canary");
});

test("a text that is no secret is left as it is", () => {
  expect(redactorFor(someInputs({ composeFileCode }))("hunter2-canary")).toBe("hunter2-canary");
});

test("a secret id or machine is taken out, and one that is none is left", () => {
  const given = { existingExecutionId: "id-canary", executionType: "gpu.canary" };
  const hide = redactorFor(someInputs({ ...given, __secretInputs: ["existingExecutionId", "executionType"] }));
  expect(hide("run id-canary, machine gpu.canary")).not.toContain("canary");
  expect(redactorFor(someInputs(given))("run id-canary, machine gpu.canary")).toContain(
    "id-canary, machine gpu.canary",
  );
});

test("secret callbacks, triggers, labels, credentials and the scope are taken out", () => {
  const redact = redactorFor(
    someInputs({
      userCallbackUrls: ["https://x/callback-canary"],
      triggers: [{ a: "trigger-canary" }],
      fileName: "label-canary",
      registryCredentials: { type: "basic", username: "robot", password: "password-canary" },
      __secretInputs: ["userCallbackUrls", "triggers", "fileName"],
    }),
  );
  const text = "https://x/callback-canary trigger-canary label-canary password-canary scope-secret";
  expect(redact(text)).not.toMatch(/canary|scope-secret/);
});
