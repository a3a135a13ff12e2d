import { marksOf } from "../testing/read-marks";
import { validateCompose } from ".";

const marks = (text: string) =>
  marksOf(validateCompose(text).diagnostics).filter((mark) => !mark.startsWith("LYC2113"));

/** A document with one job that has these settings, on line 2. */
const job = (settings: string, rest = "") => `jobs:\n  train: {image: i, ${settings}}\n${rest}`;

it("accepts a document of jobs alone, with one warning about the release that it needs", () => {
  const { diagnostics, document } = validateCompose(job("triggers: {manual: true}, umask: 0022"));
  expect(document).toBeDefined();
  expect(diagnostics.map(({ code, severity, path, message }) => ({ code, severity, path, message }))).toEqual([
    { code: "LYC2113", severity: "warning", path: "jobs", message: "jobs needs Docker Compose 5.6.0 or later" },
    {
      code: "LYC2113",
      severity: "warning",
      path: "jobs.train.umask",
      message: "umask needs Docker Compose 5.7.0 or later",
    },
  ]);
});

it.each([
  "triggers: {manual: false, schedule: ['@daily', {cron: '0 3 * * *', timezone: UTC, concurrency: forbid, missed_fires: skip}]}",
  "triggers: {manual: true}, depends_on: [db], networks: [n], volumes: ['vol:/v'], secrets: [s], profiles: [p]",
  "triggers: {manual: true}, depends_on: {other: {condition: service_completed_successfully}}",
])("accepts a job with %s", (settings) => {
  const rest =
    "  other: {image: i, triggers: {manual: true}}\nservices: {db: {image: i}}\nnetworks: {n: }\nvolumes: {vol: }\n";
  expect(marks(job(settings, `${rest}secrets: {s: {external: true}}\n`))).toEqual([]);
});

it.each([
  ["tty: true", "LYC2106@2:3 jobs.train"],
  ["triggers: {}", "LYC2106@2:21 jobs.train.triggers"],
  ["triggers: {schedule: [{timezone: UTC}]}", "LYC2106@2:43 jobs.train.triggers.schedule[0]"],
  ["triggers: {manual: true}, restart: always", "LYC2105@2:47 jobs.train.restart"],
  ["triggers: {manual: true}, deploy: {replicas: 1}", "LYC2105@2:47 jobs.train.deploy"],
  ["triggers: {manual: true}, extends: web", "LYC2105@2:47 jobs.train.extends"],
  ["triggers: {manual: true}, networks: [n]", "LYC2204@2:58 jobs.train.networks[0]"],
  ["triggers: {manual: true}, volumes: ['vol:/v']", "LYC2205@2:57 jobs.train.volumes[0]"],
  ["triggers: {manual: true}, secrets: [s]", "LYC2207@2:57 jobs.train.secrets[0]"],
  ["triggers: {manual: true}, depends_on: [nobody]", "LYC2202@2:60 jobs.train.depends_on[0]"],
  ["triggers: {manual: true}, depends_on: [train]", "LYC2203@2:60 jobs.train.depends_on[0]"],
  ["triggers: {manual: true}, ports: ['1:2:3']", "LYC2210@2:55 jobs.train.ports[0]"],
  ["triggers: {manual: true}, stop_grace_period: long", "LYC2212@2:66 jobs.train.stop_grace_period"],
])("reports a job with %s", (settings, mark) => {
  expect(marks(job(settings))).toEqual([mark]);
});

it.each([
  ["jobs: {}\n", ["LYC2102@1:1"]],
  ["jobs: \n", ["LYC2102@1:1", "LYC2104@1:1 jobs"]],
  ["jobs: {train: {command: a, triggers: {manual: true}}}\n", ["LYC2201@1:8 jobs.train"]],
  ["services:\njobs: {a: {image: i, triggers: {manual: true}}}\n", ["LYC2103@1:1 services"]],
  ["services: {a: {image: i}}\njobs: [a]\n", ["LYC2104@2:1 jobs"]],
  ["services: {a: {image: i}}\njobs: {b: c}\n", ["LYC2104@2:11 jobs.b"]],
  [
    "services: {a: {image: i, depends_on: [b]}}\njobs: {b: {image: i, triggers: {manual: true}}}\n",
    ["LYC2202@1:39 services.a.depends_on[0]"],
  ],
])("reports %j", (text, expected) => {
  expect(marks(text)).toEqual(expected);
});
