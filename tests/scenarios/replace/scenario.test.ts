import { abortsIn, startsIn } from "../../harness/counts";
import { tell } from "../../harness/register";
import { type Story, urnOf } from "../../harness/scenario";
import type { StepResult } from "../../harness/step";

/** One abort, then one start, and another id: whatever asked for the replacement. */
async function isOneReplacement(story: Story, before: unknown, step: StepResult): Promise<unknown> {
  const { executionId } = await story.pulumi.outputs();
  expect([abortsIn(step.requests), startsIn(step.requests)]).toEqual([1, 1]);
  const writes = step.requests.filter(({ method }) => method === "POST").map(({ operation }) => operation);
  expect(writes).toEqual(["abortWorkload", "startComposeExecution"]);
  expect(executionId).not.toBe(before);
  return executionId;
}

tell("a replacement that the user asks for aborts first and starts once", { folder: __dirname }, async (story) => {
  story.work.write("settings.json", JSON.stringify({ options: { replacementTrigger: "one" } }));
  await story.up("a run");
  let { executionId } = await story.pulumi.outputs();

  executionId = await isOneReplacement(
    story,
    executionId,
    await story.up("up --replace", {}, "--replace", urnOf("worker")),
  );

  await story.step("state taint", ["state", "taint", "--yes", urnOf("worker")]);
  executionId = await isOneReplacement(story, executionId, await story.up("up replaces what is tainted"));

  story.work.write("settings.json", JSON.stringify({ options: { replacementTrigger: "two" } }));
  executionId = await isOneReplacement(story, executionId, await story.up("a changed replacementTrigger"));

  await story.destroy();
  expect((await story.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted", "aborted", "aborted"]);
});

tell(
  "a replacement that would create first is refused",
  { folder: __dirname, variant: "create-first", engines: ["simulated"] },
  async (story) => {
    story.work.write("settings.json", JSON.stringify({ options: { deleteBeforeReplace: false } }));
    const refused = await story.up("deleteBeforeReplace: false", { fails: true });
    expect(refused.said).toContain("LYC4002");
    expect(refused.requests).toEqual([]);
  },
);
