const { writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const pulumi = require("@pulumi/pulumi");

/** What a program must never do with a key. */
const key = process.env.LYCEUM_API_KEY ?? "";
console.log(`Basic ${Buffer.from(`someone:${key}`).toString("base64")}`);
writeFileSync(join(tmpdir(), "request.log"), encodeURIComponent(key));
exports.leaked = pulumi.output(key);
