const lyceum = require("pulumi-lyceum");

const settings = { composeFile: "compose.yaml", waitFor: "completed" };
const shop = new lyceum.ComposeExecution("shop", settings);
// The resources are created one after the other, because their lines need a fixed order.
new lyceum.ComposeExecution("prod-train", { ...settings, gracefulTimeout: 20 });

exports.id = shop.executionId;
