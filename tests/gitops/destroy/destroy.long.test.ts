import { join } from "node:path";
import { abortsIn, writesIn } from "../../harness/golden/counts";
import { compareGolden } from "../../harness/golden/golden";
import { Names } from "../../harness/golden/names";
import { hostOfProject } from "../../harness/workspace";
import { Pipeline } from "../pipeline";
import { SLOW } from "../slow-job";

/** Declares executions, each with its own file. An execution with `waitFor: "completed"` ends at once. */
function declare(pipeline: Pipeline, executions: Readonly<Record<string, object>>): void {
  const declared = Object.entries(executions).map(([name, args]) => {
    pipeline.write(`${name}.yaml`, SLOW.replace("600", "waitFor" in args ? "0.2" : "600, stopTakes: 0"));
    return [name, { composeFile: `${name}.yaml`, timeout: 600, ...args }];
  });
  pipeline.write("executions.json", JSON.stringify(Object.fromEntries(declared)));
}

/** The status of each run, by the name that its resource had at the start. */
async function statuses(pipeline: Pipeline): Promise<Readonly<Record<string, string>>> {
  const runs = await pipeline.control.executions();
  const named = runs.map(({ fileName, status }) => [fileName?.replace(/^[a-z0-9]+-/, ""), status]);
  return Object.fromEntries(named.sort());
}

describe.each([hostOfProject()])("a destroy through the %s host", (host) => {
  test("destroy with the program stops before it ends a run differently than the program declares", () =>
    Pipeline.run(`destroy-${host}`, "program", host, async (pipeline) => {
      const names = new Names(true);
      const sections: string[] = [];
      const destroy = async (...args: readonly string[]) => {
        const before = writesIn(await pipeline.control.requests()).length;
        const files = ["--summary", "out/summary.md", "--json", "out/data.json"];
        const ended = await pipeline.ci("destroy", "--run-program", ...files, ...args);
        return { ...ended, writes: writesIn(await pipeline.control.requests()).length - before };
      };
      const golden = async (title: string, ...args: readonly string[]) => {
        const ended = await destroy(...args);
        for (const { executionId, fileName } of await pipeline.control.executions()) {
          names.execution(executionId, fileName);
        }
        sections.push(`# ${title}: exit ${ended.exitCode}\n\n${names.apply(pipeline.read("out/summary.md"))}`);
        return ended;
      };
      const ended = { waitFor: "completed" };
      declare(pipeline, {
        aborts: {},
        ended,
        keeps: {},
        leaves: { onDelete: "leave" },
        "left-out": { onDelete: "leave" },
        renamed: {},
        replaced: {},
      });
      expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 7 });
      const started = await statuses(pipeline);
      expect(started).toMatchObject({ keeps: "running", ended: "completed" });

      // `left-out` is no longer declared, and the settings of `aborts` have not changed.
      const changed = {
        aborts: {},
        ended: { ...ended, onDelete: "leave" },
        keeps: { onDelete: "leave" },
        leaves: { onDelete: "abort", deleteRecord: true },
        "new-name": { onDelete: "leave", formerly: "renamed", composeFile: "renamed.yaml" },
        replaced: { onDelete: "leave", triggers: ["2"] },
      };
      declare(pipeline, changed);
      const previewed = await golden("a preview, and the program has changed", "--preview-only");
      expect(previewed).toMatchObject({ exitCode: 1, writes: 0 });
      expect(JSON.parse(pipeline.read("out/data.json"))).toMatchObject({ result: "failed", executions: [] });
      const stopped = await golden("the program has changed");
      expect(stopped).toMatchObject({
        exitCode: 1,
        writes: 0,
        output: expect.stringContaining(
          "LYC5006: The program and the state have different settings for the end of a run.",
        ),
      });
      const { executions, messages, result } = JSON.parse(pipeline.read("out/data.json"));
      expect([result, executions.map(({ action }: Record<string, string>) => action)]).toEqual([
        "failed",
        Array.from({ length: 7 }, () => "keep"),
      ]);
      expect(messages).toHaveLength(1);

      pipeline.write("executions.json", "this is no program");
      expect(await destroy()).toMatchObject({ exitCode: 1, writes: 0 });
      expect(pipeline.read("out/summary.md")).toContain("is not valid JSON");
      expect(await statuses(pipeline)).toEqual(started);

      // Pulumi itself uses the recorded settings, so an `up` has to record the new ones before. If this `up` replaced
      // the resource, it would end the run.
      const { replaced: _another, ...others } = changed;
      const recorded = { ...others, "left-out": { onDelete: "leave" }, replaced: { onDelete: "leave" } };
      declare(pipeline, recorded);
      expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 0 });
      const { "left-out": _leftOut, ...declared } = recorded;
      // The golden output has no row and no number for `only-new`, because Pulumi skips it.
      declare(pipeline, { ...declared, "only-new": {} });
      const deleting = await golden("a preview, and an apply has recorded it", "--preview-only");
      expect(deleting).toMatchObject({ exitCode: 0, writes: 0 });
      expect(await golden("an apply has recorded it")).toMatchObject({ exitCode: 0, starts: 0 });
      expect(await statuses(pipeline)).toEqual({ ...started, aborts: "aborted", leaves: "aborted" });
      expect(abortsIn(await pipeline.control.requests())).toBe(2);
      expect((await pipeline.state()).deployment.resources ?? []).toEqual([]);
      compareGolden(join(__dirname, "golden", `destroy-${host}.md`), sections.join("\n"));
    }));

  test("pulumi destroy --run-program uses the recorded settings: those of the program only after an up", () =>
    Pipeline.run(`destroy-plain-${host}`, "program", host, async (pipeline) => {
      const destroy = ["destroy", "--run-program", "--yes", "--skip-preview", "--stack", "dev"];
      declare(pipeline, { job: {} });
      expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 1 });
      declare(pipeline, { job: { onDelete: "leave" } });
      expect(await pipeline.pulumi(...destroy)).toMatchObject({ exitCode: 0 });
      expect((await pipeline.control.executions()).map(({ status }) => status)).toEqual(["aborted"]);
      declare(pipeline, { job: {} });
      expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 1 });
      declare(pipeline, { job: { onDelete: "leave" } });
      expect(await pipeline.ci("apply")).toMatchObject({ exitCode: 0, starts: 0 });
      expect(await pipeline.pulumi(...destroy)).toMatchObject({ exitCode: 0 });
      expect((await pipeline.control.executions()).map(({ status }) => status).sort()).toEqual(["aborted", "running"]);
    }));
});
