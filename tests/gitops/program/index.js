const { readFileSync } = require("node:fs");
const { ComposeExecution } = require("pulumi-lyceum");
const pulumi = require("@pulumi/pulumi");

/** A resource that builds an image. The image is not known before it is built. */
class Image extends pulumi.dynamic.Resource {
  constructor(name, args) {
    const outs = (inputs) => ({ ...inputs, built: inputs.reference });
    const provider = {
      diff: async (_id, olds, news) => ({ changes: olds.reference !== news.reference }),
      create: async (inputs) => ({ id: "image", outs: outs(inputs) }),
      update: async (_id, _olds, news) => ({ outs: outs(news) }),
    };
    super(provider, name, { built: undefined, ...args });
  }
}

const mapValues = (map, of) => Object.fromEntries(Object.entries(map).map(([key, value]) => [key, of(value, key)]));

// The values that a pull request changes: the arguments of each execution.
const executions = JSON.parse(readFileSync("executions.json", "utf8"));
const made = {};
for (const [name, { fileAfter, built, formerly, ...args }] of Object.entries(executions)) {
  // The name of a file. It is not known before another execution has started.
  const late = fileAfter && { variables: { FILE: made[fileAfter].executionId.apply(() => "secrets") } };
  // Images that another resource builds, by service. They are not known at preview.
  const images =
    built && mapValues(built, (reference, service) => new Image(`${name}-${service}`, { reference }).built);
  const credentials = { type: "basic", username: "robot", password: pulumi.secret(process.env.REGISTRY_PASSWORD) };
  made[name] = new ComposeExecution(
    name,
    { ...args, ...late, ...(images && { images }), registryCredentials: credentials },
    // The earlier name of the resource.
    formerly && { aliases: [{ name: formerly }] },
  );
}
