const { join } = require("node:path");
const { ComposeExecution } = require("pulumi-lyceum");
const pulumi = require("@pulumi/pulumi");

// A file as a resource of another provider. People may change or delete it without Pulumi.
const provider = {
  async create({ path, text }) {
    require("node:fs").writeFileSync(path, text);
    return { id: path, outs: { path, text } };
  },
  // In a refresh, Pulumi asks the provider whether the current state is the one that the program declares.
  async diff(_id, olds, news) {
    return { changes: olds.text !== news.text };
  },
  async read(id, props) {
    const fs = require("node:fs");
    return fs.existsSync(id) ? { id, props: { ...props, text: fs.readFileSync(id, "utf8") } } : {};
  },
  async delete(id) {
    require("node:fs").rmSync(id, { force: true });
  },
};

class Note extends pulumi.dynamic.Resource {
  constructor(name) {
    super(provider, name, { path: join(__dirname, `${name}.note`), text: "as declared" });
  }
}

for (const name of ["changed", "deleted", "kept"]) new Note(name);
new ComposeExecution("web", { composeFile: "web.yaml" });
