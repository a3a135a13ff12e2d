// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { bundleOf, marksOf } from "./testing/bundle";

/** Small things in which Compose's way is not the one that comes to mind; each was found by comparing with it. */
it("takes a name without a value from the env file, also one that begins with a digit", () => {
  const files = { "compose.yaml": "services: {a: {image: i, environment: [1A, B]}}", ".env": "1A=x\n" };
  expect(bundleOf(files).bundle?.model).toEqual({
    services: { a: { environment: { "1A": "x", B: null }, image: "i" } },
  });
});

it("refuses numbers in a list of texts, which is not made a mapping before it is judged", () => {
  const files = { "compose.yaml": "services: {a: {image: i, environment: [1], labels: [true]}}" };
  expect(marksOf(bundleOf(files))).toEqual([
    "compose.yaml:1:40 LYC2104 services.a.environment[0]",
    "compose.yaml:1:53 LYC2104 services.a.labels[0]",
  ]);
});

it("reads the paths of an included project from its folder, or from the one above where that is not there", () => {
  const files = {
    "compose.yaml": "include: [{path: b.yaml, project_directory: x/y}]\nservices: {a: {image: i}}",
    "b.yaml": "configs: {c: {file: c.txt}}\nservices: {b: {image: i, configs: [c]}}",
    "x/c.txt": "above",
  };
  expect(bundleOf(files).bundle?.text).toContain("content: above");
  expect(bundleOf({ ...files, "x/y/c.txt": "in it" }).bundle?.text).toContain('content: "in it"');
});
