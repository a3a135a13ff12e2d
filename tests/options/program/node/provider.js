// In a file of its own, because the harness changes the import of the other file to the host of the test.
const plugin = ["pulumi-lyceum", "plugin"].join("/");
module.exports = require(plugin);
