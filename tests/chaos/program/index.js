const settings = require("./settings.json");
const { ComposeExecution } = require(settings.package);

// The option of the engine. YAML and programs in other languages set it in this way, so neither the class nor the
// provider receives it.
const retained = ({ props, opts }) => ({ props, opts: { ...opts, retainOnDelete: true } });
const OPTIONS = { class: { retainOnDelete: true }, engine: { transformations: [retained] } };

for (const { name, args, retain } of settings.resources) new ComposeExecution(name, args, OPTIONS[retain] ?? {});
