import { readdirSync } from "node:fs";
import { waitUntil } from "../../harness/wait";
import { Pipeline } from "../pipeline";
import { git } from "./repository";

interface Written {
  readonly exitCode: number;
  readonly stacks: readonly {
    readonly folder: string;
    readonly exitCode: number | null;
    readonly reason: string | null;
  }[];
  readonly untouched: readonly { readonly folder: string }[];
}

/** Runs a command for all stacks. Returns its result, and the files that it has written. */
async function all(pipeline: Pipeline, operation: string, ...args: readonly string[]) {
  const reports = ["--summary", "out/all.md", "--json", "out/all.json"];
  const ended = await pipeline.ci(operation, "--all", ...reports, ...args);
  const written: Written = JSON.parse(pipeline.read("out/all.json"));
  expect(written.exitCode).toBe(ended.exitCode);
  const codes = Object.fromEntries(written.stacks.map(({ folder, exitCode }) => [folder, exitCode]));
  return { ...ended, ...written, codes, summary: pipeline.read("out/all.md") };
}

/** Changes what a project declares. */
function declare(pipeline: Pipeline, project: string, change: object): void {
  const file = `${project}/declared.json`;
  pipeline.write(file, JSON.stringify({ ...JSON.parse(pipeline.read(file)), ...change }));
}

// The programs of this repository use the dynamic provider. How stacks are found and ordered depends on no host.
test("a repository with three projects is previewed, applied and watched", () =>
  Pipeline.run("all", "program-repository", "dynamic", async (pipeline) => {
    // The app refers to a stack that does not exist yet. So its preview fails, but an apply finds the right order.
    const first = await all(pipeline, "preview");
    // The stacks that the preview created for a moment are gone, and their settings are unchanged.
    expect(["app", "jobs", "network"].map((name) => pipeline.read(`${name}/Pulumi.dev.yaml`))).toEqual(
      new Array(3).fill("config: {}\n"),
    );
    expect([first.exitCode, first.codes, first.starts]).toEqual([1, { app: 1, jobs: 0, network: 0 }, 0]);
    const applied = await all(pipeline, "apply");
    expect([applied.exitCode, applied.codes, applied.starts]).toEqual([0, { app: 0, jobs: 0, network: 0 }, 3]);
    expect(applied.output).toContain("app dev comes after network dev.");
    expect(applied.summary).toMatch(
      /^<!-- pulumi-lyceum apply all dev -->\n\n### Apply of 3 stacks\n\nAll succeeded\./,
    );
    const order = ["app/dev", "jobs/dev", "network/dev"].map((name) => applied.summary.indexOf(`### Apply of ${name}`));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order.every((at) => at > 0)).toBe(true);
    expect((await all(pipeline, "drift")).codes).toEqual({ app: 0, jobs: 0, network: 0 });

    // Only stacks that a change concerns are previewed.
    git(pipeline, "init", "--quiet", "--initial-branch=main");
    pipeline.write(".gitignore", "node_modules/\nout/\n");
    git(pipeline, "add", "--all");
    git(pipeline, "commit", "--quiet", "--message", "First");
    git(pipeline, "checkout", "--quiet", "-b", "work");
    pipeline.write("compose/jobs.yaml", pipeline.read("compose/jobs.yaml").replace("image:", "imgae: x\n    image:"));
    const forms = ["--format", "github", "--sarif", "out/all.sarif", "--codequality", "out/all.quality.json"];
    const previewed = await all(pipeline, "preview", "--since", "main", ...forms);
    expect([previewed.exitCode, previewed.codes]).toEqual([1, { jobs: 1 }]);
    expect(previewed.untouched.map(({ folder }) => folder)).toEqual(["app", "network"]);
    expect(previewed.output).toMatch(/^::error file=compose\/jobs\.yaml,line=3,/m);
    expect(JSON.parse(pipeline.read("out/all.sarif")).runs).toMatchObject([{ results: [{ ruleId: "LYC2105" }] }]);
    expect(JSON.parse(pipeline.read("out/all.quality.json"))).toMatchObject([{ check_name: "LYC2105" }]);
    pipeline.write("compose/jobs.yaml", pipeline.read("compose/jobs.yaml").replace("imgae: x\n    ", ""));
    const nothing = await all(pipeline, "preview", "--since", "main");
    expect([nothing.exitCode, nothing.codes, nothing.untouched.length]).toEqual([0, {}, 3]);

    // Stacks that need a failed stack are not changed. All others are applied.
    declare(pipeline, "network", { executions: { net: { composeFile: "nowhere.yaml" } } });
    declare(pipeline, "app", {
      executions: { web: { composeFile: "../compose/app.yaml", timeout: 300, triggers: ["2"] } },
    });
    declare(pipeline, "jobs", {
      executions: { job: { composeFile: "../compose/jobs.yaml", timeout: 600, triggers: ["2"] } },
    });
    const partly = await all(pipeline, "apply");
    expect([partly.exitCode, partly.codes, partly.starts]).toEqual([1, { app: null, jobs: 0, network: 1 }, 1]);
    expect(partly.summary).toContain("| app dev | not started: it needs network dev, which did not succeed |");

    // Stacks that refer to each other have no order.
    declare(pipeline, "network", { references: ["app"], executions: {} });
    const cycle = await all(pipeline, "apply");
    expect([cycle.exitCode, cycle.codes, cycle.starts]).toEqual([1, { app: null, jobs: 0, network: null }, 0]);
    expect(cycle.stacks[0]?.reason).toBe("these stacks refer to each other: app dev → network dev → app dev");
  }));

test("a signal stops what runs, and nothing more starts", () =>
  Pipeline.run("all-stopped", "program-repository", "dynamic", async (pipeline) => {
    declare(pipeline, "network", {
      executions: { net: { composeFile: "../compose/network.yaml", timeout: 600, waitFor: "completed" } },
    });
    pipeline.write("compose/network.yaml", `${pipeline.read("compose/network.yaml")}    x-lyceum-sim: { run: 600 }\n`);
    const args = ["--all", "--parallel-projects", "1", "--summary", "out/all.md"];
    const apply = pipeline.start("apply", ...args);
    await waitUntil(
      "the run of the network",
      async () =>
        (await pipeline.control.executions()).some(
          ({ fileName, status }) => fileName?.endsWith("-net") && status === "running",
        ),
      400,
    );
    process.kill(apply.pid, "SIGTERM");
    await waitUntil("Pulumi to have the signal", () => apply.shown().includes("cancelling"));
    process.kill(apply.pid, "SIGTERM");
    expect((await pipeline.ended(apply)).exitCode).toBe(130);
    expect(pipeline.read("out/all.md")).toContain("not started: it needs network dev, which did not succeed");
    expect(pipeline.locks()).toEqual([]);
    const left = readdirSync(pipeline.work.temporary).filter((name) => name.startsWith("pulumi-lyceum-all"));
    expect(left).toEqual([]);
  }));
