import { tell } from "../../harness/register";

tell("a run is ended by its timeout, and that is no success", { folder: __dirname }, async (story) => {
  await story.up("a run that would never end", { fails: true });
  expect(await story.resource("endless")).toMatchObject({ outputs: { timeout: 3 } });
  await story.destroy("destroy has nothing to abort");
});
