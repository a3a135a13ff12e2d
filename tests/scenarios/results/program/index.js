const { readFileSync } = require("node:fs");
const lyceum = require("pulumi-lyceum");
const pulumi = require("@pulumi/pulumi");

const settings = require("./settings.json");
// The text contains the results, so it is secret if the results are.
const secretText = () => ({ composeFileCode: pulumi.secret(readFileSync("migrate.yaml", "utf8")) });
const migrate = new lyceum.ComposeExecution("migrate", {
  ...(settings.secretResults === undefined ? { composeFile: "migrate.yaml" } : secretText()),
  waitFor: "completed",
  ...settings,
});
const results = migrate.results.apply((values) => values ?? {});

// The text of the next run contains a result of this one.
new lyceum.ComposeExecution("serve", {
  composeFileCode: results.apply(
    ({ version }) => `services: {web: {image: "busybox:stable", command: "echo serving schema ${version}"}}\n`,
  ),
  waitFor: "completed",
});

exports.version = results.apply(({ version }) => version);
exports.tables = results.apply(({ tables }) => tables);
