import { createExecution, rehearseCreate } from "./create";
import { redactorFor } from "./redactor";
import { createWorld, someInputs } from "./testing/world";
import { updateExecution } from "./update";

const composeFileCode =
  "services:\n  a:\n    image: busybox\n    command: [login, --token, hunter2-canary]\n    labels: {note: label-canary}\n    environment: [PW=env-canary]\n";

test("every value of a secret compose text is taken out of whatever repeats it", () => {
  const redact = redactorFor(someInputs({ composeFileCode, $secrets: ["composeFileCode"] }));
  expect(redact("token hunter2-canary, label-canary and env-canary were refused")).not.toContain("canary");
});

test("a text that is no secret is left as it is", () => {
  expect(redactorFor(someInputs({ composeFileCode }))("hunter2-canary")).toBe("hunter2-canary");
});

test("a secret id or machine is taken out, and one that is none is left", () => {
  const given = { existingExecutionId: "id-canary", executionType: "gpu.canary" };
  const hide = redactorFor(someInputs({ ...given, $secrets: ["existingExecutionId", "executionType"] }));
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
      $secrets: ["userCallbackUrls", "triggers", "fileName"],
    }),
  );
  const text = "https://x/callback-canary trigger-canary label-canary password-canary scope-secret";
  expect(redact(text)).not.toMatch(/canary|scope-secret/);
});

test("the client knows the secrets of a resource before it asks the service anything", async () => {
  const first = createWorld();
  const { context, service } = first;
  const known: string[] = [];
  const firstCalls: string[] = [];
  const client = {
    ...context.client,
    keepOut: (secrets: readonly string[]) => {
      known.push(...secrets);
      firstCalls.push(service.calls.join());
    },
  };
  const variables = { PASSWORD: "variable-canary" };
  const inputs = someInputs({ variables, $secrets: ["variables.PASSWORD"], projectSecrets: ["x"] });
  await rehearseCreate({ ...context, client }, inputs);
  expect(known).toContain("variable-canary");
  expect(firstCalls).toEqual([""]);
  const before = service.calls.length;
  const outputs = await createExecution({ ...context, client }, inputs);
  expect(known.filter((secret) => secret === "variable-canary")).toHaveLength(2);
  expect(firstCalls[1]?.split(",")).toHaveLength(before);
  for (const run of service.runs) service.end(run, "failed", 3);
  known.length = 0;
  await updateExecution({ ...createWorld(first).context, client }, outputs, inputs);
  expect(known).toContain("variable-canary");
});
