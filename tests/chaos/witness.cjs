/** Loaded first by every Node process of a command: notes in a folder which of them load the provider. */
const { writeFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

const load = Module._load;
Module._load = function (request, ...rest) {
  if (/^pulumi-lyceum(\/|$)/.test(request)) {
    writeFileSync(join(process.env.LYCEUM_CHAOS_WITNESSES, String(process.pid)), request);
  }
  return load.call(this, request, ...rest);
};
