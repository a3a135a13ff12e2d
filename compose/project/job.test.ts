import { bundleOf, marksOf, messagesOf } from "./testing/bundle";

const text = `services:
  train:
    image: train:1
    profiles: [jobs]
    restart: always
    container_name: train
    scale: 2
    deploy: {replicas: 3, restart_policy: {condition: any}, resources: {limits: {memory: 1g}}}
    depends_on: {db: {condition: service_started}, tracing: {condition: service_started, required: false}}
    volumes_from: ["data:ro"]
    networks: [inner]
  db: {image: "db:16", depends_on: [disk], networks: [inner]}
  disk: {image: "disk:1", volumes: ["blocks:/blocks"]}
  data: {image: "data:1"}
  web: {image: "web:1", networks: [outer]}
  other: {image: "other:1", profiles: [jobs]}
  tracing: {image: "tracing:1", profiles: [tracing]}
networks: {inner: {}, outer: {}}
volumes: {blocks: {}, unused: {}}
`;

const made = (job: string, of = text) => bundleOf({ "compose.yaml": of }, { job });

test("a job runs with the services that it needs, and with nothing else", () => {
  const { bundle, diagnostics } = made("train");
  expect(diagnostics).toEqual([]);
  expect(Object.keys(bundle?.model.services ?? {}).sort()).toEqual(["data", "db", "disk", "train"]);
  expect(Object.keys(bundle?.model.networks ?? {})).toEqual(["inner"]);
  expect(Object.keys(bundle?.model.volumes ?? {})).toEqual(["blocks"]);
});

test("a job is one container that is not started again", () => {
  expect(made("train").bundle?.model.services).toMatchObject({
    train: expect.not.objectContaining({
      restart: expect.anything(),
      container_name: expect.anything(),
      scale: expect.anything(),
      profiles: expect.anything(),
    }),
  });
  expect(made("train").bundle?.text).toContain("    deploy:\n      resources:\n        limits:\n          memory:");
  expect(made("train").bundle?.text).not.toMatch(/replicas|restart_policy/);
});

test("the name of a job that is not there suggests the nearest one", () => {
  expect(messagesOf(made("trian"))).toEqual(["LYC2514 `trian` is neither a job nor a service; did you mean `train`?"]);
  expect(messagesOf(made("zzz"))).toEqual(["LYC2514 `zzz` is neither a job nor a service"]);
  // Other errors of the project are reported too.
  expect(marksOf(made("zzz", "services: {a: {image: i, depends_on: [b]}}"))).toEqual([
    "LYC2514 job",
    "compose.yaml:1:39 LYC2202 services.a.depends_on[0]",
  ]);
  expect([made("trian").bundle, marksOf(made("trian"))]).toEqual([undefined, ["LYC2514 job"]]);
});

test("a needed service must not have the name of the job's container, because its end would look like that of the job", () => {
  for (const name of ["train-1", "train_1"]) {
    const of = text.replace('image: "db:16"', `image: "db:16", container_name: ${name}`);
    expect(messagesOf(made("train", of))).toEqual([
      `LYC2514 the service \`db\` has the container_name of the job's container, ${name}`,
    ]);
    expect(marksOf(made("train", of))).toEqual(["LYC2514 job"]);
    expect(messagesOf(made("web", of))).toEqual([]);
  }
});

test("a service that a job needs, and that belongs to another profile, is an error as in Compose", () => {
  const of = "services: {a: {image: i, depends_on: [b]}, b: {image: i, profiles: [x]}}";
  expect(messagesOf(made("a", of))).toEqual(['LYC2202 the service "b" is not defined']);
});

test("services that need each other in a circle end the search", () => {
  const of = "services: {a: {image: i, depends_on: [b]}, b: {image: i, depends_on: [a]}}";
  expect(messagesOf(made("a", of)).map((message) => message.slice(0, 7))).toEqual(["LYC2203"]);
});

describe("the section `jobs`", () => {
  const jobs = `jobs:
  train:
    image: train:1
    profiles: [night]
    depends_on: {db: {condition: service_started}, load: {condition: service_completed_successfully}}
    triggers: {schedule: ["0 3 * * *"]}
  load: {image: "load:1", triggers: {manual: true}}
  report: {image: "report:1", triggers: {manual: true}}
services:
  db: {image: "db:16"}
  web: {image: "web:1"}
`;

  test("a job is sent as a service, with the services and jobs that it needs", () => {
    const { bundle, diagnostics } = made("train", jobs);
    expect(diagnostics).toEqual([]);
    expect(Object.keys(bundle?.model ?? {})).toEqual(["services"]);
    expect(Object.keys(bundle?.model.services ?? {}).sort()).toEqual(["db", "load", "train"]);
    expect(bundle?.text).not.toMatch(/triggers|profiles/);
    expect(bundle?.asWritten).toBeUndefined();
  });

  test("without a job, the services run, and the jobs are left out or kept", () => {
    const of = (options: object) => bundleOf({ "compose.yaml": jobs }, options);
    expect(of({ withoutJobs: true })).toMatchObject({ diagnostics: [] });
    expect(Object.keys(of({ withoutJobs: true }).bundle?.model ?? {})).toEqual(["services"]);
    expect(messagesOf(of({}))).toEqual([expect.stringMatching(/^LYC2113 jobs needs Docker Compose /)]);
    expect(Object.keys(of({}).bundle?.model.jobs ?? {})).toEqual(["load", "report"]);
  });

  test("a project of jobs alone needs the name of one of them", () => {
    const alone = "jobs: {a: {image: i, triggers: {manual: true}}, b: {image: i, triggers: {manual: true}}}\n";
    const { diagnostics, bundle } = bundleOf({ "compose.yaml": alone }, { withoutJobs: true });
    expect(bundle).toBeUndefined();
    expect(diagnostics).toMatchObject([
      {
        code: "LYC2514",
        message: 'the project declares no services, and only the jobs "a", "b"',
        remedy: 'Name the job to run: `job: "NAME"`.',
        path: "jobs",
        range: { start: { line: 1, column: 1 } },
      },
    ]);
    expect(made("b", alone)).toMatchObject({ diagnostics: [], bundle: { model: { services: { b: {} } } } });
  });

  test("a name that both sections have is an error, whatever the severities are", () => {
    const of = `${jobs}  train: {image: "other:1"}\n`;
    for (const diagnostics of [{}, { LYC2224: "off" as const }]) {
      const { bundle, diagnostics: found } = bundleOf({ "compose.yaml": of }, { job: "train", diagnostics });
      expect(bundle).toBeUndefined();
      expect(found).toMatchObject([{ code: "LYC2514", message: "`train` is both a job and a service", path: "job" }]);
    }
  });

  test("a job with a mistake is reported although another one runs", () => {
    expect(messagesOf(made("load", jobs.replace("report:1", 'report:1", comand: "a')))).toEqual([
      expect.stringMatching(/^LYC2105 .*comand/),
    ]);
  });
});

test("a project without services and without jobs is not reported as a project of jobs", () => {
  const marks = marksOf(bundleOf({ "compose.yaml": "name: a\nservices: {}\n" }, { withoutJobs: true }));
  expect(marks).toEqual(marksOf(bundleOf({ "compose.yaml": "name: a\nservices: {}\n" })));
});

test.each([
  [1, "only the job j1"],
  [5, "only the jobs j1, j2, j3, j4, j5"],
  [6, "only the jobs j1, j2, j3, j4, j5, …"],
])("a project without services and with %i jobs names at most five of them", (count, names) => {
  const jobs = Array.from({ length: count }, (_none, index) => `j${index + 1}: {image: i, triggers: {manual: true}}`);
  const text = `jobs: {${jobs.join(", ")}}\n`;
  expect(messagesOf(bundleOf({ "compose.yaml": text }, { withoutJobs: true }))).toEqual([
    `LYC2514 the project declares no services, and ${names}`,
  ]);
});
