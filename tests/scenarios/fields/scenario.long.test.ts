import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { startBodies } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";
import { ROOT } from "../../harness/root";
import type { Scenario } from "../../harness/scenario";

/** The values contain special characters, because every encoding changes them. */
const secrets: Readonly<Record<string, string>> = {
  dockerPassword: "pw-canary/7f+&=%<q>é",
  awsKey: "AKIACANARY0123456789",
  awsSecret: "aws-canary/Secret+0123456789=&",
  awsSession: "aws-canary/Session+abcdefghij==",
  value: "compose-canary/value+0123456789",
  callback: "https://example.test/callback-canary/0123456789",
};

const contract = parse(readFileSync(join(ROOT, "provider/lyceum/contract/openapi.yaml"), "utf8"));
/** Every field of a start. The program sets all of them. */
const FIELDS = Object.keys(contract.components.schemas.StartComposeExecutionRequest.properties).sort();

async function plantAll(scenario: Scenario): Promise<void> {
  for (const [name, value] of Object.entries(secrets)) {
    scenario.plant(name, value);
    await scenario.pulumi.setSecret(name, value);
  }
}

testScenario("all fields are sent, and their secrets turn up nowhere else", { folder: __dirname }, async (scenario) => {
  await plantAll(scenario);
  scenario.work.write("settings.json", JSON.stringify({ credentials: ["basic"] }));
  const basic = await scenario.up("a run with the credentials of a registry");
  scenario.work.write("settings.json", JSON.stringify({ credentials: ["basic", "aws"] }));
  await scenario.preview("a preview with all details shows no secret");
  const aws = await scenario.up("a run with credentials of AWS");
  const bodies = [...startBodies(basic.requests), ...startBodies(aws.requests)];
  expect([...new Set(bodies.flatMap((body) => Object.keys(body)))].sort()).toEqual(FIELDS);
  await scenario.refresh("refresh");
  const { basic: shown, aws: hidden } = await outputsByName(scenario);
  const given = { fileName: "all fields", enableS3Mount: true, composeFile: "compose.yaml", waitFor: "running" };
  expect(shown).toMatchObject({ ...given, userCallbackUrls: ["https://example.test/ended", expect.any(String)] });
  expect(shown).not.toHaveProperty("registryCredentials");
  expect(JSON.stringify(hidden?.userCallbackUrls)).toContain("ciphertext");
  await scenario.destroy();
});

/** Returns the outputs of all executions in the state, by the names of the resources. */
async function outputsByName({
  pulumi,
}: Scenario): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  const { deployment } = await pulumi.exported();
  const executions = (deployment.resources ?? []).filter(({ type }) => type.endsWith(":ComposeExecution"));
  return Object.fromEntries(executions.map(({ urn, outputs }) => [urn.split("::").at(-1), outputs ?? {}]));
}

testScenario(
  "a failed run's last lines show no secret",
  { folder: __dirname, variant: "failed", hosts: ONE_HOST },
  async (scenario) => {
    await plantAll(scenario);
    scenario.work.write("settings.json", JSON.stringify({ credentials: ["aws"] }));
    // The run prints its secrets, as real programs do.
    const reported = JSON.stringify(`cannot log in with ${secrets.value} or ${secrets.awsSecret}`);
    scenario.edit("compose.yaml", (text) =>
      text.replace("run: 600", `run: 0.1\n  exitCode: 3\n  output: [${reported}]`),
    );
    const failed = await scenario.up("the run prints its secrets, and fails", { fails: true });
    // The Compose text is secret here, and the line is a part of it, so the line is not shown.
    expect(failed.output).toContain('Last lines of service "worker":');
    expect(failed.output).not.toContain("cannot log in with");
    await scenario.destroy();
  },
);
