import { readFileSync } from "node:fs";
import { join } from "node:path";
import { simulate } from "../../harness/emulator/simulate";
import { startBodies, startsIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import { waitUntil } from "../../harness/wait";

const example = (name: string) => ({ folder: __dirname, variant: name, program: `../../../examples/${name}` });

/** Whether the second run needs the history again depends on how long the first one takes. */
const writes = { writesOnly: true };

/** Runs `npx pulumi-lyceum …`. */
const lyceum = (scenario: Scenario, title: string, ...args: readonly string[]) =>
  scenario.step(title, args, { program: "npx pulumi-lyceum" });

testScenario(
  "the guide of a failing run: error, show, logs, report, and the fixed file",
  example("failing-run"),
  async (scenario) => {
    simulate(scenario, "compose.yaml", {
      extract: { run: 0.2, output: ["120 rows read"] },
      transform: {
        run: 2,
        exitCode: 3,
        output: [
          { at: 0.1, line: "applying the rules" },
          { at: 1.9, line: "cat: can't open '/rules.json': No such file or directory", stream: "stderr" },
        ],
      },
      load: { run: 100, output: [{ at: 0.1, line: "waiting for rows" }] },
    });
    const failed = await scenario.up("one of three services fails", { fails: true });
    expect(failed.output).toContain('service "transform" exited with code 3');
    expect(failed.output).toContain("can't open '/rules.json'");
    await lyceum(scenario, "what is known of the run", "show", "nightly");
    await lyceum(scenario, "what one service has written", "logs", "nightly", "--service", "transform");
    await lyceum(scenario, "a page about it", "report", "nightly", "--output", "nightly.md");
    for (const page of ["reports/nightly.html", "nightly.md"]) {
      const text = readFileSync(join(scenario.work.program, page), "utf8");
      expect(text).toContain("service transform with exit code 3");
      expect(text).toMatch(/can(?:'|&#39;|&#x27;)t open/);
      for (const line of ["120 rows read", "applying the rules", "waiting for rows"]) expect(text).toContain(line);
    }
    expect(readFileSync(join(scenario.work.program, "reports/nightly.html"), "utf8")).toMatch(/<svg[\s\S]*running/);
    await lyceum(scenario, "the fixed file is valid", "check", "compose.fixed.yaml");
    scenario.work.write("compose.yaml", scenario.work.read("compose.fixed.yaml"));
    simulate(scenario, "compose.yaml", { extract: { run: 0.2 }, transform: { run: 0.2 }, load: { run: 0.2 } });
    const fixed = await scenario.up("the fixed file starts a new run");
    expect(startsIn(fixed.requests)).toBe(1);
    await scenario.destroy();
  },
);

testScenario(
  "the guide of a migration: it has to succeed, and its result goes into the next run",
  example("migration"),
  async (scenario) => {
    const migrateTo = async (schema: string, fails = false): Promise<void> => {
      await scenario.pulumi.quietly(["config", "set", "schema", schema]);
      const output = fails ? [`there is no migration to ${schema}`] : [`lyceum-result schema "${schema}"`];
      simulate(scenario, "migrate.yaml", { migrate: { run: 0.2, output, ...(fails ? { exitCode: 4 } : {}) } });
    };
    simulate(scenario, "serve.yaml", { web: { run: 600 } });
    await lyceum(scenario, "the text that is sent", "bundle", "migrate.yaml", "--variable", "TARGET=1.4.2");
    await migrateTo("1.4.2");
    const first = await scenario.up("the service starts after the migration, with its result", writes);
    expect(String(startBodies(first.requests)[1]?.compose_file_code)).toContain("1.4.2");
    await migrateTo("next", true);
    const failed = await scenario.up("a migration that fails stops the update", { ...writes, fails: true });
    expect(startsIn(failed.requests)).toBe(1);
    await migrateTo("1.5.0");
    await scenario.up("the next one succeeds, and the service starts with the new schema", writes);
    await scenario.destroy();
  },
);

testScenario(
  "the guide of a sweep: one of three runs fails, and the next up starts that one alone",
  { ...example("sweep"), namedByLabel: true },
  async (scenario) => {
    const result = { at: 0, line: `lyceum-result loss 0.$\{EPOCHS}` };
    simulate(scenario, "train.yaml", { train: { run: 600, output: [result] } });
    scenario.edit("table.ts", (text) => text.replace("rate: 0.5,", "rate: 0,"));
    const title = "one of three fails, and the others complete";
    const up = ["up", "--yes", "--skip-preview", "--parallel", "16"];
    const first = scenario.beginStep(title, up, { requests: "at once", writesOnly: true, fails: true });
    await endSimulated(scenario, 3, { fast: 2 });
    const failed = await first.ended();
    expect(startsIn(failed.requests)).toBe(3);
    expect(failed.output).toContain("failed with exit code 2");
    scenario.edit("table.ts", (text) => text.replace("rate: 0,", "rate: 0.5,"));
    const second = scenario.beginStep("the row is fixed", up, { requests: "at once", writesOnly: true });
    await endSimulated(scenario, 1, {});
    expect(startsIn((await second.ended()).requests)).toBe(1);
    scenario.edit("table.ts", (text) => text.replace('"slow"', '"slower"'));
    const renamed = await scenario.preview("a new row and a removed one concern no others", { totalsOnly: true });
    expect(renamed.output).toMatch(/\+ 1 to create\s+- 1 to delete\s+[\s\S]*[34] unchanged/);
    await scenario.destroy();
  },
);

/** Ends simulated runs; real containers come to their own end. */
async function endSimulated(scenario: Scenario, count: number, failing: Readonly<Record<string, number>>) {
  if (scenario.engine !== "simulated") return;
  const running = async () => (await scenario.runs()).filter(({ status }) => status === "running");
  await waitUntil(`${count} runs to be running`, 60, async () => (await running()).length === count);
  for (const { executionId, fileName } of await running()) {
    const returnCode = failing[fileName?.split("-").at(-1) ?? ""] ?? 0;
    await scenario.control.end(executionId, { status: returnCode === 0 ? "completed" : "failed", returnCode });
  }
}

testScenario(
  "the guide of a GPU job: its machine, its credentials, and an end on request",
  // There is neither a GPU nor this registry here.
  { ...example("gpu-job"), engines: ["simulated"] },
  async (scenario) => {
    const password = "registry-password-canary-4712";
    scenario.plant("registry_password", password);
    simulate(scenario, "compose.yaml", { train: { run: 600, output: [{ at: 0.1, line: "epoch 1 of 20" }] } });
    await scenario.pulumi.quietly(["config", "set", "registryUser", "robot"]);
    await scenario.pulumi.setSecret("registryPassword", password);
    const up = await scenario.up("the run gets the machine and the credentials");
    expect(startBodies(up.requests)[0]).toMatchObject({ execution_type: "gpu.a100", docker_password: password });
    await lyceum(scenario, "what is running", "list");
    await lyceum(scenario, "what it has written", "logs", "train");
    await scenario.preview("nothing changes");
    await lyceum(scenario, "an end before its time", "abort", "train");
    await scenario.up("the next up keeps the aborted run, and warns", writes);
    await scenario.pulumi.quietly(["config", "set", "dataset", "v2"]);
    await scenario.up("a trigger starts a new run", writes);
    await scenario.destroy();
  },
);

testScenario(
  "the guide of a component: its runs are its children, and an alias keeps them under a new name",
  example("component"),
  async (scenario) => {
    const line = 'lyceum-result model "models/digits-1"';
    simulate(scenario, "train.yaml", { train: { run: 0.2, output: [line] } });
    await scenario.up("two runs in a component, and one after it", writes);
    const children = ((await scenario.state()).deployment.resources ?? []).map(({ urn }) => urn);
    expect(children.filter((urn) => urn.includes("example:training:Training$"))).toHaveLength(2);
    scenario.edit("index.ts", (text) =>
      text.replace(
        '"first", { dataset: "digits" }',
        '"digits", { dataset: "digits" }, { aliases: [{ name: "first" }] }',
      ),
    );
    const renamed = await scenario.up("another name with an alias starts nothing");
    expect(startsIn(renamed.requests)).toBe(0);
    await scenario.destroy();
  },
);

testScenario(
  "the example of the functions",
  // The machines and the account are the emulator's own on both engines.
  { ...example("functions"), engines: ["simulated"] },
  async (scenario) => {
    await scenario.up("each function is asked", { ...writes, totalsOnly: true });
    expect(await scenario.pulumi.outputs()).toMatchObject({ machine: "cpu", active: [], samples: 0 });
    await scenario.destroy();
  },
);
