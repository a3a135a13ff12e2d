const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");

/** An ordinary resource that has nothing to do with Lyceum. */
class Note extends pulumi.dynamic.Resource {
  constructor(name, text, opts) {
    super({ create: async (inputs) => ({ id: "a-note", outs: inputs }) }, name, { text }, opts);
  }
}

const first = new lyceum.ComposeExecution("first", { composeFile: "first.yaml", waitFor: "completed" });
const note = new Note("note", first.executionId);
const second = new lyceum.ComposeExecution("second", {
  composeFileCode: pulumi.interpolate`services:
  use:
    image: busybox:stable
    command: sh -c 'sleep 1; echo used'
    environment:
      AFTER: ${note.text}
x-lyceum-sim:
  run: 1
  output: [used]
`,
  waitFor: "completed",
});

exports.first = first.executionId;
exports.second = second.executionId;
