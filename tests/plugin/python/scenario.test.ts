import { dirname, join } from "node:path";
import { installSdk } from "../../harness/processes/python";
import { pulumiFolder } from "../../harness/processes/tools";
import { testScenario } from "../../harness/register";

const venv = process.env.LYCEUM_TEST_PYTHON_VENV ?? "";
const env = {
  // The plugin that `Pulumi.yaml` names runs. Downloads are allowed, but there are none.
  PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "false",
  // The host from Go modules is too old for the option `virtualenv` in the form that the CLI passes.
  PATH: [join(venv, "bin"), pulumiFolder(), dirname(process.execPath), "/usr/bin", "/bin"].join(":"),
};

testScenario(
  "the example in Python, with a generated SDK",
  {
    folder: __dirname,
    program: "../../../examples/python",
    // There is no dynamic provider for Python.
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
    // How long the first run takes decides whether the lookup before the second start has to read again.
    await scenario.up("prepare has to succeed before train is created", { env, writesOnly: true });
    await scenario.up("nothing is left to do", { env }, "--expect-no-changes");
    await scenario.refresh("nothing has drifted", { env }, "--expect-no-changes");
    await scenario.pulumi.quietly(["config", "set", "dataset", "v2"]);
    await scenario.preview("another data set is a trigger of train alone", { env });
    await scenario.destroy("destroy", { env });
  },
);
