import { readFileSync } from "node:fs";
import * as lyceum from "pulumi-lyceum";

const settings = JSON.parse(readFileSync("settings.json", "utf8"));
const data = new lyceum.StoredFiles("data", { source: "data", exclude: ["*.tmp"], ...settings });
const worker = new lyceum.ComposeExecution("worker", {
  composeFile: "compose.yaml",
  enableS3Mount: true,
  triggers: [data.hash],
});

export const prefix = data.prefix;
export const mountPath = data.mountPath;
export const hash = data.hash;
export const fileCount = data.fileCount;
export const bytes = data.bytes;
export const attempt = worker.attempt;
