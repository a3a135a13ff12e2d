import { startBodies } from "../../harness/counts";
import { tell } from "../../harness/register";

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

tell("all fourteen fields are sent, and their secrets turn up nowhere else", { folder: __dirname }, async (story) => {
  for (const [name, value] of Object.entries(secrets)) {
    story.plant(name, value);
    await story.pulumi.quietly(["config", "set", "--secret", name, value]);
  }
  const up = await story.up("two runs, with the credentials of a registry and of AWS");
  const sent = new Set(startBodies(up.requests).flatMap((body) => Object.keys(body)));
  expect([...sent].sort()).toEqual(FIELDS);
  await story.preview("a preview with all details shows no secret");
  await story.refresh("refresh");
  await story.destroy();
});

tell(
  "a refused field is named with the property of the program",
  { folder: __dirname, engines: ["simulated"], variant: "refused" },
  async (story) => {
    for (const [name, value] of Object.entries(secrets)) {
      story.plant(name, value);
      await story.pulumi.quietly(["config", "set", "--secret", name, value]);
    }
    await story.control.fault({
      operation: "startComposeExecution",
      fault: {
        kind: "status",
        status: 422,
        body: {
          detail: [{ loc: ["body", "graceful_timeout"], msg: "Input should be greater than 30", type: "greater_than" }],
        },
      },
    });
    const refused = await story.up("the service refuses the grace", { exit: 255 });
    expect(refused.said).toContain("gracefulTimeout");
    expect(await story.runs()).toEqual([]);
    await story.destroy();
  },
);
