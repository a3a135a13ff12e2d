import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startBodies, startsIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";

const simulated = (name: string) => ({
  folder: __dirname,
  variant: name,
  program: `../../../examples/${name}`,
  hosts: ONE_HOST,
});
/** The guides show the output of their own commands, so real containers run these scenarios. */
const onContainers = (name: string) => ({ ...simulated(name), engines: ["docker"] as const });

/** How long the first run takes decides whether the second one reads the history again. */
const writes = { writesOnly: true };

/** Runs `npx pulumi-lyceum …`. */
const lyceum = (scenario: Scenario, title: string, ...args: readonly string[]) =>
  scenario.step(title, args, { program: "npx pulumi-lyceum" });

async function failingRun(scenario: Scenario): Promise<void> {
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
  const fixed = await scenario.up("the fixed file starts a new run");
  expect(startsIn(fixed.requests)).toBe(1);
  await scenario.destroy();
}

const FAILING_RUN = "the guide of a failing run: error, show, logs, report, and the fixed file";
testScenario(FAILING_RUN, onContainers("failing-run"), failingRun);
testScenario(FAILING_RUN, simulated("failing-run"), failingRun);

const migrateTo = (scenario: Scenario, schema: string) => scenario.pulumi.quietly(["config", "set", "schema", schema]);

async function migration(scenario: Scenario): Promise<void> {
  await lyceum(scenario, "the text that is sent", "bundle", "migrate.yaml", "--variable", "TARGET=1.4.2");
  await migrateTo(scenario, "1.4.2");
  const first = await scenario.up("the service starts after the migration, with its result", writes);
  expect(String(startBodies(first.requests)[1]?.compose_file_code)).toContain("1.4.2");
}

async function migrateAgain(scenario: Scenario): Promise<void> {
  await migrateTo(scenario, "1.5.0");
  await scenario.up("the next one succeeds, and the service starts with the new schema", writes);
  await scenario.destroy();
}

const MIGRATION = "the guide of a migration: it has to succeed, and its result goes into the next run";
testScenario(MIGRATION, onContainers("migration"), async (scenario) => {
  await migration(scenario);
  await migrateTo(scenario, "next");
  const failed = await scenario.up("a migration that fails stops the update", { ...writes, fails: true });
  expect(startsIn(failed.requests)).toBe(1);
  await migrateAgain(scenario);
});

testScenario(MIGRATION, simulated("migration"), async (scenario) => {
  await migration(scenario);
  // A script has no conditions, so the guide edits it.
  const succeeding = scenario.work.read("migrate.yaml");
  scenario.edit("migrate.yaml", (text) => text.replace("x-lyceum-sim: {", "$& exitCode: 4,"));
  await migrateTo(scenario, "next");
  const failed = await scenario.up("a migration that fails stops the update", { ...writes, fails: true });
  expect(startsIn(failed.requests)).toBe(1);
  scenario.work.write("migrate.yaml", succeeding);
  await migrateAgain(scenario);
});

testScenario(
  "the guide of a sweep: one of three runs fails, and the next up starts that one alone",
  { ...onContainers("sweep"), namedByLabel: true },
  async (scenario) => {
    scenario.edit("table.ts", (text) => text.replace("rate: 0.5,", "rate: 0,"));
    const options = { requests: "at once", writesOnly: true } as const;
    const failed = await scenario.up(
      "one of three fails, and the others complete",
      { ...options, fails: true },
      "--parallel",
      "16",
    );
    expect(startsIn(failed.requests)).toBe(3);
    expect(failed.output).toContain("failed with exit code 2");
    scenario.edit("table.ts", (text) => text.replace("rate: 0,", "rate: 0.5,"));
    const second = await scenario.up("the row is fixed", options, "--parallel", "16");
    expect(startsIn(second.requests)).toBe(1);
    scenario.edit("table.ts", (text) => text.replace('"slow"', '"slower"'));
    const renamed = await scenario.preview("a new row and a removed one concern no others", { totalsOnly: true });
    expect(renamed.output).toMatch(/\+ 1 to create\s+- 1 to delete\s+[\s\S]*4 unchanged/);
    await scenario.destroy();
  },
);

testScenario(
  "the guide of a GPU job: its machine, its credentials, and an end on request",
  // This machine has no GPU, and cannot reach this registry.
  simulated("gpu-job"),
  async (scenario) => {
    const password = "registry-password-canary-4712";
    scenario.plant("registry_password", password);
    const script = JSON.stringify({ run: 600, output: [{ at: 0.1, line: "epoch 1 of 20" }] });
    scenario.edit("compose.yaml", (text) => text.replace("  train:\n", `$&    x-lyceum-sim: ${script}\n`));
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
  onContainers("component"),
  async (scenario) => {
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
  // The machines and the account are those of the emulator, on both engines.
  simulated("functions"),
  async (scenario) => {
    await scenario.up("each function is asked", { ...writes, totalsOnly: true });
    expect(await scenario.pulumi.outputs()).toMatchObject({
      machine: "cpu",
      active: [],
      samples: 0,
      loss: { loss: 0.1 },
    });
    await scenario.destroy();
  },
);
