import * as assert from "node:assert/strict";
import { before, test } from "node:test";
import * as pulumi from "@pulumi/pulumi";

// Set before the program is loaded: its resources are declared then.
const declared: pulumi.runtime.MockResourceArgs[] = [];

pulumi.runtime.setMocks({
  newResource(args) {
    declared.push(args);
    return { id: `${args.name}-id`, state: { ...args.inputs, ...outputsOf(args.name) } };
  },
  call: (args) => args.inputs,
});

/** What a run answers in these tests. */
function outputsOf(name: string) {
  const run = { executionId: `${name}-run`, status: "completed", returnCode: 0 };
  return name === "prepare" ? { ...run, results: { rows: 120 } } : run;
}

let program: typeof import("./index");
before(async () => {
  program = await import("./index");
});

/** The value of an output. */
const resolved = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => output.apply(resolve));

test("the training gets a GPU", async () => {
  await resolved(program.train.urn);
  assert.equal(declared.find(({ name }) => name === "train")?.inputs.executionType, "gpu.a100");
});

test("the training gets the number of rows that the preparation reported", async () => {
  await resolved(program.train.urn);
  assert.deepEqual(declared.find(({ name }) => name === "train")?.inputs.variables, { ROWS: 120 });
});

test("the address shows the id of the run", async () => {
  assert.equal(await resolved(program.url), "https://runs.example.com/train-run");
});
