const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");

const { args, options, inComponent } = require("./settings.json");

class Team extends pulumi.ComponentResource {
  constructor(name) {
    super("story:Team", name);
  }
}

/** A variable with the value `config:NAME` is a secret of the stack. */
function given({ variables, ...rest }) {
  if (variables === undefined) return rest;
  const config = new pulumi.Config();
  const valued = Object.entries(variables).map(([name, value]) => {
    const [, key] = /^config:(.*)$/.exec(value) ?? [];
    return [name, key === undefined ? value : config.requireSecret(key)];
  });
  return { ...rest, variables: Object.fromEntries(valued) };
}

const place = inComponent ? { parent: new Team("team"), aliases: [{ parent: pulumi.rootStackResource }] } : {};
if (args !== undefined) {
  const worker = new lyceum.ComposeExecution("worker", { timeout: 300, ...given(args) }, { ...options, ...place });
  exports.executionId = worker.executionId;
}
