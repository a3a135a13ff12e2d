import * as pulumi from "@pulumi/pulumi";

jest.mock("./installed", () => ({ assertInstalled: () => undefined }));

import type { StoredFilesArgs } from "./args.generated";
import { StoredFiles } from "./stored-files";

const inputs = new Map<string, Record<string, unknown>>();

beforeEach(() =>
  pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        inputs.set(args.name, args.inputs);
        return { id: args.name, state: { ...args.inputs, secret: "scope-secret" } };
      },
      call: () => ({}),
    },
    "shop",
    "dev",
  ),
);

async function inputsOf(name: string, args: StoredFilesArgs): Promise<Record<string, unknown>> {
  const files = new StoredFiles(name, args);
  await new Promise<void>((resolve) => pulumi.all([files.urn, files.hash]).apply(() => resolve()));
  return inputs.get(name) ?? {};
}

const SECRET = { "4dabf18193072939515e22adb298388d": expect.any(String), value: "" };

test.each<readonly [string, StoredFilesArgs]>([
  ["prefix", { source: "d", prefix: pulumi.secret("p") }],
  ["source", { source: pulumi.secret("d") }],
])("what contains a secret %s is secret too", async (name, args) => {
  const found = await inputsOf(`secret-${name}`, args);
  expect(found).toMatchObject({ mountPath: SECRET, __files: SECRET, __stored: SECRET });
});

test("without a secret, no value is marked", async () => {
  const found = await inputsOf("plain", { source: pulumi.output("d"), prefix: "p" });
  expect(found).toMatchObject({ source: "d", prefix: "p" });
  for (const name of ["mountPath", "__files", "__stored"]) expect(found[name]).toBeUndefined();
});
