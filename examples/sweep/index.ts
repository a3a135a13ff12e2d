import * as pulumi from "@pulumi/pulumi";
import * as lyceum from "pulumi-lyceum";
import { table } from "./table";

const runs = table.map(({ name, rate, epochs }) => ({
  name,
  run: new lyceum.ComposeExecution(name, {
    composeFile: "train.yaml",
    variables: { RATE: rate, EPOCHS: epochs },
    timeout: 300,
    waitFor: "completed",
  }),
}));

// The results by name: {"slow": 0.83, …}. A run that failed has none.
export const losses = pulumi
  .all(runs.map(({ name, run }) => run.results.apply((results) => [name, Number(results?.loss)] as const)))
  .apply((pairs) => Object.fromEntries(pairs.filter(([, loss]) => !Number.isNaN(loss))));

export const best = losses.apply((all) => Object.keys(all).sort((one, other) => all[one] - all[other])[0]);
