import { Random } from "../../chaos/random";
import { waitUntil } from "../../harness/wait";
import { Pipeline } from "../pipeline";

jest.setTimeout(1_200_000);

const KILLS = 6;
const JOB = "services:\n  job:\n    image: registry.example.com/job:1\nx-lyceum-sim: { start: 0.1, run: 0.5 }\n";

/** The progress of a command: the number of its outputs, requests and starts. It is about this number at the end. */
const MOST_PROGRESS = 30;

test(`${KILLS} kills at random moments, each followed by one apply: one start each, and nothing by hand`, () =>
  Pipeline.run("kills", "program", "dynamic", async (pipeline) => {
    const random = new Random(process.env.LYCEUM_FUZZ_SEED ?? "1");
    pipeline.write("job.yaml", JOB);
    const locked: boolean[] = [];
    for (let round = 1; round <= KILLS; round += 1) {
      const args = { composeFile: "job.yaml", waitFor: "completed", triggers: [String(round)] };
      pipeline.write("executions.json", JSON.stringify({ job: args }));
      const before = (await pipeline.control.requests()).length;
      const until = random.whole(0, MOST_PROGRESS - 1);
      const killed = pipeline.start("apply");
      let hasEnded = false;
      killed.ended.then(
        () => {
          hasEnded = true;
        },
        () => undefined,
      );
      await waitUntil("the moment of the kill", 90, async () => {
        const sent = (await pipeline.control.requests()).length - before;
        return hasEnded || sent + killed.shown().split("\n").length + pipeline.processes().length > until;
      });
      await pipeline.killAll();
      locked.push(pipeline.locks().length > 0);
      const next = await pipeline.ci("apply", "--lock-wait", "0");
      expect([round, until, next.exitCode, await pipeline.starts()]).toEqual([round, until, 0, round]);
      expect((await pipeline.state()).deployment.pending_operations ?? []).toEqual([]);
    }
    // Some kills must have left a lock. Otherwise, no important moment was tested.
    expect(locked).toContain(true);
    expect(await pipeline.ci("destroy")).toMatchObject({ exitCode: 0 });
  }));
