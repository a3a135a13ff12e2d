const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");

const { args, options, inComponent } = require("./settings.json");

class Team extends pulumi.ComponentResource {
  constructor(name) {
    super("story:Team", name);
  }
}

const place = inComponent ? { parent: new Team("team"), aliases: [{ parent: pulumi.rootStackResource }] } : {};
if (args !== undefined) {
  const worker = new lyceum.ComposeExecution("worker", { timeout: 300, ...args }, { ...options, ...place });
  exports.executionId = worker.executionId;
}
