const { StoredFiles } = require("pulumi-lyceum");

const data = new StoredFiles("data", { source: "data", prefix: "shared" });
exports.hash = data.hash;
