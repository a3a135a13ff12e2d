import { startsIn } from "../../harness/counts";
import { tell } from "../../harness/register";

tell(
  "a run that was seen to end and is then forgotten stays",
  { folder: __dirname, variant: "forgotten", engines: ["simulated"] },
  async (story) => {
    story.work.write("settings.json", JSON.stringify({ waitFor: "completed" }));
    story.edit("compose.yaml", (text) => text.replace("run: 600", "run: 0.5"));
    await story.up("a run that completes");
    await story.control.fault({ operation: "*", fault: { kind: "forget" } });
    await story.refresh("the service no longer knows it");
    const kept = await story.up("it is kept, and not run again", {}, "--expect-no-changes");
    expect(startsIn(kept.requests)).toBe(0);
    expect(await story.resource("job")).toMatchObject({ outputs: { status: "completed", missing: "forgotten" } });
    await story.destroy("destroy has nothing to abort");
  },
);

tell(
  "a run that was not seen to end and answers 404 is lost, and nothing starts by itself",
  { folder: __dirname, variant: "lost", engines: ["simulated"] },
  async (story) => {
    story.work.write("settings.json", JSON.stringify({ waitFor: "running" }));
    await story.up("a run that runs");
    await story.control.fault({ operation: "*", fault: { kind: "forget" } });
    await story.refresh("the service says that it does not know it");
    expect(await story.resource("job")).toMatchObject({ outputs: { missing: "lost" } });
    const stopped = await story.up("up stops with an error", { fails: true });
    expect(stopped.said).toContain("LYC3003");
    expect(startsIn(stopped.requests)).toBe(0);
    await story.destroy("destroy proves nothing, so it stops, too", { fails: true });
    await story.control.clearFaults();
    const found = await story.up("the service knows it again, and all is well");
    expect(startsIn(found.requests)).toBe(0);
    await story.destroy("destroy aborts it");
  },
);
