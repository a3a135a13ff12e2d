// An inline program. It runs in the process of the test, once for each operation and each stack.
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const { ComposeExecution } = require("pulumi-lyceum");

async function program() {
  const train = new ComposeExecution("train", { composeFile: "compose.yaml", timeout: 300 });
  return { executionId: train.executionId, status: train.status };
}

/** Prints the changes that an operation made, as a line of JSON. */
function report(step, { summary, outputs }) {
  const values = Object.fromEntries(Object.entries(outputs ?? {}).map(([name, { value }]) => [name, value]));
  console.log(JSON.stringify({ step, changes: summary.resourceChanges, outputs: values, node: process.version }));
}

async function main() {
  const open = (stackName) =>
    LocalWorkspace.createOrSelectStack({ stackName, projectName: "consumer-automation", program });
  const first = await open("first");
  report("first up", await first.up());
  const second = await open("second");
  report("second up", await second.up());
  report("first again", await first.up());
  report("both at once", (await Promise.all([first.up(), second.up()]))[1]);
  report("first destroy", await first.destroy());
  report("second destroy", await second.destroy());
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
