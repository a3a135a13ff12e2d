const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");

/** `source`: what is built. `mode`: how the run is declared. */
const { source, mode = "file" } = JSON.parse(readFileSync("settings.json", "utf8"));

/** A resource that builds an image: its reference is known once it is built. */
class Image extends pulumi.dynamic.Resource {
  constructor(name, args) {
    const ref = (text) =>
      `registry.example/shop@sha256:${require("node:crypto").createHash("sha256").update(text).digest("hex")}`;
    const provider = {
      diff: async (_id, olds, news) => ({ changes: olds.source !== news.source }),
      create: async (inputs) => ({ id: "image", outs: { ...inputs, ref: ref(inputs.source) } }),
      update: async (_id, _olds, news) => ({ outs: { ...news, ref: ref(news.source) } }),
    };
    super(provider, name, { ref: undefined, ...args });
  }
}

const image = new Image("image", { source });
const shared = {
  executionType: "cpu",
  images: { "shop:dev": image.ref, tool: mode === "secret" ? new pulumi.Config().requireSecret("image") : image.ref },
};
new lyceum.ComposeExecution(
  "shop",
  mode === "text"
    ? { ...shared, composeFileCode: readFileSync("compose.yaml", "utf8") }
    : { ...shared, composeFile: "compose.yaml" },
  { deleteBeforeReplace: true },
);
