import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

jest.mock("./installed", () => ({ assertInstalled: () => undefined }));

import { ComposeExecution } from "./compose-execution";
import { durationSeconds } from "./custom-timeouts";

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

const text = "services: {a: {image: busybox}}";

describe("ComposeExecution", () => {
  test("is a dynamic resource with the literal provider, its row's URN, and the stack's scope", async () => {
    const { found, run } = await register("train", { composeFileCode: text });
    expect(found.type).toBe("pulumi-nodejs:dynamic/lyceum:ComposeExecution");
    expect(found.inputs).toMatchObject({
      __provider: 'exports.handler=()=>require("pulumi-lyceum/dynamic")',
      composeFileCode: text,
      __resourceUrn: "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/lyceum:ComposeExecution::train",
    });
    expect(JSON.stringify(found.inputs.__scope)).toContain("scope-secret");
    expect(ComposeExecution.isInstance(run)).toBe(true);
    // A name without a value would cost four promises all the same.
    expect(Object.keys(run)).not.toEqual(expect.arrayContaining(["registryCredentials"]));
    expect(Object.keys(run)).not.toEqual(expect.arrayContaining(["__customTimeouts"]));
    expect(Object.keys(run)).toEqual(expect.arrayContaining(["composeFileCode"]));
  });

  test("credentials are a secret, and names of secret arguments go along", async () => {
    const { found } = await register("secrets", {
      composeFileCode: pulumi.secret(text),
      fileName: pulumi.output("plain"),
      registryCredentials: { type: "basic", username: "u", password: "p" },
    });
    expect(found.inputs.__secretInputs).toEqual(expect.arrayContaining(["composeFileCode", "registryCredentials"]));
    expect(found.inputs.__secretInputs).not.toContain("fileName");
  });

  test("a Compose file is read by the program; its fault is an input, so that it is told with all others", async () => {
    const folder = mkdtempSync(join(tmpdir(), "lyceum-"));
    const file = join(folder, "compose.yaml");
    writeFileSync(file, text);
    expect((await register("file", { composeFile: file })).found.inputs).toMatchObject({
      composeFile: file,
      composeFileText: text,
    });
    writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00]));
    expect((await register("bytes", { composeFile: file })).found.inputs.composeFileProblem).toMatch(
      /is not UTF-8 text/,
    );
    expect((await register("folder", { composeFile: folder })).found.inputs.composeFileProblem).toMatch(
      /is not a file/,
    );
    rmSync(folder, { recursive: true });
    expect((await register("gone", { composeFile: file })).found.inputs.composeFileProblem).toMatch(/does not exist/);
  });

  test("customTimeouts reach the provider in seconds", async () => {
    const { found } = await register(
      "timeouts",
      { composeFileCode: text },
      { customTimeouts: { create: "1m30s", delete: "5m" } },
    );
    expect(found.inputs.__customTimeouts).toEqual({ create: 90, delete: 300 });
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
