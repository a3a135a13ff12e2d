import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outputOfRun } from "../../harness/emulator/emulator";
import { installPlugin } from "../../harness/processes/plugins";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import type { Workspace } from "../../harness/workspace";

/** 40 MB whose parts differ. */
const WEIGHTS = Buffer.concat(Array.from({ length: 40 }, (_, at) => Buffer.alloc(1_000_000, `part ${at} `)));
const MANY = Array.from({ length: 200 }, (_, at) => [`f${String(at).padStart(3, "0")}`, `content ${at}\n`] as const);

const sum = (content: string | Buffer): string => createHash("sha256").update(content).digest("hex");

/** Declares the artifacts, in the language of the program. */
type Declare = (work: Workspace, artifacts: Readonly<Record<string, string>>) => void;

const inJavaScript: Declare = (work, artifacts) => work.write("settings.json", JSON.stringify({ artifacts }));

/** Replaces the program by one in YAML. JSON is YAML. */
const inYaml: Declare = (work, artifacts) => {
  installPlugin("yaml", work.pulumiHome);
  const properties = { composeFile: "deploy", localFiles: "upload", waitFor: "completed", timeout: 300, artifacts };
  const resources = { run: { type: "lyceum:ComposeExecution", properties } };
  const project = work.read("Pulumi.yaml").replace(/^runtime: .*$/m, "runtime: yaml");
  work.write("Pulumi.yaml", `${project}resources: ${JSON.stringify(resources)}\n`);
};

async function play(scenario: Scenario, declare: Declare): Promise<void> {
  const { work, pulumi } = scenario;
  const deploy = join(work.program, "deploy");
  mkdirSync(join(deploy, "many"));
  for (const [name, content] of MANY) writeFileSync(join(deploy, "many", name), content);
  writeFileSync(join(deploy, "weights.bin"), WEIGHTS);
  const artifacts = { model: "./out/model.bin", metrics: "./out/metrics.json" };
  // A simulated run writes nothing.
  if (scenario.engine === "docker") declare(work, artifacts);
  await pulumi.quietly(["up", "--yes", "--skip-preview"]);
  const { outputs } = await scenario.resource("run");
  const prefix = String(outputs?.filesPrefix);
  if (scenario.engine === "docker") {
    const [run] = await scenario.runs();
    const output = await outputOfRun(scenario.emulator, run?.executionId ?? "");
    for (const line of ["earlier", "password = 7f+plum-Kite-92", '{\\"loss\\": 0.25}', "after.txt", "before.txt"])
      expect(output).toContain(line);
    expect(outputs?.artifacts).toMatchObject({
      model: { key: `${prefix}out/model.bin`, bytes: 5_000_000 },
      metrics: { key: `${prefix}out/metrics.json` },
    });
    // The files are sent at the same time, in any order.
    await scenario.leaveRequestsOut();
    await scenario.step("get", ["files", "get", `${prefix}out`, "-o", "results"], {
      program: "npx pulumi-lyceum",
      requests: "at once",
    });
    const result = (name: string): Buffer => readFileSync(join(work.program, "results", name));
    expect(result("many.sum").toString()).toContain(sum(MANY.map(([, content]) => content).join("")));
    expect(result("weights.sum").toString()).toContain(sum(WEIGHTS));
    expect(sum(result("model.bin"))).toBe(sum(WEIGHTS.subarray(0, 5_000_000)));
  }
  await pulumi.quietly(["destroy", "--yes", "--skip-preview"]);
  const mount = join(work.emulator, "data", "bucket", "mount");
  const left = readdirSync(mount, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const results = ["after.txt", "before.txt", "many.sum", "metrics.json", "model.bin", "weights.sum"];
  expect(left.map(({ name }) => name).sort()).toEqual(scenario.engine === "docker" ? results : []);
  await scenario.leaveRequestsOut();
}

testScenario(
  "a run reads 200 files and one of 40 MB, and what it writes comes back",
  { folder: __dirname, hosts: ONE_HOST, engines: ["simulated", "docker"], seconds: 400 },
  (scenario) => play(scenario, inJavaScript),
);

testScenario(
  "a run of a program in YAML reads the same files, and what it writes comes back",
  { folder: __dirname, variant: "yaml", hosts: ["plugin"], engines: ["docker"], seconds: 400 },
  (scenario) => play(scenario, inYaml),
);
