const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");

/** A resource whose text is not known before the resource exists. */
class Source extends pulumi.dynamic.Resource {
  constructor(name, text) {
    super(
      { create: async (inputs) => ({ id: "a-source", outs: { made: inputs.text, seconds: 90, machine: "cpu" } }) },
      name,
      {
        text,
        made: undefined,
        seconds: undefined,
        machine: undefined,
      },
    );
  }
}

const source = new Source("source", "services: { worker: { image: 'busybox:stable' } }\nx-lyceum-sim: { run: 0.5 }\n");
const run = new lyceum.ComposeExecution("run", {
  composeFileCode: source.made,
  timeout: source.seconds,
  executionType: source.machine,
  triggers: [source.id],
  fileName: source.id,
  userCallbackUrls: [pulumi.interpolate`https://example.test/${source.id}`],
  registryCredentials: source.id.apply((id) => ({ type: "basic", username: id, password: "pw-not-a-canary" })),
  clocks: { total: source.seconds },
  waitFor: "completed",
});

exports.status = run.status;
