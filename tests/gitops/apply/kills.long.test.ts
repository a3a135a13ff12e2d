import { Random } from "../../chaos/random";
import { waitUntil } from "../../harness/wait";
import { Pipeline } from "../pipeline";

jest.setTimeout(1_200_000);

const KILLS = 6;
const JOB = "services:\n  job:\n    image: registry.example.com/job:1\nx-lyceum-sim: { start: 0.1, run: 0.5 }\n";

/**
 * The progress of a command is the number of its lines of output, requests and processes. Every second kill counts the
 * progress from the moment at which the command holds the lock.
 */
const MOST_PROGRESS = { fromStart: 30, fromLock: 4 };

test(`${KILLS} kills at random moments, each followed by one apply: one start each; by hand only an empty .attrs of Pulumi is removed`, () =>
  Pipeline.run("kills", "program", "dynamic", async (pipeline) => {
    const random = new Random(process.env.LYCEUM_FUZZ_SEED ?? "1");
    pipeline.write("job.yaml", JOB);
    const locked: boolean[] = [];
    for (let round = 1; round <= KILLS; round += 1) {
      const args = { composeFile: "job.yaml", waitFor: "completed", triggers: [String(round)] };
      pipeline.write("executions.json", JSON.stringify({ job: args }));
      const before = (await pipeline.control.requests()).length;
      const isFromLock = round % 2 === 0;
      const until = random.whole(0, (isFromLock ? MOST_PROGRESS.fromLock : MOST_PROGRESS.fromStart) - 1);
      const killed = pipeline.start("apply");
      let hasEnded = false;
      killed.ended.then(
        () => {
          hasEnded = true;
        },
        () => undefined,
      );
      let from = isFromLock ? undefined : 0;
      await waitUntil("the moment of the kill", async () => {
        const sent = (await pipeline.control.requests()).length - before;
        const progress = sent + killed.shown().split("\n").length + pipeline.processes().length;
        if (pipeline.locks().length > 0) from ??= progress;
        return hasEnded || (from !== undefined && progress >= from + until);
      });
      await pipeline.killAll();
      pipeline.repair();
      locked.push(pipeline.locks().length > 0);
      const next = await pipeline.ci("apply", "--lock-wait", "0");
      expect([round, until, next.exitCode, await pipeline.starts()]).toEqual([round, until, 0, round]);
      expect((await pipeline.state()).deployment.pending_operations ?? []).toEqual([]);
    }
    // Some kills must have left a lock. Otherwise, no important moment was tested.
    expect(locked).toContain(true);
    expect(await pipeline.ci("destroy")).toMatchObject({ exitCode: 0 });
  }));
