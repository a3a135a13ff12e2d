import { untilAskedAgain } from "../harness/emulator/ending";
import { waitUntil } from "../harness/wait";
import type { Pipeline } from "./pipeline";

/** A run that ends only when the test ends it. */
export const SLOW = "services:\n  job:\n    image: registry.example.com/job:1\nx-lyceum-sim: { start: 0, run: 600 }\n";

/** Declares only the run with `job.yaml`. */
export const only = (args: Record<string, unknown>) =>
  JSON.stringify({ job: { composeFile: "job.yaml", timeout: 600, ...args } });

/** Waits until the command waits for the run of the pipeline. */
export async function untilWaited(pipeline: Pipeline): Promise<string> {
  const run = await waitUntil("the run", async () => {
    const [first] = await pipeline.control.executions();
    return first?.status === "running" ? first : undefined;
  });
  await untilAskedAgain(pipeline);
  return run.executionId;
}

/** Kills an apply that waits for the run of `job`. Returns the run. */
export async function killedCreate(pipeline: Pipeline): Promise<string> {
  pipeline.start("apply").ended.catch(() => undefined);
  const { executionId } = await waitUntil("the run", async () => {
    const runs = await pipeline.control.executions();
    return runs.find(({ fileName, status }) => fileName?.endsWith("-job") && status === "running");
  });
  await untilAskedAgain(pipeline);
  await pipeline.killAll();
  return executionId;
}
