import { createExecution } from "./create";
import { createWorld, someInputs } from "./testing/world";
import { updateExecution } from "./update";

/** A run that had reached its wish, and of which a new command learns that it has ended since. */
async function endedSince(status: string, returnCode?: number) {
  const first = createWorld();
  first.service.behaviour.script = [{ after: 1, status: "running" }];
  const outputs = await createExecution(first.context, someInputs());
  for (const run of first.service.runs) first.service.end(run, status, returnCode);
  return { ...createWorld(first), outputs };
}

test("one that is kept warns, and what concerns the delete is recorded with its end", async () => {
  const { context, outputs, said } = await endedSince("failed", 3);
  const kept = await updateExecution(context, outputs, someInputs({ deleteRecord: true }));
  expect(kept).toMatchObject({ status: "failed", deleteRecord: true });
  expect(said).toEqual([expect.stringMatching(/^warning: Run run-1 ended failed.* It is kept/)]);
});

test("one that has completed since is done, with its exit code and time", async () => {
  const { context, outputs } = await endedSince("completed", 0);
  const done = await updateExecution(context, outputs, someInputs({ waitFor: "completed" }));
  expect(done).toMatchObject({ status: "completed", returnCode: 0, endedAt: expect.any(String) });
});
