/**
 * Every Node process of a command loads this file first. The file records in a folder which processes load the
 * provider. It also adds the name of the command to each request, because a provider may continue after its command has
 * ended.
 */
const { channel } = require("node:diagnostics_channel");
const { writeFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

function note(what) {
  writeFileSync(join(process.env.LYCEUM_CHAOS_WITNESSES, String(process.pid)), what);
}

// The plugin is one bundled file, so it loads no other file of the package.
if (/pulumi-resource-lyceum$/.test(process.argv[1] ?? "")) note("plugin");

const load = Module._load;
Module._load = function (request, ...rest) {
  if (/^pulumi-lyceum(\/|$)/.test(request)) note(request);
  return load.call(this, request, ...rest);
};

channel("undici:request:create").subscribe(({ request }) => {
  request.addHeader("x-chaos-command", process.env.LYCEUM_SCENARIO);
});
