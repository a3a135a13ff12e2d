import { writesIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";

const PASSWORD = "registry-password-canary-0815";

/** Backticks are used, because the harness changes an import in quotes to that of the plugin. */
function program(entry: string, options: string): string {
  return `const { ComposeExecution } = require(\`${entry}\`);
const run = new ComposeExecution("job", {
  composeFileCode: "x-lyceum-sim: {start: 0, run: 600}\\nservices: {web: {image: busybox}}\\n",
  triggers: ["a"],
  timeout: 300,
  registryCredentials: { type: "basic", username: "robot", password: "${PASSWORD}" },
}, ${options});
exports.executionId = run.executionId;
`;
}

testScenario(
  "a stack moves from the dynamic provider to the plugin and back: nothing is replaced, nothing is aborted",
  { folder: __dirname, hosts: ["plugin"] },
  async (scenario) => {
    scenario.plant("registry_password", PASSWORD);
    // The text of the program is not searched for secrets, because the program contains none.
    scenario.work.write("index.js", program("pulumi-lyceum", "{}"));
    await scenario.up("a run of the dynamic provider");
    const { executionId } = await scenario.pulumi.outputs();

    scenario.work.write("index.js", program("pulumi-lyceum/plugin", "{}"));
    const moved = await scenario.up("the same program with the plugin: the helper resource goes");
    expect(writesIn(moved.requests)).toEqual([]);
    expect((await scenario.resource("job")).type).toBe("lyceum:index:ComposeExecution");
    await scenario.up("and nothing is left to do", {}, "--expect-no-changes");

    const back = `{ aliases: [{ type: "lyceum:index:ComposeExecution" }] }`;
    scenario.work.write("index.js", program("pulumi-lyceum", back));
    const returned = await scenario.up("back to the dynamic provider");
    expect(writesIn(returned.requests)).toEqual([]);
    expect((await scenario.resource("job")).type).toBe("pulumi-nodejs:dynamic/lyceum:ComposeExecution");
    await scenario.up("and nothing is left to do", {}, "--expect-no-changes");
    expect(await scenario.pulumi.outputs()).toEqual({ executionId });
    await scenario.destroy("destroy");
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted"]);
  },
);
