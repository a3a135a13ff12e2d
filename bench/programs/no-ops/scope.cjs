/** The sibling of the no-op resources: one random secret, as the real scope. */
const { randomBytes } = require("node:crypto");

exports.check = async (_olds, news) => ({ inputs: news, failures: [] });
exports.diff = async () => ({ changes: false });
exports.create = async () => ({ id: "scope-no-op-00", outs: { secret: randomBytes(24).toString("base64url") } });
exports.read = async (id, props) => ({ id, props });
exports.update = async (_id, olds) => ({ outs: olds });
exports.delete = async () => undefined;
