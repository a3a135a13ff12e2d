import { tell } from "../../harness/register";

tell(
  "two runs and an ordinary resource wait for one another",
  { folder: __dirname, variant: "all-well" },
  async (story) => {
    await story.up("the second run starts when the first has completed");
    const { first } = await story.pulumi.outputs();
    const [one, two] = await story.runs();
    expect([one?.executionId, one?.status, two?.status]).toEqual([first, "completed", "completed"]);
    expect(two?.composeFileCode).toContain(`AFTER: ${String(first)}`);
    await story.up("up again changes nothing", {}, "--expect-no-changes");
    await story.destroy();
  },
);

tell("what depends on a failed run is not created", { folder: __dirname, variant: "first-fails" }, async (story) => {
  story.edit("first.yaml", (text) => text.replace("exit 0", "exit 4").replace("exitCode: 0", "exitCode: 4"));
  await story.up("the first run fails", { fails: true });
  const { deployment } = await story.state();
  const names = (deployment.resources ?? []).map(({ urn }) => urn.split("::").at(-1));
  expect(names).toContain("first");
  expect(names).not.toContain("note");
  expect(names).not.toContain("second");
  expect(await story.runs()).toHaveLength(1);
  await story.destroy();
});
