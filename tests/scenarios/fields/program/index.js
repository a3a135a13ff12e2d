const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");

const config = new pulumi.Config();
const secret = (name) => config.requireSecret(name);

const everything = {
  executionType: "cpu",
  timeout: 240,
  gracefulTimeout: 2,
  fileName: "all fields",
  enableS3Mount: true,
  userCallbackUrls: ["https://example.test/ended", "https://example.test/also"],
};

const { credentials } = require("./settings.json");

const basic = credentials.includes("basic")
  ? new lyceum.ComposeExecution("basic", {
      ...everything,
      composeFile: "compose.yaml",
      registryCredentials: { type: "basic", username: "someone", password: secret("dockerPassword") },
    })
  : undefined;
exports.basic = basic?.executionId;
exports.waitFor = basic?.waitFor;

if (credentials.includes("aws")) {
  const aws = new lyceum.ComposeExecution(
    "aws",
    {
      ...everything,
      // One of the URLs is secret. The argument is an output too.
      userCallbackUrls: ["https://example.test/ended", secret("callback")],
      // If a part of the document is secret, the whole document is secret.
      composeFileCode: secret("value").apply((value) =>
        readFileSync("compose.yaml", "utf8").replace(
          "image:",
          `environment: { TOKEN: ${JSON.stringify(value)} }\n    image:`,
        ),
      ),
      registryCredentials: {
        type: "aws",
        accessKeyId: secret("awsKey"),
        secretAccessKey: secret("awsSecret"),
        sessionToken: secret("awsSession"),
        region: "eu-central-1",
      },
    },
    // The resources depend on each other, so that their aborts have a fixed order.
    { dependsOn: basic === undefined ? [] : [basic] },
  );
  exports.aws = aws.executionId;
  exports.url = aws.streamingUrl;
}
