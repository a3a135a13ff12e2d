import { UNKNOWN_MARKER } from "../yaml/text";
import { validateCompose } from ".";

// What the messages about the shape of a document say. The tables of the rules have the positions.

const of = (settings: string) => `services: {a: {image: i, ${settings}}}\n`;
const reported = (text: string) =>
  validateCompose(text).diagnostics.map(({ code, message, remedy }) => `${code} ${message}. ${remedy}`);

test.each([
  ["services: {a: {image: 5}}", "services.a.image must be a string, and it is a number. Put the value in quotes."],
  [of("cpus: []"), "services.a.cpus must be a number or a string, and it is a list."],
  [of("labels: 5"), "services.a.labels must be a mapping or a list, and it is a number."],
  ["services: {services: {image: i, labels: 5}}", "services.services.labels must be a mapping or a list, and it is a"],
  ["networks: {services: 5}\nservices: {a: {image: i}}", "networks.services must be a mapping or empty, and it is a"],
  ["services: {a: x}", 'the service "a" must be a mapping, and it is a string. Write the settings of "a" indented'],
])("%s has a value of a wrong type", (text, message) => {
  expect(reported(text)).toEqual([expect.stringContaining(`LYC2104 ${message}`)]);
});

test.each([
  ["pull_policy: often", "LYC2109 services.a.pull_policy must be `always`, `never`, `missing`, `build`,"],
  ["cgroup: hosst", "LYC2107 services.a.cgroup must be host or private. Write `host`."],
  [
    "container_name: a",
    "must be at least two letters and digits, behind the first of them also `_`, `.` and `-`. Write at least two",
  ],
  [
    "develop: {watch: [{path: ., action: x, target: /a}]}",
    "LYC2107 services.a.develop.watch[0].action must be rebuild,",
  ],
])("a text of a service in a wrong form: %s", (settings, message) => {
  expect(reported(of(settings))).toEqual([expect.stringContaining(message)]);
});

test.each([
  ["develop: {watch: [{}]}", "services.a.develop.watch[0] needs `path` and `action`"],
  ["ulimits: {nofile: {soft: 1}}", "services.a.ulimits.nofile needs `hard`"],
])("keys are missing: %s", (settings, message) => {
  expect(reported(of(settings))).toEqual([expect.stringContaining(`LYC2106 ${message}. Add`)]);
});

test.each([
  ["{}", "LYC2106 jobs.j.triggers needs `manual` or `schedule`. Add"],
  ["{manul: true}", "LYC2105 Compose has no key manul here. Did you mean `manual`?"],
])("a job has no known trigger: %s", (triggers, message) => {
  const found = reported(`services: {a: {image: i}}\njobs: {j: {image: i, triggers: ${triggers}}}\n`);
  expect(found.filter((one) => !one.startsWith("LYC2113"))).toEqual([expect.stringContaining(message)]);
});

const SERVICE = "services: {a: {image: i}}\n";
test.each([
  [`srvices: {}\n${SERVICE}`, "Compose has no key srvices at the top level. Remove the key,"],
  ["srvices: {a: {image: i}}", "Compose has no key srvices at the top level. Did you mean `services`?"],
  [of("imag: x"), "Compose has no key imag here. Remove the key,"],
  ["services: {a: {build: ., imag: x}}", "Compose has no key imag here. Did you mean `image`?"],
  [of("replicas: 2"), "Compose has no key replicas here. `replicas` belongs under `deploy:`."],
  [of("deploy: {context: .}"), "Compose has no key context here. Remove the key,"],
  [`${SERVICE}image: x`, "Compose has no key image at the top level. `image` is a setting of a service:"],
  [`${SERVICE}replicas: 2`, "Compose has no key replicas at the top level. Remove the key,"],
])("%s has an unknown key", (text, message) => {
  expect(reported(text)).toContainEqual(expect.stringContaining(`LYC2105 ${message}`));
});

test.each([
  ["services: {a b: {image: i}}", 'the name "a b" holds characters that are not allowed. Use letters, digits,'],
  ["services: {'': {image: i}}", "services has a value without a name. Write NAME=value, or remove it."],
])("%s has a name that is not valid", (text, message) => {
  expect(reported(text)).toEqual([expect.stringContaining(`LYC2108 ${message}`)]);
});

test.each([
  ["a value that is not known yet", `ports: ${UNKNOWN_MARKER}`, false],
  ["a text with a variable, which stays a text", "ports: $X", true],
  ["a text with a variable, where a text is allowed", "user: $X", false],
])("the type of %s: %s", (_, settings, isWrong) => {
  const codes = validateCompose(of(settings)).diagnostics.map(({ code }) => code);
  expect(codes.includes("LYC2104")).toBe(isWrong);
});
