const { readFileSync } = require("node:fs");
const { ComposeExecution, Provider } = require("pulumi-lyceum/plugin");

const { providers = {}, use, options = {} } = JSON.parse(readFileSync("settings.json", "utf8"));
const known = Object.fromEntries(Object.entries(providers).map(([name, args]) => [name, new Provider(name, args)]));
const composeFileCode = "x-lyceum-sim: {start: 0, run: 600}\nservices: {web: {image: busybox}}\n";
new ComposeExecution("job", { composeFileCode, waitFor: "running" }, { ...options, provider: known[use] });
