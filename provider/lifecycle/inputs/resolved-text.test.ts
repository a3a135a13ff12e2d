import { resolvedText } from "./resolved-text";

const sent = (composeFileCode: string, more: object = {}) =>
  resolvedText({ urn: "u", values: { composeFileCode, ...more } });

const services = "services:\n  db:\n    image: db\n";
const jobs = "jobs:\n  train:\n    image: train\n    depends_on: [db]\n    triggers: {manual: true}\n";

test("a text without jobs is sent unchanged, even if a key of it has this name", () => {
  for (const text of [services, `# jobs: none\n${services}    environment: {jobs: $A}\n`])
    expect(sent(text)).toBe(text);
});

test("a text with jobs is sent without them, or with one of them as a service", () => {
  expect(sent(services + jobs)).toBe(services);
  expect(sent(services + jobs, { job: "train" })).toBe(
    "services:\n  db:\n    image: db\n  train:\n    depends_on:\n      db:\n        condition: service_started\n    image: train\n",
  );
  expect(sent(services + jobs, { job: "db" })).toBe(services);
});

test.each([
  ["an explicit key", "? jobs\n: "],
  ["a key with an escape", '"\\x6aobs": '],
])("the section is left out if it is written as %s", (_name, key) =>
  expect(sent(`${services}${key}{train: {image: train, triggers: {manual: true}}}\n`)).toBe(services),
);

test("the section is left out although its errors are turned off", () => {
  const diagnostics = {
    LYC2101: "off",
    LYC2102: "off",
    LYC2103: "off",
    LYC2104: "off",
    LYC2105: "off",
    LYC2106: "off",
  };
  expect(sent(`${services}jobs: {train: {image: train}}\n`, { diagnostics })).not.toContain("train");
});
