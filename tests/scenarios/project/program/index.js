const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");
const settings = require("./settings.json");

/** An ordinary resource, whose output the project contains. */
class Note extends pulumi.dynamic.Resource {
  constructor(name, text, opts) {
    super({ create: async (inputs) => ({ id: "a-note", outs: inputs }) }, name, { text }, opts);
  }
}

const note = new Note("note", "noted");
const config = new pulumi.Config();
const run = new lyceum.ComposeExecution("run", {
  composeFile: "deploy",
  profiles: ["debug"],
  inheritEnvironment: settings.envFiles === undefined ? ["STORY_TAG"] : [],
  envFiles: settings.envFiles,
  variables: { NOTE: note.text, PASSWORD: config.requireSecret("password"), CODE: settings.code },
  waitFor: "completed",
});

exports.digest = run.composeDigest;
