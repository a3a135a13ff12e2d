const { ComposeExecution } = require("pulumi-lyceum");
const { resources } = require("./settings.json");

for (const { name, args } of resources) new ComposeExecution(name, args);
