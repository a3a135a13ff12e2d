import * as lyceum from "pulumi-lyceum";
import { ComposeExecution, getExecution } from "pulumi-lyceum";

const train = new ComposeExecution("train", { composeFile: "compose.yaml", timeout: 300 });

export const executionId = train.executionId;
export const status = train.status;
export const node = process.version;
export const sameClass = lyceum.ComposeExecution === ComposeExecution && lyceum.getExecution === getExecution;
