const { readFileSync } = require("node:fs");
const lyceum = require("pulumi-lyceum");

const settings = JSON.parse(readFileSync("settings.json", "utf8"));
const run = new lyceum.ComposeExecution("run", { composeFile: "deploy", localFiles: "upload", ...settings });

exports.filesPrefix = run.filesPrefix;
exports.attempt = run.attempt;
