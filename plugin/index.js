// The plugin is one file, which answers the engine as soon as it is loaded.
require("../bin/pulumi-resource-lyceum");
