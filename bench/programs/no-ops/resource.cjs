/** The class of a resource that imitates an execution: same inputs, options and sibling, and nothing behind it. */
const pulumi = require("@pulumi/pulumi");

// As long as the names of the real ones, since the state repeats them for every resource.
const TYPE = "pulumi-nodejs:dynamic/no-ops:ComposeExecution";
const SCOPE_PROVIDER = 'exports.handler=()=>require("pulumi-no-ops/dynamic/scope")';

let scope;

class NoOpScope extends pulumi.CustomResource {
  constructor() {
    super(
      "pulumi-nodejs:dynamic/no-ops:Scope",
      "lyceum-scope",
      { __provider: SCOPE_PROVIDER, secret: undefined },
      { additionalSecretOutputs: ["secret"] },
    );
  }
}

class NoOpExecution extends pulumi.CustomResource {
  /** `template`: see bench/template.mjs. */
  constructor(name, template, inputs) {
    scope ??= new NoOpScope();
    super(
      TYPE,
      name,
      {
        ...Object.fromEntries(template.outputNames.map((output) => [output, undefined])),
        ...template.inputs,
        ...inputs,
        __provider: template.provider,
        __scope: scope.secret,
        __resourceUrn: pulumi.createUrn(name, TYPE),
      },
      { deleteBeforeReplace: true, additionalSecretOutputs: ["streamingUrl"] },
    );
  }
}

module.exports = { NoOpExecution };
