import { ONE_HOST } from "../../harness/register";
import { Pipeline } from "../pipeline";
import { SLOW } from "../slow-job";

interface Reported {
  readonly result: string;
  readonly executions: readonly { name: string; action: string; result: string; executionId: string | null }[];
}

test.each(ONE_HOST)("a run whose abort is refused is not reported as deleted (%s)", (host) =>
  Pipeline.run(`failed-deletion-${host}`, "program", host, async (pipeline) => {
    const declare = (...names: readonly string[]) => {
      for (const name of names) pipeline.write(`${name}.yaml`, SLOW);
      const of = (name: string) => [name, { composeFile: `${name}.yaml`, timeout: 600 }];
      pipeline.write("executions.json", JSON.stringify(Object.fromEntries(names.map(of))));
    };
    const reported = async (operation: string) => {
      const ended = await pipeline.ci(operation, "--summary", "out/s.md", "--json", "out/s.json");
      const { result, executions }: Reported = JSON.parse(pipeline.read("out/s.json"));
      const rows = executions.map((one) => [one.name, one.action, one.result, one.executionId !== null]);
      return { exitCode: ended.exitCode, result, rows };
    };
    declare("refused", "web");
    expect((await pipeline.ci("apply")).exitCode).toBe(0);
    const runs = await pipeline.control.executions();
    const { executionId = "" } = runs.find(({ fileName }) => fileName?.endsWith("-refused")) ?? {};
    await pipeline.control.fault({
      operation: "abortWorkload",
      match: { executionId },
      times: "always",
      fault: { kind: "status", status: 403 },
    });

    // The apply deletes what the program no longer declares.
    declare("web");
    expect(await reported("apply")).toEqual({
      exitCode: 1,
      result: "failed",
      rows: [
        ["refused", "delete", "failed", true],
        ["web", "keep", "done", true],
      ],
    });
    expect(pipeline.read("out/s.md")).toContain(`| delete: failed | refused | ${executionId} | running |`);

    expect(await reported("destroy")).toMatchObject({
      exitCode: 1,
      rows: expect.arrayContaining([["refused", "delete", "failed", true]]),
    });
    await pipeline.control.clearFaults();
    expect(await reported("destroy")).toMatchObject({
      exitCode: 0,
      result: "succeeded",
      rows: expect.arrayContaining([["refused", "delete", "done", true]]),
    });
    expect((await pipeline.state()).deployment.resources ?? []).toEqual([]);
  }),
);
