const settings = require("./settings.json");
const { ComposeExecution } = require(settings.package);

// This is the option of the engine. YAML and other languages set the option in this way, so neither the class nor the
// provider gets it.
const retained = ({ props, opts }) => ({ props, opts: { ...opts, retainOnDelete: true } });
const OPTIONS = { class: { retainOnDelete: true }, engine: { transformations: [retained] } };

for (const { name, args, retain } of settings.resources) new ComposeExecution(name, args, OPTIONS[retain] ?? {});
