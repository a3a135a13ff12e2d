import * as pulumi from "@pulumi/pulumi";

jest.mock("./installed", () => ({ assertInstalled: () => undefined }));

import { EXECUTION_PROVIDER } from "../provider/hosts/dynamic/provider-code";
import { durationSeconds } from "./arguments/durations";
import { ComposeExecution } from "./compose-execution";

interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}
const registered: Registered[] = [];

beforeEach(() => {
  registered.length = 0;
  return pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        registered.push({ type: args.type, name: args.name, inputs: args.inputs });
        return {
          id: `${args.name}-id`,
          state: { ...args.inputs, secret: "scope-secret", executionId: "r1", status: "running" },
        };
      },
      call: () => ({}),
    },
    "shop",
    "dev",
  );
});

async function register(
  name: string,
  args: ConstructorParameters<typeof ComposeExecution>[1],
  opts?: pulumi.CustomResourceOptions,
) {
  const run = new ComposeExecution(name, args, opts);
  await new Promise<void>((resolve) => pulumi.all([run.urn, run.executionId]).apply(() => resolve()));
  const found = registered.find((entry) => entry.name === name);
  if (found === undefined) throw new Error(`${name} was not registered`);
  return { run, found };
}

/** Returns the content of a secret that has the engine's form. */
function plainOf(secret: unknown): unknown {
  expect(secret).toHaveProperty("4dabf18193072939515e22adb298388d");
  return (secret as { value: unknown }).value;
}

const text = "services: {a: {image: busybox}}";

describe("ComposeExecution", () => {
  test("is a dynamic resource with the literal provider, its URN, and the stack's scope", async () => {
    const { found, run } = await register("train", { composeFileCode: text });
    expect(found.type).toBe("pulumi-nodejs:dynamic/lyceum:ComposeExecution");
    expect(found.inputs).toMatchObject({
      __provider: EXECUTION_PROVIDER,
      composeFileCode: text,
      __resourceUrn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::train",
    });
    expect(JSON.stringify(found.inputs.__scope)).toContain("scope-secret");
    expect(ComposeExecution.isInstance(run)).toBe(true);
    // An absent argument is left out, because Pulumi makes four promises even for a property whose value is undefined.
    expect(Object.keys(run)).not.toEqual(expect.arrayContaining(["registryCredentials"]));
    expect(Object.keys(run)).not.toEqual(expect.arrayContaining(["__customTimeouts"]));
    expect(Object.keys(run)).toEqual(expect.arrayContaining(["composeFileCode"]));
  });

  test("credentials are a secret, and names of secret arguments are sent", async () => {
    const { found } = await register("secrets", {
      composeFileCode: pulumi.secret(text),
      fileName: pulumi.output("plain"),
      registryCredentials: { type: "basic", username: "u", password: "p" },
    });
    expect(found.inputs.__secretInputs).toEqual(expect.arrayContaining(["composeFileCode", "registryCredentials"]));
    expect(found.inputs.__secretInputs).not.toContain("fileName");
  });

  test("a Compose project is sent by name with the program's folder, and read by the provider", async () => {
    const { inputs } = (await register("file", { composeFile: "deploy", profiles: ["gpu"] })).found;
    expect(inputs).toMatchObject({ composeFile: "deploy", profiles: ["gpu"], __project: { directory: process.cwd() } });
    expect((await register("code", { composeFileCode: text })).found.inputs).not.toHaveProperty("__project");
  });

  test("only the requested variables of the environment are sent, as secrets", async () => {
    process.env.LYCEUM_TEST_TAG = "v1";
    const names = ["LYCEUM_TEST_TAG", "LYCEUM_TEST_NOT_SET"];
    const { inputs } = (await register("inherits", { composeFile: ["a.yaml", "b.yaml"], inheritEnvironment: names }))
      .found;
    delete process.env.LYCEUM_TEST_TAG;
    expect(inputs.composeFile).toEqual(["a.yaml", "b.yaml"]);
    expect(plainOf(inputs.__project)).toEqual({ directory: process.cwd(), environment: { LYCEUM_TEST_TAG: "v1" } });
  });

  test("secret variables are named one by one, including those with a secret name", async () => {
    const variables = {
      TAG: "v1",
      PORT: 80,
      URL: pulumi.secret("u"),
      DB_PASSWORD: "p",
      NONE: undefined as unknown as string,
    };
    const { inputs } = (await register("variables", { composeFile: "a.yaml", variables })).found;
    const names = inputs.__secretInputs as string[];
    expect([...names].sort()).toEqual(["variables", "variables.DB_PASSWORD", "variables.URL"]);
    expect(plainOf(inputs.variables)).toEqual({ TAG: "v1", PORT: 80, URL: "u", DB_PASSWORD: "p" });
    const whole = await register("whole", { composeFile: "a.yaml", variables: pulumi.secret({ TAG: "v1" }) });
    expect(whole.found.inputs.__secretInputs).toEqual(["variables"]);
  });

  test("customTimeouts reach the provider in seconds", async () => {
    const { found } = await register(
      "timeouts",
      { composeFileCode: text },
      { customTimeouts: { create: "1m30s", delete: "5m" } },
    );
    expect(found.inputs.__customTimeouts).toEqual({ create: 90, delete: 300 });
  });

  test("replaceOnChanges reaches the provider, and retainOnDelete does so as onDelete", async () => {
    const { found } = await register(
      "options",
      { composeFileCode: text, onDelete: "abort" },
      { replaceOnChanges: ["timeout"], retainOnDelete: true },
    );
    expect(found.inputs).toMatchObject({ __replaceOnChanges: ["timeout"], onDelete: "leave" });
    const plain = await register("plain", { composeFileCode: text }, { retainOnDelete: false });
    expect(plain.found.inputs).not.toHaveProperty("onDelete");
    expect(plain.found.inputs).not.toHaveProperty("__replaceOnChanges");
  });

  test("the runs of a component do not wait for each other", async () => {
    const parent = new pulumi.ComponentResource("example:index:Component", "component");
    const first = new ComposeExecution("first", { composeFileCode: text }, { parent });
    const { found } = await register("second", { composeFileCode: text }, { parent, dependsOn: first });
    expect(found.inputs.__resourceUrn).toBe(
      "urn:pulumi:dev::shop::example:index:Component$pulumi-nodejs:dynamic/lyceum:ComposeExecution::second",
    );
  });

  test("creating before deleting is refused", () => {
    expect(() => new ComposeExecution("x", { composeFileCode: text }, { deleteBeforeReplace: false })).toThrow(
      /LYC4002/,
    );
  });
});

test.each([
  ["90s", 90],
  ["1h30m", 5400],
  ["1.5m", 90],
  ["250ms", 0.25],
  ["ten minutes", undefined],
  ["", undefined],
])("the duration %j is %p seconds", (duration, seconds) => expect(durationSeconds(duration)).toBe(seconds));
