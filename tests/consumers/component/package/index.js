const pulumi = require("@pulumi/pulumi");
const { ComposeExecution } = require("pulumi-lyceum");

/** A component. Its users need not know which resources it declares. */
class Training extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("training:index:Training", name, args, opts);
    const run = new ComposeExecution(name, { composeFile: args.file, timeout: 300 }, { parent: this });
    this.executionId = run.executionId;
    this.status = run.status;
    this.registerOutputs({ executionId: this.executionId, status: this.status });
  }
}

exports.Training = Training;
