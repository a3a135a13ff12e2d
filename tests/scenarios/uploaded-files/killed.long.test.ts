import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { killAt, type Moment } from "../../harness/kill-at";
import { ONE_HOST, testScenario } from "../../harness/register";

const CREATES: readonly Moment[] = [
  ["PutObject", 0, "after"],
  ["PutObject", 1, "before"],
  ["PutObject", 1, "after"],
  ["startComposeExecution", 0, "after"],
];
const REPLACEMENTS: readonly Moment[] = [
  ["DeleteObjects", 0, "before"],
  ["PutObject", 0, "after"],
  ["PutObject", 1, "before"],
  ["startComposeExecution", 0, "after"],
];
const DESTROYS: readonly Moment[] = [
  ["DeleteObjects", 0, "before"],
  ["DeleteObjects", 0, "after"],
];

const UP = ["up", "--yes", "--skip-preview"];
const DESTROY = ["destroy", "--yes", "--skip-preview"];

/** The files below a folder, with their contents. */
function filesBelow(folder: string): Readonly<Record<string, string>> {
  if (!existsSync(folder)) return {};
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return Object.fromEntries(paths.map((path) => [relative(folder, path), readFileSync(path, "utf8")]));
}

testScenario(
  "a command that is killed at any moment starts one run, which has its files",
  { folder: __dirname, variant: "killed", program: "program", hosts: ONE_HOST },
  async (scenario) => {
    const mount = join(scenario.work.emulator, "data", "bucket", "mount");
    const contents = (): readonly string[] =>
      Object.entries(filesBelow(join(mount, "pulumi-lyceum")))
        .filter(([path]) => !path.includes("/manifests/"))
        .map(([path, content]) => `${path.replace(/^.*\/(?:files|runs)\/[^/]+\//, "")}: ${content.trim().slice(0, 20)}`)
        .sort();
    const local = (state: string): readonly string[] =>
      ["a.txt: one", "deep/b.txt: two", "run.sh: cat /in/a.txt /work/", `work/state.txt: ${state}`].sort();
    const startedRuns = async (): Promise<number> => (await scenario.runs()).length;

    for (const moment of CREATES) {
      await killAt(scenario, UP, moment);
      // A run has its files from the beginning.
      if ((await startedRuns()) > 0) expect(contents()).toEqual(local("state"));
    }
    await scenario.pulumi.quietly(UP);
    expect(contents()).toEqual(local("state"));
    expect(await startedRuns()).toBe(1);
    mkdirSync(join(mount, "others"), { recursive: true });
    writeFileSync(join(mount, "others", "theirs.txt"), "theirs");

    scenario.work.write("deploy/work/state.txt", "another\n");
    for (const moment of REPLACEMENTS) {
      await killAt(scenario, UP, moment);
      if ((await startedRuns()) > 1) expect(contents()).toEqual(local("another"));
    }
    await scenario.pulumi.quietly(UP);
    expect(contents()).toEqual(local("another"));
    expect(await startedRuns()).toBe(2);
    await scenario.pulumi.quietly([...UP, "--expect-no-changes"]);

    for (const moment of DESTROYS) await killAt(scenario, DESTROY, moment);
    await scenario.pulumi.quietly(DESTROY);
    expect(filesBelow(mount)).toEqual({ "others/theirs.txt": "theirs" });
    await scenario.leaveRequestsOut();
  },
);
