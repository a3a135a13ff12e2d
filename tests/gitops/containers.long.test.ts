import { belongings } from "../harness/emulator/docker";
import { Pipeline } from "./pipeline";

jest.setTimeout(300_000);

// Without a Docker daemon there are no containers; CI has one, and there a skipped test fails.
const withDocker = process.env.LYCEUM_TEST_DOCKER === "1" ? test : test.skip;
const reason = process.env.LYCEUM_TEST_DOCKER === "1" ? "" : " (left out: LYCEUM_TEST_DOCKER is not 1)";
const job = (script: string) =>
  JSON.stringify({ services: { job: { image: "busybox:stable", command: ["sh", "-c", script] } } });

withDocker(`a container that fails ends the apply with 1, and one that succeeds with 0${reason}`, () =>
  Pipeline.run(
    "containers",
    "program",
    "plugin",
    async (pipeline) => {
      pipeline.write("job.yaml", job("echo no; exit 7"));
      pipeline.write("executions.json", JSON.stringify({ job: { composeFile: "job.yaml", waitFor: "completed" } }));
      const failed = await pipeline.ci("apply", "--summary", "out/s.md");
      expect(failed).toMatchObject({ exitCode: 1, starts: 1 });
      expect(pipeline.read("out/s.md")).toMatch(/\| job \| started \| \S+ \| failed \(7\), service job \|/);
      pipeline.write("job.yaml", job("exit 0"));
      expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 1 });
      expect(await pipeline.ci("destroy")).toMatchObject({ exitCode: 0 });
      const runs = await pipeline.control.executions();
      expect(runs.flatMap(({ executionId }) => belongings(executionId))).toEqual([]);
    },
    "docker",
  ),
);
