/**
 * A dynamic provider that does nothing but answer what a real execution's check and outputs are, in names and bytes.
 */
const { randomUUID } = require("node:crypto");
const { readFileSync } = require("node:fs");

// The host runs in the program's directory.
const { defaults, outputs } = JSON.parse(readFileSync("no-op.json", "utf8"));

exports.check = async (_olds, news) => ({ inputs: { ...defaults, ...news }, failures: [] });
exports.diff = async () => ({ changes: false });
exports.create = async (news) => {
  const executionId = `local-${randomUUID()}`;
  return { id: executionId, outs: { ...outputs, executionId, __resourceUrn: news.__resourceUrn } };
};
exports.read = async (id, props) => ({ id, props });
exports.update = async (_id, olds) => ({ outs: olds });
exports.delete = async () => undefined;
