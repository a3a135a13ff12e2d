const { readFileSync } = require("node:fs");
const { ComposeExecution } = require("pulumi-lyceum");
const pulumi = require("@pulumi/pulumi");

// A database of another provider. A change of the engine replaces it, and a change of the size updates it.
const provider = {
  async create(inputs) {
    if (inputs.size === "too large") throw new Error("There is no machine of this size.");
    return { id: `${inputs.engine}-1`, outs: inputs };
  },
  async diff(_id, olds, news) {
    const replaces = olds.engine === news.engine ? [] : ["engine"];
    return { changes: replaces.length > 0 || olds.size !== news.size, replaces, deleteBeforeReplace: true };
  },
  async update(_id, _olds, news) {
    return { outs: news };
  },
};

class Database extends pulumi.dynamic.Resource {
  constructor(name, props, options) {
    super(provider, name, props, options, "acme", "Database");
  }
}

class Storage extends pulumi.ComponentResource {
  constructor(name, databases) {
    super("acme:index:Storage", name);
    for (const [database, props] of Object.entries(databases)) new Database(database, props, { parent: this });
  }
}

// The values that a pull request changes.
const { databases, executions } = JSON.parse(readFileSync("declared.json", "utf8"));
if (databases !== undefined) new Storage("storage", databases);
for (const [name, args] of Object.entries(executions)) new ComposeExecution(name, args);
