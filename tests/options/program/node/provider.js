// This code is in a separate file, because the harness changes the import of the other file to the host of the test.
const plugin = ["pulumi-lyceum", "plugin"].join("/");
module.exports = require(plugin);
