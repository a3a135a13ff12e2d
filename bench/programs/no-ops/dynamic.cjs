/** A dynamic provider that does nothing but answer what a real execution's check and outputs are, in names and bytes. */
const { randomUUID } = require("node:crypto");
const { readFileSync } = require("node:fs");

// The host runs in the program's directory.
const { defaults, outputs, holdSeconds = 0 } = JSON.parse(readFileSync("no-op.json", "utf8"));

exports.check = async (_olds, news) => ({ inputs: { ...defaults, ...news }, failures: [] });
exports.diff = async () => ({ changes: false });
exports.create = async (news) => {
  if (holdSeconds > 0) await new Promise((resolve) => setTimeout(resolve, holdSeconds * 1000));
  const id = `local-${randomUUID()}`;
  return { id, outs: { ...outputs, ...ownOf(news, id) } };
};
exports.read = async (id, props) => ({ id, props });
exports.update = async (_id, olds) => ({ outs: olds });
exports.delete = async () => undefined;

/** Empty outputs stay empty. */
function ownOf(news, executionId) {
  return outputs.executionId === undefined ? {} : { executionId, __resourceUrn: news.__resourceUrn };
}
