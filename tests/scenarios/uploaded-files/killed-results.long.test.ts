import { type Dirent, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { killAt, type Moment } from "../../harness/kill-at";
import { ONE_HOST, testScenario } from "../../harness/register";

/** While the command waits for the end of the run. The first list of a command looks for runs. */
const WAITS: readonly Moment[] = [
  ["listWorkloads", 1, "before"],
  ["listWorkloads", 2, "after"],
];
/** While the command looks for the artifacts of the ended run. */
const ARTIFACTS: readonly Moment[] = [
  ["ListObjectsV2", 1, "before"],
  ["ListObjectsV2", 1, "after"],
];
const DOWNLOADS: readonly Moment[] = [
  ["createStorageCredentials", 0, "after"],
  ["GetObject", 0, "before"],
  ["GetObject", 1, "after"],
];
const DESTROYS: readonly Moment[] = [
  ["ListObjectsV2", 0, "before"],
  ["DeleteObjects", 1, "after"],
];

const UP = ["up", "--yes", "--skip-preview"];
const DESTROY = ["destroy", "--yes", "--skip-preview"];

/** 6 MB whose parts differ, in two files, and a small file. */
const RESULTS: Readonly<Record<string, Buffer>> = {
  "model.bin": Buffer.concat(Array.from({ length: 5 }, (_, at) => Buffer.alloc(1_000_000, `part ${at} `))),
  "optimizer.bin": Buffer.alloc(1_000_000, "state "),
  "metrics.json": Buffer.from('{"loss": 1}\n'),
};

const partial = expect.stringMatching(/\.part$/);
const isComplete = ({ name, parentPath }: Dirent): boolean =>
  RESULTS[name]?.equals(readFileSync(join(parentPath, name))) === true;

/** The files below a folder, in the order of their names. */
function filesBelow(folder: string): readonly Dirent[] {
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  return entries.filter((entry) => entry.isFile()).sort((one, other) => (one.name < other.name ? -1 : 1));
}

testScenario(
  "a command that is killed while its run waits, or while it downloads, starts no second run and leaves no file that only looks complete",
  { folder: __dirname, variant: "killed-results", program: "program", hosts: ONE_HOST },
  async (scenario) => {
    const { control, pulumi, work } = scenario;
    const artifacts = Object.fromEntries(Object.keys(RESULTS).map((name) => [name.split(".")[0], `./work/${name}`]));
    work.write("settings.json", JSON.stringify({ waitFor: "completed", timeout: 600, artifacts }));
    const mount = join(work.emulator, "data", "bucket", "mount");
    const namesInBucket = (): readonly string[] =>
      filesBelow(mount).flatMap(({ name, parentPath }) => (parentPath.endsWith("/manifests") ? [] : [name]));
    const inputs = ["a.txt", "b.txt", "run.sh", "state.txt"];
    /** Kills a command, which must leave the only run and the files that belong to it. */
    const kill = async (args: readonly string[], moment: Moment, files: readonly string[]): Promise<void> => {
      await killAt(scenario, args, moment);
      expect((await scenario.runs()).length).toBe(1);
      expect(namesInBucket()).toEqual([...files].sort());
    };

    for (const moment of WAITS) await kill(UP, moment, inputs);
    const [run] = await scenario.runs();
    mkdirSync(join(mount, "others"));
    writeFileSync(join(mount, "others", "theirs.txt"), "theirs");
    // What the containers of the run would write.
    const folder = filesBelow(mount).find(({ name }) => name === "state.txt")?.parentPath ?? "";
    for (const [name, content] of Object.entries(RESULTS)) writeFileSync(join(folder, name), content);
    await control.end(String(run?.executionId), { status: "completed", returnCode: 0 });
    const all = [...inputs, ...Object.keys(RESULTS), "theirs.txt"];
    for (const moment of ARTIFACTS) await kill(UP, moment, all);
    await pulumi.quietly(UP);
    await pulumi.quietly([...UP, "--expect-no-changes"]);
    expect((await scenario.runs()).length).toBe(1);

    /** Kills a download into a new folder, then downloads the rest. */
    const killDownload = async (name: string, moment: Moment, ...artifact: readonly string[]): Promise<void> => {
      const command = ["files", "get", "run", ...artifact, "--stack", "dev", "-o", name];
      const found = (): readonly Dirent[] => filesBelow(join(work.program, name));
      await killAt(scenario, command, moment, "npx pulumi-lyceum");
      // A file with its final name is complete. A partial file has another name.
      for (const entry of found()) if (!entry.name.endsWith(".part")) expect(isComplete(entry)).toBe(true);
      if (artifact.length > 0) expect(found()).toEqual([expect.objectContaining({ name: partial })]);
      const rest = await pulumi.start(command, {}, "npx pulumi-lyceum").ended;
      expect(rest).toMatchObject({ exitCode: 0 });
      expect(found().map(isComplete)).toEqual((artifact.length > 0 ? artifact : Object.keys(RESULTS)).map(() => true));
    };
    for (const [at, moment] of DOWNLOADS.entries()) await killDownload(`results-${at}`, moment);
    // In the middle of a file: the rest is requested again, and this request is held.
    await control.fault({
      operation: "GetObject",
      fault: { kind: "reset", afterBytes: 700_000, commit: "never" },
    });
    await killDownload("results-middle", ["GetObject", 0, "before"], "model");

    const left = [...Object.keys(RESULTS), "theirs.txt"].sort();
    for (const moment of DESTROYS) {
      await killAt(scenario, DESTROY, moment);
      expect(namesInBucket()).toEqual(expect.arrayContaining(left));
    }
    await pulumi.quietly(DESTROY);
    expect(namesInBucket()).toEqual(left);
    expect((await scenario.runs()).length).toBe(1);
    await scenario.leaveRequestsOut();
  },
);
