/**
 * Loaded first by every Node process of a command: notes in a folder which of them load the provider, and names the command in each
 * request, since a provider may outlive its command and go on while the next one runs.
 */
const { channel } = require("node:diagnostics_channel");
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

channel("undici:request:create").subscribe(({ request }) => {
  request.addHeader("x-chaos-command", process.env.LYCEUM_SCENARIO);
});
