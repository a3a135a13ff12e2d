const settings = require("./settings.json");
const { ComposeExecution } = require(settings.package);

// The engine's own option, of which no class and no provider hears: YAML and programs in other languages set it like this.
const retained = ({ props, opts }) => ({ props, opts: { ...opts, retainOnDelete: true } });
const OPTIONS = { class: { retainOnDelete: true }, engine: { transformations: [retained] } };

for (const { name, args, retain } of settings.resources) new ComposeExecution(name, args, OPTIONS[retain] ?? {});
