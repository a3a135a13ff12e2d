import { setTimeout as sleep } from "node:timers/promises";
import type { SeenExecution } from "../../harness/control";
import { abortsIn, startsIn } from "../../harness/counts";
import { beginUp, type Declared, declare, endAll, latest, MANY, starts, untilAll } from "../../harness/many";
import { tell } from "../../harness/register";
import type { Story } from "../../harness/scenario";

const endless: Declared = { script: { run: 600 }, waitFor: "completed", failureOutput: false };
const running: Declared = { script: { run: 600 } };

/** What the look finds of each when its command was killed before any of them was recorded. */
const found: Readonly<Record<string, Declared>> = {
  active: running,
  "ended-ok": endless,
  "ended-too-long-ago": { ...endless, adoptEndedWithin: 1 },
  "failed-by-default": endless,
  "failed-keep": { ...endless, whenFailed: "keep" },
  "failed-fail": { ...endless, whenFailed: "fail" },
  aborted: { ...endless, whenAborted: "keep" },
  "two-active": running,
  "other-inputs": running,
};

/** A start with the key of a run that there is: what a server does that holds a start and commits it late. */
async function startAgain(story: Story, run: SeenExecution): Promise<void> {
  const response = await fetch(`${story.emulator.url}/execution/compose/start`, {
    method: "POST",
    headers: { authorization: `Bearer ${story.emulator.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ compose_file_code: run.composeFileCode, execution_type: "cpu", file_name: run.fileName }),
  });
  if (!response.ok) throw new Error(`The second start: ${response.status} ${await response.text()}`);
}

tell(
  "what a killed command has started is taken over, run again, aborted or left, by the table",
  { folder: __dirname, variant: "found", ...MANY },
  async (story) => {
    declare(
      story,
      Object.fromEntries(Object.entries(found).map(([name, args]) => [name, { ...args, waitFor: "completed" }])),
    );
    const killed = beginUp(story, "up, and the CLI is killed while all are running");
    await untilAll(story, Object.keys(found), "running");
    await killed.kill();
    await story.endOrphans();
    await killed.ended();
    await story.step("the lock of the killed command is lifted", ["cancel", "--yes"]);
    await endAll(story, ["ended-ok", "ended-too-long-ago"], "completed");
    await endAll(story, ["failed-by-default", "failed-keep", "failed-fail"], "failed");
    await endAll(story, ["aborted"], "aborted");
    await startAgain(story, await latest(story, "two-active"));
    await untilAll(story, ["two-active"], "running");
    await story.leaveRequestsOut();
    await sleep((Number(found["ended-too-long-ago"]?.adoptEndedWithin) + 0.1) * 1000);

    declare(story, { ...found, "other-inputs": { ...running, triggers: ["changed meanwhile"] } });
    const up = beginUp(story, "up decides of each by what it finds", { fails: true });
    const again = ["ended-too-long-ago", "failed-by-default", "aborted"];
    await untilAll(story, again, "running");
    await endAll(story, again, "completed");
    const result = await up.ended();
    expect(startsIn(result.requests)).toBe(4);
    expect(abortsIn(result.requests)).toBe(2);
    expect(await starts(story)).toEqual({
      active: 1,
      "ended-ok": 1,
      "ended-too-long-ago": 2,
      "failed-by-default": 2,
      "failed-keep": 1,
      "failed-fail": 1,
      aborted: 2,
      "two-active": 2,
      "other-inputs": 2,
    });
    expect(await story.resource("failed-by-default")).toMatchObject({ outputs: { attempt: 2 } });
    await story.destroy("destroy", { requests: "at once" });
    expect((await story.runs()).filter(({ status }) => status === "running")).toEqual([]);
  },
);

const short: Declared = { script: { run: 0.3 }, waitFor: "completed" };

tell(
  "what is recorded never comes back: A, B, A is three runs, and destroy and up begin anew",
  { folder: __dirname, variant: "recorded", ...MANY },
  async (story) => {
    declare(story, { changing: { ...short, triggers: ["A"] }, "taken-out": short });
    await story.up("up with A", { requests: "at once" });
    declare(story, { changing: { ...short, triggers: ["B"] } });
    await story.up("up with B, and the other is taken out", { requests: "at once" });
    declare(story, { changing: { ...short, triggers: ["A"] }, "taken-out": short });
    const back = await story.up("up with A again: a new run; the other takes its ended run over, and says so", {
      requests: "at once",
    });
    expect(await starts(story)).toEqual({ changing: 3, "taken-out": 1 });
    expect(back.said).toMatch(
      /Run \S+ was already started for this resource and ended completed \d+ s ago; it is adopted/,
    );
    await story.destroy("destroy");
    await story.up("up after destroy: new runs", { requests: "at once" });
    expect(await starts(story)).toEqual({ changing: 4, "taken-out": 2 });

    const ended = await latest(story, "changing");
    declare(story, { "by-its-id": { existingExecutionId: ended.executionId, waitFor: "completed" } });
    await story.up("a run is taken over by its id, though it has ended", { requests: "at once" });
    expect(startsIn(await story.control.requests())).toBe(6);
    await story.destroy("destroy lets it be");
  },
);
