import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findSecrets } from "../../harness/closing";
import { describeSightings, scan } from "../../harness/golden/canaries";
import { testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import { DECLARED, document, filesWith } from "./files";

/** A password as a machine generates it: letters, digits and signs without a meaning. */
function canaryOf(name: string): string {
  const digits = BigInt(`0x${createHash("sha256").update(name).digest("hex")}`).toString(36);
  return `c4n4ry-${digits.slice(0, 9)}_Z${digits.slice(9, 13)}`;
}

/** Writes the project with a canary at each place. A different `round` has different canaries. */
function writeProject(scenario: Scenario, round: string, exitCode: number): void {
  const canary = (name: string): string => {
    const value = canaryOf(`${name}${round}`);
    if (!scenario.canaries.some((planted) => planted.value === value)) scenario.plant(`${name}${round}`, value);
    return value;
  };
  const { work } = scenario;
  for (const folder of ["conf", "more"]) mkdirSync(join(work.program, "deploy", folder), { recursive: true });
  const variables = Object.fromEntries(DECLARED.variables.map((name) => [name, canary(name)]));
  const password = canary("registry");
  work.write("declared.json", JSON.stringify({ variables, password }));
  for (const name of DECLARED.files) work.write(`deploy/${name}.txt`, `${canary(name)}\n`);
  work.write("deploy/secret.env", DECLARED.env.map((name) => `${name}=${canary(name)}\n`).join(""));
  for (const [path, fileWith] of Object.entries(filesWith)) {
    work.write(`deploy/conf/${path}`, fileWith(canary(path)));
    work.write(`deploy/more/${path}`, fileWith(canary(`more ${path}`)));
  }
  // A run does not receive these credentials. But a program may know them from elsewhere and print them.
  work.write("deploy/conf/notes.txt", `robot ${password}\n`);
  work.write("deploy/compose.yaml", document(canary, exitCode));
}

/** What the provider and the command line wrote about the runs. */
async function ofReports(scenario: Scenario) {
  const { pulumi, work } = scenario;
  const asked = ["ci", "preview", "--stack", "dev", "--summary", "comment.md", "--json", "comment.json"];
  const { stdout, stderr } = await pulumi.start(asked, {}, "npx pulumi-lyceum").ended;
  const page = ["report", "--stack", "dev", "--output", "stack.html"];
  const reported = await pulumi.start(page, {}, "npx pulumi-lyceum").ended;
  expect(reported).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("stack.html: 1 run\n") });
  await scenario.leaveRequestsOut();
  return [
    { where: "the report", text: work.read("run.html") },
    { where: "the report of the stack", text: work.read("stack.html") },
    { where: "the comment", text: work.read("comment.md") },
    { where: "the data of the comment", text: work.read("comment.json") },
    { where: "the output of ci preview", text: `${stdout}${stderr}` },
  ];
}

/**
 * Secrets in the program itself. The engine writes them into its own detailed log before the provider receives them.
 */
const OF_PROGRAM = /^(?:VALUE_[0-9]|registry)(?:, changed)?$/;

/** Where the canaries are found, without the places of the engine itself. */
async function sightings(scenario: Scenario) {
  const found = await findSecrets(scenario);
  return found.filter(({ canary, where }) => !(OF_PROGRAM.test(canary) && /^TMPDIR\/pulumi\..*\.log\./.test(where)));
}

testScenario(
  "secrets that a project declares, and those in its files, are in no state, log and report, though the run prints each of them",
  { folder: __dirname, seconds: 600 },
  async (scenario) => {
    writeProject(scenario, "", 3);
    const planned = scenario.canaries.length - 1;
    expect(planned).toBe(76);
    // The logs of the Pulumi CLI are in a folder that is searched, and so is the log of its events.
    const env = { PULUMI_DEBUG_COMMANDS: "true" };
    const events = join(scenario.work.temporary, "events.json");
    scenario.names.fix(events, "<events>");
    const withEvents = ["--event-log", events];
    const inDetail = ["-v=9", "--logflow"];
    await scenario.preview("a preview names each file", {}, ...inDetail);
    const failed = await scenario.up("the run fails, and its last lines are shown", { fails: true }, ...inDetail);
    expect(failed.output).toContain("Last lines of service");
    expect(failed.output).toContain("[redacted]");
    expect(scan(await ofReports(scenario), scenario.canaries)).toEqual([]);

    writeProject(scenario, "", 0);
    await scenario.up("the run completes, and has results", { env }, ...withEvents);
    const { outputs } = await scenario.resource("run");
    expect(JSON.stringify(outputs)).toMatch(/word0.*\[redacted\]/);
    expect(scan(await ofReports(scenario), scenario.canaries)).toEqual([]);

    writeProject(scenario, ", changed", 0);
    const changed = await scenario.preview("a change of each is reported, and not shown", {}, ...inDetail);
    expect(changed.output).toContain("content (secret) changed");
    expect(describeSightings(await sightings(scenario))).toBe("");
    const planted = join(scenario.work.temporary, "planted");
    writeFileSync(planted, filesWith["odoo.conf"]?.(canaryOf("odoo.conf")) ?? "");
    expect(await sightings(scenario)).toMatchObject([{ canary: "odoo.conf", form: "plain" }]);
    // Pulumi logs a provider's answer before it masks the answer. This includes the URL of a run's output.
    rmSync(scenario.work.temporary, { recursive: true });
    mkdirSync(scenario.work.temporary);
    await scenario.destroy();
  },
);

testScenario(
  "ordinary words of secret variables stay readable: the name of a run, and its last lines",
  { folder: __dirname, variant: "names", namedByLabel: true },
  async (scenario) => {
    const failed = await scenario.up("two runs whose names are values of secret variables fail", {
      fails: true,
      totalsOnly: true,
      requests: "at once",
    });
    for (const line of ["connecting as shop", "stage prod is ready", "login with [redacted]"]) {
      expect(failed.output).toContain(line);
    }
    for (const name of ["shop", "prod-train"]) {
      const found = await scenario.pulumi.start(["logs", name], {}, "npx pulumi-lyceum").ended;
      expect({ exitCode: found.exitCode, text: found.stdout }).toEqual({
        exitCode: 0,
        text: expect.stringContaining("stage prod is ready"),
      });
    }
    const labels = (await scenario.runs()).map(({ fileName }) => fileName?.replace(/^.*?-(?=shop|prod)/, ""));
    expect(labels.sort()).toEqual(["prod-train", "shop"]);
    await scenario.leaveRequestsOut();
    await scenario.destroy();
  },
);
