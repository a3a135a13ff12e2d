import { readFileSync } from "node:fs";
import * as lyceum from "pulumi-lyceum";

const more = JSON.parse(readFileSync("settings.json", "utf8"));
const train = new lyceum.ComposeExecution("train", {
  composeFile: "compose.yaml",
  enableS3Mount: true,
  waitFor: "completed",
  artifacts: { model: { path: "out/model.bin", onDelete: "delete" }, metrics: "out/metrics.json", ...more },
});
const metrics = lyceum.getStoredFileOutput({ artifact: train.artifacts.apply((files) => files?.metrics) });
const hidden = lyceum.getStoredFileOutput({ key: metrics.key, secret: true });

export const artifacts = train.artifacts;
export const accuracy = metrics.apply(({ json }) => (json as { accuracy: number }).accuracy);
export const secretText = hidden.text;
export const attempt = train.attempt;
