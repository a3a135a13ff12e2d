const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");

const config = new pulumi.Config();
const secret = (name) => config.requireSecret(name);
const { login } = require("./settings.json");

const credentials = {
  none: () => undefined,
  wrong: () => ({ type: "basic", username: "puller", password: secret("wrongPassword") }),
  right: () => ({ type: "basic", username: "puller", password: secret("password") }),
  aws: () => ({
    type: "aws",
    accessKeyId: secret("awsKey"),
    secretAccessKey: secret("awsSecret"),
    sessionToken: secret("awsSession"),
    region: "eu-central-1",
  }),
}[login]();

const job = new lyceum.ComposeExecution("job", {
  composeFile: "compose.yaml",
  timeout: 300,
  waitFor: "completed",
  ...(credentials === undefined ? {} : { registryCredentials: credentials }),
});

exports.status = job.status;
