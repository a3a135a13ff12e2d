// The plugin is one file, which answers the engine as soon as it is loaded. `types` in package.json is for another
// reader: a compiler that knows no `exports` finds this folder when a program imports `pulumi-lyceum/plugin`.
require("../bin/pulumi-resource-lyceum");
