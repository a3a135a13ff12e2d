const { readFileSync } = require("node:fs");
const pulumi = require("@pulumi/pulumi");
const lyceum = require("pulumi-lyceum");

/** The way in which the run is declared. */
const { mode } = JSON.parse(readFileSync("settings.json", "utf8"));

/** A resource that builds an image. Its reference is known only after it was built. */
class Image extends pulumi.dynamic.Resource {
  constructor(name) {
    const ref = `registry.example/shop@sha256:${"a".repeat(64)}`;
    super({ create: async (inputs) => ({ id: "image", outs: { ...inputs, ref } }) }, name, { ref: undefined });
  }
}

const image = new Image("image");
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
