import { startsIn } from "../../harness/counts";
import { letRunEnd } from "../../harness/ending";
import { tell } from "../../harness/register";

/** Fails when it is told to. */
const longRunning = `services:
  broken:
    image: busybox:stable
    command: sh -c 'trap "echo no such file; exit 3" USR1; echo working; sleep 600 & wait'
x-lyceum-sim:
  run: 600
  output: [working]
`;

tell(
  "a run that was waited for and failed fails the up, and the next up runs it again",
  { folder: __dirname, variant: "completed" },
  async (story) => {
    story.work.write("settings.json", JSON.stringify({ waitFor: "completed" }));
    const failed = await story.up("one service exits 3 although another is fine", { fails: true });
    expect(failed.said).toContain("no such file");
    expect(await story.resource("job")).toMatchObject({ outputs: { status: "failed", returnCode: 3 } });

    await story.preview("the preview says that it starts a new run");
    story.edit("compose.yaml", (text) => text.replace(/exit 3/, "exit 0").replace("exitCode: 3", "exitCode: 0"));
    story.edit("compose.yaml", (text) => text.replace(/sleep 600 & wait/, "true").replace("run: 600", "run: 1"));
    const mended = await story.up("a mended file replaces the failed run, which needs no abort");
    expect(startsIn(mended.requests)).toBe(1);
    await story.destroy("destroy has nothing to abort");
  },
);

tell(
  "a failed run with unchanged inputs is started again when it was waited for",
  { folder: __dirname, variant: "again", engines: ["simulated"] },
  async (story) => {
    story.work.write("settings.json", JSON.stringify({ waitFor: "completed", failureOutput: false }));
    const failed = await story.up("the run fails, its output is left out", { fails: true });
    expect(failed.said).not.toContain("no such file");
    const again = await story.up("the next up starts it again, since it did not complete", { fails: true });
    expect(startsIn(again.requests)).toBe(1);
    await story.destroy();
  },
);

tell(
  "a run that fails after it was running is kept, and the next up warns",
  { folder: __dirname, variant: "running" },
  async (story) => {
    story.work.write("compose.yaml", longRunning);
    story.work.write("settings.json", JSON.stringify({ waitFor: "running", timeout: 300 }));
    await story.up("the up is content with a run that is running");
    await letRunEnd(story, 3);
    await story.refresh("refresh finds out that it failed");
    const warned = await story.up("up keeps it, and warns");
    expect(startsIn(warned.requests)).toBe(0);
    expect(warned.said).toContain("It is kept, because waitFor is");
    await story.destroy("destroy has nothing to abort");
  },
);

tell(
  "a run that cannot start fails the up whatever it waits for",
  { folder: __dirname, variant: "unstartable" },
  async (story) => {
    story.work.write("settings.json", JSON.stringify({ waitFor: "running" }));
    story.work.write(
      "compose.yaml",
      "services:\n  sneaky:\n    image: busybox:stable\n    privileged: true\n    command: 'true'\nx-lyceum-sim:\n  startError: privileged is refused\n",
    );
    const failed = await story.up("the run never starts", { fails: true });
    expect(failed.said).toContain("privileged");
    const kept = await story.up("the next up keeps it, and warns");
    expect(startsIn(kept.requests)).toBe(0);
    await story.destroy("destroy has nothing to abort");
  },
);
