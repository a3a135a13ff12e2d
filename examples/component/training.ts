import * as pulumi from "@pulumi/pulumi";
import * as lyceum from "pulumi-lyceum";

/** What a user of the component sets. */
export interface TrainingArgs {
  dataset: pulumi.Input<string>;
  epochs?: pulumi.Input<number>;
}

/** A training on a data set: it prepares the data, then trains on it. */
export class Training extends pulumi.ComponentResource {
  readonly executionId: pulumi.Output<string>;
  readonly model: pulumi.Output<string>;

  constructor(name: string, args: TrainingArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("example:training:Training", name, args, opts);
    const prepare = new lyceum.ComposeExecution(
      `${name}-prepare`,
      { composeFile: "prepare.yaml", variables: { DATASET: args.dataset }, waitFor: "completed" },
      { parent: this },
    );
    const train = new lyceum.ComposeExecution(
      `${name}-train`,
      {
        composeFile: "train.yaml",
        variables: { DATASET: args.dataset, EPOCHS: args.epochs ?? 1 },
        waitFor: "completed",
      },
      { parent: this, dependsOn: prepare },
    );
    this.executionId = train.executionId;
    this.model = train.results.apply((results) => String(results?.model));
    this.registerOutputs({ executionId: this.executionId, model: this.model });
  }
}
