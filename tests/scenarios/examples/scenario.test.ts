import { tell } from "../../harness/register";

tell(
  "the example of the README",
  { folder: __dirname, variant: "quickstart", program: "../../../examples/quickstart" },
  async (story) => {
    await story.up("the program as the README shows it");
    await story.destroy();
  },
);

tell(
  "the example of one run after another",
  { folder: __dirname, variant: "pipeline", program: "../../../examples/pipeline" },
  async (story) => {
    const password = "registry-password-canary-4711";
    story.plant("registry_password", password);
    await story.pulumi.quietly(["config", "set", "registryUser", "robot"]);
    await story.pulumi.setSecret("registryPassword", password);
    await story.up("prepare has to succeed before train is made");
    await story.pulumi.quietly(["config", "set", "dataset", "v2"]);
    await story.preview("another data set is a trigger of train alone");
    await story.destroy();
  },
);
