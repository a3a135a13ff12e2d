/** Loaded first by every Node process of a command: notes in a folder which of them load the provider. */
const { writeFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

function note(what) {
  writeFileSync(join(process.env.LYCEUM_CHAOS_WITNESSES, String(process.pid)), what);
}

// The plugin is one file, which loads nothing of the package.
if (/pulumi-resource-lyceum$/.test(process.argv[1] ?? "")) note("plugin");

const load = Module._load;
Module._load = function (request, ...rest) {
  if (/^pulumi-lyceum(\/|$)/.test(request)) note(request);
  return load.call(this, request, ...rest);
};
