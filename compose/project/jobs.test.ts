import { bundleOf, marksOf } from "./testing/bundle";

const later = (mark: string) => !mark.includes("LYC2113");

/** Returns the model of a project whose only diagnostics are those about later releases of Compose. */
function modelOf(files: Readonly<Record<string, string>>, options: Parameters<typeof bundleOf>[1] = {}) {
  const bundled = bundleOf(files, options);
  expect(marksOf(bundled).filter(later)).toEqual([]);
  return JSON.parse(JSON.stringify(bundled.bundle?.model));
}

it("reads a job as a service is read: merge, variables, files, and what the project declares", () => {
  const files = {
    "compose.yaml": `
jobs:
  train:
    image: "i:$TAG"
    command: [a]
    environment: {A: 1, B: 2}
    env_file: train.env
    secrets: [token]
    volumes: ["vol:/data"]
    triggers: {schedule: ["0 3 * * *"]}
volumes: {vol: , unused: }
secrets: {token: {environment: TOKEN}}
`,
    "over.yaml": "jobs: {train: {command: [b], environment: [B=3], triggers: {manual: true}}}\n",
    "train.env": "B=file\nC=4\n",
  };
  const model = modelOf(files, { paths: ["compose.yaml", "over.yaml"], variables: { TAG: "1", TOKEN: "x" } });
  expect(model.jobs.train).toMatchObject({
    image: "i:1",
    command: ["b"],
    environment: { A: "1", B: "3", C: "4" },
    triggers: { manual: true, schedule: [{ cron: "0 3 * * *" }] },
    volumes: [{ type: "volume", source: "vol", target: "/data" }],
  });
  expect(Object.keys(model.volumes)).toEqual(["vol"]);
  expect(model.services).toBeUndefined();
});

it("keeps the jobs of active profiles, and the optional needs that are left", () => {
  const text = `
services:
  db: {image: db, profiles: [extra]}
  web: {image: web}
jobs:
  day: {image: i, profiles: [day], triggers: {manual: true}}
  night:
    image: i
    profiles: [night]
    depends_on: {db: {condition: service_started, required: false}, web: {condition: service_started}}
    triggers: {manual: true}
`;
  const { jobs } = modelOf({ "compose.yaml": text }, { profiles: ["night"] });
  expect(Object.keys(jobs)).toEqual(["night"]);
  expect(Object.keys(jobs.night.depends_on)).toEqual(["web"]);
  expect(
    marksOf(bundleOf({ "compose.yaml": "jobs: {a: {image: i, profiles: [p], triggers: {manual: true}}}\n" })),
  ).toEqual(["compose.yaml:1:1 LYC2113 jobs", "compose.yaml:1:1 LYC2102 services"]);
});

it("converts the text of a umask and of a trigger as Compose does", () => {
  const model = modelOf({
    "compose.yaml": `
jobs:
  a: {image: i, umask: "0022", triggers: {manual: "\${MANUAL}"}}
  b: {image: i, umask: "18", triggers: {manual: "yes"}}
`,
    ".env": "MANUAL=false\n",
  });
  expect(model.jobs).toMatchObject({
    a: { umask: 18, triggers: { manual: false } },
    b: { umask: 18, triggers: { manual: true } },
  });
});

it("takes jobs and their paths from an included file", () => {
  const model = modelOf({
    "compose.yaml": "include: [sub/compose.yaml]\n",
    "sub/compose.yaml": "jobs: {a: {image: i, env_file: a.env, build: ./app, triggers: {manual: true}}}\n",
    "sub/a.env": "A=1\n",
  });
  expect(model.jobs.a).toMatchObject({ environment: { A: "1" }, build: { context: "./sub/app" } });
});
