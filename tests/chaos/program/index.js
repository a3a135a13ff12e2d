const settings = require("./settings.json");
const { ComposeExecution } = require(settings.package);

for (const { name, args } of settings.resources) new ComposeExecution(name, args);
