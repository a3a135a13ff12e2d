import { imagesOf, subjectOf } from "./document";

const namesOf = (composeFileCode: string, images: Record<string, string>) =>
  imagesOf({ composeFileCode, images })?.map(({ service, image }) => `${service} ${image}`);

test.each([
  ["a name", "web:1", "web:1"],
  ["a variable", "web:$TAG", undefined],
  ["a masked secret", { secret: "x" }, undefined],
])("the image of a service with %s", (_what, image, expected) => {
  const composeFileCode = JSON.stringify({ services: { web: { image } } });
  expect(imagesOf({ composeFileCode })?.map((one) => one.image)).toEqual([expected]);
});

test("an image for a service is not used for another service whose image has that name", () => {
  expect(namesOf("services: {redis: {build: .}, cache: {image: redis}}", { redis: "a:1" })).toEqual([
    "redis a:1",
    "cache redis",
  ]);
  expect(namesOf("services: {app: {build: ., image: app}, worker: {build: ., image: app}}", { app: "a:1" })).toEqual([
    "app a:1",
    "worker a:1",
  ]);
  expect(namesOf("services: {web: {build: ., image: shop}}", { shop: "a:1" })).toEqual(["web a:1"]);
});

test("an argument that the program omits is the default that check has added", () => {
  const about = { name: "train", stack: "dev" };
  const defaults = { executionType: "cpu", timeout: 60, waitFor: "running" };
  const recorded = { ...defaults, timeout: 90 };
  expect(subjectOf(about, { __defaults: recorded })).toMatchObject(recorded);
  expect(subjectOf(about, { timeout: 300, __defaults: recorded }).timeout).toBe(300);
  // Version 0.1.0 recorded defaults in this form. A policy pack never receives these recorded defaults.
  expect(subjectOf(about, { timeout: 90, __defaults: ["timeout"] })).toMatchObject(recorded);
  expect(subjectOf(about, {})).toMatchObject(defaults);
});

test("a job of the section `jobs` is one of the services that a policy sees", () => {
  const composeFileCode = "jobs: {train: {image: 'evil:1'}, other: {image: 'other:1'}}\nservices: {db: {image: db}}";
  const seen = (more: object) => imagesOf({ composeFileCode, ...more })?.map(({ image }) => image);
  expect(seen({ job: "train" })).toEqual(["db", "evil:1"]);
  expect(seen({})).toEqual(["db"]);
});

test("a policy sees the jobs that the job of the execution needs, and never the section `jobs`, which is not sent", () => {
  const triggers = "triggers: {manual: true}";
  const composeFileCode = `jobs:
  train: {image: "train:1", ${triggers}, depends_on: {load: {condition: service_completed_successfully}}}
  load: {image: "evil:1", ${triggers}, depends_on: [db, fetch]}
  fetch: {image: "evil:2", ${triggers}}
  other: {image: "other:1", ${triggers}}
services: {db: {image: db}}
`;
  const seen = (more: object) => ({
    images: imagesOf({ composeFileCode, ...more })?.map(({ image }) => image),
    parts: subjectOf({ name: "train", stack: "dev" }, { composeFileCode, ...more }).parts,
  });
  expect(seen({ job: "train" })).toEqual({ images: ["db", "train:1", "evil:1", "evil:2"], parts: [] });
  expect(seen({})).toEqual({ images: ["db"], parts: [] });
});

test("an argument that is null counts as absent", () => {
  const composeFileCode = "services: {web: {image: 'web:1', build: .}}";
  const { executionType, timeout, fileName, attempts, images, parts } = subjectOf(
    { name: "train", stack: "dev" },
    { composeFileCode, images: null, retries: null, fileName: null, timeout: null, __defaults: { timeout: 90 } },
  );
  expect({ executionType, timeout, fileName, attempts }).toEqual({
    executionType: "cpu",
    timeout: 90,
    fileName: "train",
    attempts: 1,
  });
  expect(images?.map(({ image }) => image)).toEqual(["web:1"]);
  expect(parts?.map(({ key }) => key)).toEqual(["build"]);
});
