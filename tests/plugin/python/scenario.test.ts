import { dirname, join } from "node:path";
import { installSdk } from "../../harness/processes/python";
import { pulumiFolder } from "../../harness/processes/tools";
import { testScenario } from "../../harness/register";

const venv = process.env.LYCEUM_TEST_PYTHON_VENV ?? "";
const env = {
  // The plugin in `Pulumi.yaml` runs: nothing is downloaded, although a download is allowed.
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "false",
  // The host from Go modules is too old for the option `virtualenv` as the CLI passes it.
  PATH: [join(venv, "bin"), pulumiFolder(), dirname(process.execPath), "/usr/bin", "/bin"].join(":"),
};

testScenario(
  "the example in Python, with a generated SDK",
  {
    folder: __dirname,
    program: "../../../examples/python",
    // Python has no dynamic provider of ours.
    hosts: ["plugin"],
    missing: venv === "" ? "there is no Python for it" : undefined,
  },
  async (scenario) => {
    installSdk(venv, join(scenario.work.temporary, "sdk"));
    scenario.edit("Pulumi.yaml", (text) => text.replace("virtualenv: venv", `virtualenv: ${venv}`));
    const password = "registry-password-canary-4713";
    scenario.plant("registry_password", password);
    await scenario.pulumi.quietly(["config", "set", "registryUser", "robot"]);
    await scenario.pulumi.setSecret("registryPassword", password);
    await scenario.preview("a preview sends nothing", { env });
    // Whether the lookup before the second start needs a read of its own depends on how long the first run took.
    await scenario.up("prepare has to succeed before train is created", { env, writesOnly: true });
    await scenario.up("nothing is left to do", { env }, "--expect-no-changes");
    await scenario.refresh("nothing has drifted", { env }, "--expect-no-changes");
    await scenario.pulumi.quietly(["config", "set", "dataset", "v2"]);
    await scenario.preview("another data set is a trigger of train alone", { env });
    await scenario.destroy("destroy", { env });
  },
);
