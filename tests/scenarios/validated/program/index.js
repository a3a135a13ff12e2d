const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");
const { stage, diagnostics } = require("./settings.json");

/** An ordinary resource. Its output is not known before the resource exists. */
class Tag extends pulumi.dynamic.Resource {
  constructor(name, tag) {
    super({ create: async (inputs) => ({ id: "a-tag", outs: { made: inputs.tag } }) }, name, { tag, made: undefined });
  }
}

const config = new pulumi.Config();
const variables = { PASSWORD: config.requireSecret("password") };

/** The source of the Compose document, for each step of the scenario. */
const stages = {
  invalid: () => ({ composeFile: "faulty.yaml", variables }),
  file: () => ({ composeFile: "compose.yaml", variables }),
  secret: () => ({ composeFileCode: config.requireSecret("text") }),
  text: () => ({
    composeFileCode: pulumi.interpolate`
      services: { api: { image: "busybox:${new Tag("tag", "stable").made}" } }
      x-lyceum-sim: { start: 0, run: 0.2 }`,
  }),
  variable: () => ({
    composeFile: "compose.yaml",
    variables: { ...variables, TAG: new Tag("another-tag", "stable").made },
  }),
};

new lyceum.ComposeExecution("run", { ...stages[stage](), diagnostics, waitFor: "completed" });
