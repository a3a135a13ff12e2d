import { tell } from "../../harness/register";

tell("values that are not known yet pass the preview", { folder: __dirname, engines: ["simulated"] }, async (story) => {
  const preview = await story.preview("a preview with unknown arguments");
  expect(preview.requests).toEqual([]);
  await story.up("an up with them");
  await story.up("up again changes nothing", {}, "--expect-no-changes");
  await story.destroy();
});
