import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { farFolder } from "../consumers/workspace";
import { PulumiCommands } from "../harness/commands";
import { type Emulator, startEmulator } from "../harness/emulator/emulator";
import { emulatorEnvironment, pulumiEnvironment } from "../harness/environment";
import { pulumiFolder } from "../harness/processes/tools";
import { ROOT } from "../harness/root";
import { foldersBelow } from "../harness/workspace";

/** `pulumi do` has a flag only for an argument that is one text, number or boolean. Other arguments are in a file. */
const CREATE = ["lyceum:index:ComposeExecution", "create", "--stateless", "--yes", "--output", "json"];
const compose = (seconds: number) =>
  `services: {job: {image: "busybox:stable"}}\nx-lyceum-sim: {start: 0, run: ${seconds}}\n`;
const marker = `do-${process.pid}`;
const base = farFolder();
const folder = join(base, "program");
let emulator: Emulator;

beforeAll(async () => {
  mkdirSync(folder);
  emulator = await startEmulator("simulated", join(base, "emulator"), emulatorEnvironment(foldersBelow(base), marker));
});

afterAll(async () => {
  await emulator.stop();
  rmSync(base, { recursive: true, force: true });
});

test.each<[string, readonly string[], string]>([
  ["the text of a Compose file is a flag", ["--compose-file-code", compose(600), "--timeout", "60"], "running"],
  [
    "a list of Compose files and a word are in a file of inputs",
    ["--input", "pcl", "--input-file", "run.pp"],
    "completed",
  ],
])("pulumi do starts a run without a program: %s", async (_, args, status) => {
  writeFileSync(join(folder, "job.yaml"), compose(0));
  writeFileSync(join(folder, "run.pp"), 'composeFile = ["job.yaml"]\nwaitFor = "completed"\n');
  const env = pulumiEnvironment(foldersBelow(base), pulumiFolder(), marker, emulator);
  const plugin = ["do", "--package", join(ROOT, "bin", "pulumi-resource-lyceum")];
  const { ended } = new PulumiCommands(folder, env).start([...plugin, ...CREATE, ...args]);
  const { exitCode, stdout, stderr } = await ended;
  expect([exitCode, exitCode === 0 ? "" : stderr]).toEqual([0, ""]);
  // The lines before the JSON are the statuses of the run.
  expect(JSON.parse(stdout.slice(stdout.indexOf("{\n")))).toMatchObject({ status });
});
