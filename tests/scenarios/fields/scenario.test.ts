import { startBodies } from "../../harness/counts";
import { tell } from "../../harness/register";
import type { Story } from "../../harness/scenario";

/** Special characters on purpose: every encoding changes them. */
const secrets: Readonly<Record<string, string>> = {
  dockerPassword: "pw-canary/7f+&=%<q>é",
  awsKey: "AKIACANARY0123456789",
  awsSecret: "aws-canary/Secret+0123456789=&",
  awsSession: "aws-canary/Session+abcdefghij==",
  value: "compose-canary/value+0123456789",
};

const FIELDS = [
  "aws_access_key_id",
  "aws_region",
  "aws_secret_access_key",
  "aws_session_token",
  "compose_file_code",
  "docker_password",
  "docker_registry_credential_type",
  "docker_username",
  "enable_s3_mount",
  "execution_type",
  "file_name",
  "graceful_timeout",
  "timeout",
  "user_callback_urls",
];

async function plantAll(story: Story): Promise<void> {
  for (const [name, value] of Object.entries(secrets)) {
    story.plant(name, value);
    await story.pulumi.setSecret(name, value);
  }
}

tell("all fourteen fields are sent, and their secrets turn up nowhere else", { folder: __dirname }, async (story) => {
  await plantAll(story);
  story.work.write("settings.json", JSON.stringify({ credentials: ["basic"] }));
  const basic = await story.up("a run with the credentials of a registry");
  story.work.write("settings.json", JSON.stringify({ credentials: ["basic", "aws"] }));
  await story.preview("a preview with all details shows no secret");
  const aws = await story.up("a run with credentials of AWS");
  const bodies = [...startBodies(basic.requests), ...startBodies(aws.requests)];
  expect([...new Set(bodies.flatMap((body) => Object.keys(body)))].sort()).toEqual(FIELDS);
  await story.refresh("refresh");
  await story.destroy();
});

tell(
  "a failed run's last lines tell no secret",
  { folder: __dirname, variant: "failed", engines: ["simulated"] },
  async (story) => {
    await plantAll(story);
    story.work.write("settings.json", JSON.stringify({ credentials: ["aws"] }));
    // A run that prints what it was given, as people do.
    const told = JSON.stringify(`cannot log in with ${secrets.value} or ${secrets.awsSecret}`);
    story.edit("compose.yaml", (text) => text.replace("run: 600", `run: 0.1\n  exitCode: 3\n  output: [${told}]`));
    const failed = await story.up("the run prints its secrets, and fails", { fails: true });
    // The whole line stands in the compose text, which is secret here, so nothing of it is shown.
    expect(failed.said).toContain('Last lines of service "worker":');
    expect(failed.said).not.toContain("cannot log in with");
    await story.destroy();
  },
);

tell(
  "a refused field is named with the property of the program",
  { folder: __dirname, variant: "refused", engines: ["simulated"] },
  async (story) => {
    await plantAll(story);
    story.work.write("settings.json", JSON.stringify({ credentials: ["basic"] }));
    const detail = [
      { loc: ["body", "graceful_timeout"], msg: "Input should be greater than 30", type: "greater_than" },
    ];
    await story.control.fault({
      operation: "startComposeExecution",
      fault: { kind: "status", status: 422, body: { detail } },
    });
    const refused = await story.up("the service refuses the grace", { fails: true });
    expect(refused.said).toContain("gracefulTimeout");
    expect(await story.runs()).toEqual([]);
    await story.destroy();
  },
);
