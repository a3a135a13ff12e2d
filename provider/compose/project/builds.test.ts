import { bundleOf } from "./testing/bundle";

const project = [
  "services:",
  "  a:",
  "    image: i",
  "    build: {context: ., secrets: [s]}",
  "    pull_policy: build",
  "secrets: {s: {file: not-there}}",
  "",
].join("\n");
const textOf = (settings: string) => `services:\n  a:\n    image: i\n${settings}`;

it("leaves `build` next to `image` out of the text with a warning, and what it alone needs", () => {
  const { bundle, diagnostics } = bundleOf({ "compose.yaml": project });
  expect([bundle?.text, bundle?.asWritten]).toEqual([textOf(""), undefined]);
  expect(diagnostics.map(({ severity, code, range }) => `${severity} ${code} ${range?.start.line}`)).toEqual([
    "warning LYC2302 4",
  ]);
});

it("keeps it in the model, which is compared with that of earlier versions", () => {
  expect(bundleOf({ "compose.yaml": project }).bundle?.model).toEqual({
    services: { a: { image: "i", build: { context: "." }, pull_policy: "build" } },
  });
});

it("keeps external secrets of a build in the model, and leaves them out of the text", () => {
  const external = project
    .replace("secrets: [s]", "secrets: [s, {source: t}, u]")
    .replace(
      "s: {file: not-there}",
      (own) => `${own}, t: {external: true}, u: {external: true}, unused: {external: true}`,
    );
  const { bundle } = bundleOf({ "compose.yaml": external });
  expect(bundle?.text).toBe(textOf(""));
  expect(bundle?.model).toEqual({
    secrets: { t: { external: true }, u: { external: true } },
    services: {
      a: { image: "i", build: { context: ".", secrets: [{ source: "t" }, { source: "u" }] }, pull_policy: "build" },
    },
  });
});

it("keeps another pull policy, and `build` without an image, which is an error", () => {
  const policy = bundleOf({ "compose.yaml": project.replace("policy: build", "policy: always") });
  expect(policy.bundle?.text).toBe(textOf("    pull_policy: always\n"));
  const alone = bundleOf({ "compose.yaml": "services: {a: {build: .}}\n" });
  expect(alone.diagnostics.map(({ code }) => code)).toEqual(["LYC2301"]);
  expect(alone.bundle).toBeUndefined();
});
