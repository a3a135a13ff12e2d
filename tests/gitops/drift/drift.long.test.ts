import { ONE_HOST } from "../../harness/register";
import { Pipeline } from "../pipeline";

const text = (name: string) =>
  `services:\n  ${name}:\n    image: registry.example.com/${name}:1\nx-lyceum-sim: { start: 0, run: 600, stopTakes: 0 }\n`;

test.each(ONE_HOST)("drift names the state of each run, and destroy ends them (%s)", (host) =>
  Pipeline.run(`drift-${host}`, "program", host, async (pipeline) => {
    const names = ["aborted", "active", "done", "failing"];
    for (const name of names) pipeline.write(`${name}.yaml`, text(name));
    pipeline.write(
      "executions.json",
      JSON.stringify(Object.fromEntries(names.map((name) => [name, { composeFile: `${name}.yaml`, timeout: 600 }]))),
    );
    expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 4 });
    expect(await pipeline.ci("drift")).toMatchObject({ exitCode: 0, starts: 0 });

    const ends = { aborted: ["aborted", 143], done: ["completed", 0], failing: ["failed", 3] } as const;
    for (const { executionId, fileName } of await pipeline.control.executions()) {
      const name = names.find((one) => fileName?.endsWith(`-${one}`));
      if (name === undefined || name === "active") continue;
      const [status, returnCode] = ends[name as keyof typeof ends];
      await pipeline.control.end(executionId, { status, returnCode });
    }
    const before = JSON.stringify(await pipeline.state());
    const found = await pipeline.ci("drift", "--summary", "out/drift.md", "--json", "out/drift.json");
    expect(found).toMatchObject({ exitCode: 2, starts: 0 });
    const { result, drift } = JSON.parse(pipeline.read("out/drift.json"));
    expect(result).toBe("drift");
    expect(drift.map(({ name, kind, recorded }: Record<string, string>) => [name, kind, recorded])).toEqual([
      // Rows with drift come first.
      ["aborted", "aborted elsewhere", "running"],
      ["failing", "failed", "running"],
      ["active", "active", "running"],
      ["done", "ended as expected", "running"],
    ]);
    expect(pipeline.read("out/drift.md")).toContain("| drift: failed | failing |");
    // `ci drift` changes nothing.
    expect(JSON.stringify(await pipeline.state())).toBe(before);

    await pipeline.control.fault({ operation: "*", times: "always", fault: { kind: "status", status: 403 } });
    expect((await pipeline.ci("drift")).exitCode).toBe(1);
    await pipeline.control.clearFaults();

    const previewed = await pipeline.ci("destroy", "--preview-only", "--summary", "out/destroy.md");
    expect(previewed.exitCode).toBe(0);
    expect(pipeline.read("out/destroy.md")).toMatch(
      /Preview of destroying [\s\S]*0 runs would start, \d runs? would be aborted/,
    );
    expect(await pipeline.ci("destroy", "--summary", "out/destroy.md")).toMatchObject({ exitCode: 0, starts: 0 });
    expect(pipeline.read("out/destroy.md")).toContain("| deleted | active |");
    const runs = await pipeline.control.executions();
    expect(runs.filter(({ status }) => !["aborted", "completed", "failed"].includes(status))).toEqual([]);
  }),
);
