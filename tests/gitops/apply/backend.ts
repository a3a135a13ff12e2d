import { waitUntil } from "../../harness/wait";
import { Pipeline } from "../pipeline";

/**
 * The scenario of a backend: two first applies at once, two applies of a change at once, a kill in the middle of an
 * apply, drift and destroy. If two applies run at once, one waits for the other's lock. No run starts twice.
 *
 * @param environment variables that show Pulumi where the backend is
 */
export function runOnBackend(name: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const both = async (pipeline: Pipeline): Promise<readonly [number, readonly (number | null)[]]> => {
    const before = await pipeline.starts();
    const ended = await Promise.all([pipeline.start("apply"), pipeline.start("apply")].map((one) => one.ended));
    // The output of a failed apply is in the message of this test.
    const failed = ended.flatMap(({ exitCode, stdout, stderr }) => (exitCode === 0 ? [] : [stdout + stderr]));
    expect(failed).toEqual([]);
    return [(await pipeline.starts()) - before, ended.map(({ exitCode }) => exitCode)];
  };
  return Pipeline.run(
    name,
    "program",
    "plugin",
    async (pipeline) => {
      // Pulumi makes its table at the first use of a database. If two commands make the table at once, one may fail
      // with "duplicate key value violates unique constraint" before it has read or changed anything.
      expect((await pipeline.pulumi("stack", "ls")).exitCode).toBe(0);
      expect(await both(pipeline)).toEqual([2, [0, 0]]);
      expect(await pipeline.ci("drift")).toMatchObject({ exitCode: 0, starts: 0 });
      pipeline.write("web.yaml", pipeline.read("web.yaml").replace("web:1", "web:2"));
      expect(await both(pipeline)).toEqual([1, [0, 0]]);

      // A job is killed when its run has started. The next job on this machine removes the lock, and adopts the run.
      pipeline.write("web.yaml", pipeline.read("web.yaml").replace("web:2", "web:3"));
      const before = await pipeline.starts();
      const killed = pipeline.start("apply");
      await waitUntil("the start", async () => (await pipeline.starts()) > before);
      await pipeline.killAll();
      await killed.ended;
      expect(await pipeline.ci("apply", "--lock-wait", "0")).toMatchObject({ exitCode: 0, starts: 0 });
      expect((await pipeline.state()).deployment.pending_operations ?? []).toEqual([]);
      expect(await pipeline.ci("destroy")).toMatchObject({ exitCode: 0, starts: 0 });
    },
    environment,
  );
}
