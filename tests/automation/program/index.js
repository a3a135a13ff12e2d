// An inline program. It runs in the process of the test, in any directory. Its provider runs in the directory of the
// workspace.
const pulumi = require("@pulumi/pulumi");
const { LocalWorkspace, PulumiCommand } = require("@pulumi/pulumi/automation");
const { ComposeExecution } = require("pulumi-lyceum");

const TEXTS = {
  "pulumi-nodejs:dynamic/lyceum:ComposeExecution": 'exports.handler=()=>require("pulumi-lyceum/dynamic")',
  "pulumi-nodejs:dynamic/lyceum:Scope": 'exports.handler=()=>require("pulumi-lyceum/dynamic/scope")',
};

async function program() {
  if (process.env.TEXT_OF_0_1_0 === "1") {
    pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
      TEXTS[type] === undefined ? undefined : { props: { ...props, __provider: TEXTS[type] }, opts },
    );
  }
  const worker = new ComposeExecution("worker", {
    composeFileCode: "services: {worker: {image: 'busybox:stable'}}\nx-lyceum-sim: {start: 0, run: 300}\n",
    timeout: 300,
  });
  return { executionId: worker.executionId };
}

async function main() {
  const [operation, workDir, pulumiRoot] = process.argv.slice(2);
  const pulumiCommand = await PulumiCommand.get({ root: pulumiRoot });
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "dev", projectName: "story", program },
    { workDir, pulumiCommand },
  );
  const { summary, changeSummary } = await stack[operation]();
  console.log(JSON.stringify(summary?.resourceChanges ?? changeSummary));
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
