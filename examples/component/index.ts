import * as lyceum from "pulumi-lyceum";
import { Training } from "./training";

const first = new Training("first", { dataset: "digits" });

// Starts after all runs of the component.
const notify = new lyceum.ComposeExecution(
  "notify",
  { composeFile: "notify.yaml", waitFor: "completed" },
  { dependsOn: first },
);

export const model = first.model;
export const notified = notify.status;
