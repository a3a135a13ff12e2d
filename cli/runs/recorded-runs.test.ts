import { artifactsOfStack, recordedArtifacts } from "./recorded-artifacts";
import { recordedRuns, recordedSecrets, recordedSecretsIn, secretsIn } from "./recorded-runs";

test.each(["", " ", "\t"])("the stack name %j is refused, because Pulumi would export the selected stack", (stack) => {
  const folder = "/a-folder-without-a-stack";
  for (const read of [recordedRuns, recordedSecrets, artifactsOfStack]) {
    expect(() => read(stack, folder)).toThrow("--stack must name a stack");
  }
  expect(() => recordedArtifacts("train", stack, folder)).toThrow("--stack must name a stack");
});

const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: JSON.stringify(value),
});

test("secrets are found at any depth, those of a map one by one, and plain values are not secrets", () => {
  const resources = [
    { inputs: { timeout: 60, variables: { TAG: "1.4", TOKEN: secret("token-of-the-stack") } } },
    { inputs: { registryCredentials: secret({ username: "robot", password: "hunter2hunter2" }) }, outputs: {} },
  ];
  expect(secretsIn(resources)).toEqual(["token-of-the-stack", "robot", "hunter2hunter2"]);
});

test("every value of a secret Compose text is secret", () => {
  const text = 'services: {job: {image: busybox, environment: ["DB=correct-horse"]}}';
  expect(secretsIn({ composeFileCode: secret(text) })).toEqual(["busybox", "DB=correct-horse", "correct-horse"]);
});

test("values that are not secret, are encrypted or cannot be read are left out", () => {
  const mark = "4dabf18193072939515e22adb298388d";
  expect(secretsIn([{ [mark]: "other", plaintext: '"a"' }, { ...secret("x"), plaintext: undefined }, null, 3])).toEqual(
    [],
  );
  expect(secretsIn({ ...secret("x"), plaintext: "not JSON" })).toEqual(["not JSON"]);
});

test("the inputs of each run of a stack are read in plaintext", () => {
  const type = "lyceum:index:ComposeExecution";
  const urn = "urn:pulumi:prod::training::lyceum:index:ComposeExecution::train";
  const inputs = { composeFile: ".", variables: { TOKEN: secret("token-of-the-stack") }, profiles: secret(["a"]) };
  const resources = [
    { urn, type, inputs },
    { urn, type, inputs: {}, delete: true },
    { urn, type: "a:b:C", inputs },
  ];
  expect(recordedSecretsIn(JSON.stringify({ deployment: { resources } }))).toEqual({
    values: ["token-of-the-stack", "a"],
    resources: [
      {
        name: "train",
        inputs: { composeFile: ".", variables: { TOKEN: "token-of-the-stack" }, profiles: ["a"] },
      },
    ],
  });
});
