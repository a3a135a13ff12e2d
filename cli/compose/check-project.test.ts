// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { runOn } from "../testing/surface";

const project = {
  "app/compose.yaml": [
    "include: [parts/db.yaml]",
    "services:",
    "  api:",
    "    image: api:${TAG}",
    "    extends: {file: base.yaml, service: base}",
    "    env_file: api.env",
    "  debug: {image: i, profiles: [debug], prots: [80]}",
    "",
  ].join("\n"),
  "app/compose.override.yaml": "services:\n  api:\n    labels: {a: b}\n",
  "app/parts/db.yaml": "services:\n  db:\n    image: db:16\n",
  "app/base.yaml": "services:\n  base:\n    tty: true\n",
  "app/api.env": "MODE_TOKEN=canary-of-file\n",
  "app/.env": "TAG=of-file\n",
};

const run = (args: string, files: Readonly<Record<string, string>> = project, environment = {}) =>
  runOn(args, files, environment);

it("validates a folder with its override, and all files that they name", () => {
  expect(
    run("check app", { ...project, "app/compose.yaml": project["app/compose.yaml"].replace("prots", "ports") }),
  ).toMatchObject({
    code: 0,
    output: "",
    marks: [],
    complaints: "app/compose.yaml, app/compose.override.yaml: no errors",
  });
});

it("reports each diagnostic in its own file, at its own line", () => {
  const invalid = {
    ...project,
    "app/compose.override.yaml": "services:\n  api:\n    lables: {a: b}\n",
    "app/parts/db.yaml": "services:\n  db:\n    image: db:16\n    prots: [80]\n",
    "app/base.yaml": "services:\n  base:\n    tty: maybe\n",
    "app/api.env": "MODE_TOKEN=canary-of-file\nB C=1\n",
    "app/.env": "TAG='of-file\n",
  };
  const { code, marks, output } = run("check app", invalid);
  expect(code).toBe(1);
  expect(marks).toEqual([
    "app/.env:1:5 LYC2508",
    "app/compose.yaml:4:12 LYC2223",
    "app/compose.yaml:7:40 LYC2105",
    "app/parts/db.yaml:4:5 LYC2105",
    "app/base.yaml:3:10 LYC2112",
    "app/compose.override.yaml:3:5 LYC2105",
    "app/api.env:2:1 LYC2508",
  ]);
  expect(output).toContain("\n  3 |     lables: {a: b}\n    |     ^^^^^^\n  Did you mean `labels`?");
});

it("merges files in their order on the command line, without the override of a folder", () => {
  const files = {
    "a.yaml": "services:\n  web:\n    tty: true\n",
    "b.yaml": "services:\n  web:\n    image: i\n    prots: [80]\n",
    "compose.override.yaml": "services: {web: {nonsense: 1}}\n",
  };
  // `a.yaml` alone is not valid: it lacks a key that `b.yaml` adds.
  for (const args of ["check a.yaml -f b.yaml", "check -f a.yaml -f b.yaml", "check --file a.yaml --file b.yaml"]) {
    expect(run(args, files)).toMatchObject({
      code: 1,
      marks: ["b.yaml:4:5 LYC2105"],
      complaints: "a.yaml, b.yaml: 1 error",
    });
  }
  expect(run("check -f b.yaml -f a.yaml", files).marks).toEqual(["b.yaml:4:5 LYC2105"]);
  expect(run("check a.yaml", files).marks).toEqual(["a.yaml:2:3 LYC2201"]);
});

it("prefers variables of the command line, then requested variables of the shell, then the project's file", () => {
  const files = { "compose.yaml": "services: {web: {image: i, scale: '${SCALE}'}}\n" };
  const declared = { ...files, ".env": "SCALE=two\n" };
  const shell = { SCALE: "three" };
  expect(run("check", files, shell).marks).toEqual(["compose.yaml:1:35 LYC2112"]);
  expect(run("check --inherit-environment SCALE", files, { SCALE: "3" }).marks).toEqual([]);
  expect(run("check", declared).marks).toEqual(["compose.yaml:1:35 LYC2112"]);
  expect(run("check --inherit-environment SCALE", declared, { SCALE: "3" }).marks).toEqual([]);
  expect(run("check --inherit-environment SCALE --variable SCALE=3", declared, shell).marks).toEqual([]);
});

it("validates the services of the active profiles completely, and only the form of the others", () => {
  const files = { "compose.yaml": "services:\n  a: {image: i}\n  b: {image: i, profiles: [x], depends_on: [c]}\n" };
  expect(run("check", files).marks).toEqual([]);
  expect(run("check --profile x", files).marks).toEqual(["compose.yaml:3:45 LYC2202"]);
});

it("reads no file outside of the project's folder unless a wider folder is named", () => {
  const files = {
    "app/compose.yaml": "services:\n  a:\n    image: i\n    env_file: ../x.env\n",
    "x.env": "A=1\n",
    "more.yaml": "services: {b: {image: i}}\n",
  };
  expect(run("check app", files).marks).toEqual(["app/compose.yaml:4:15 LYC2503"]);
  expect(run("check app --root .", files).marks).toEqual([]);
  expect(run("check app/compose.yaml -f more.yaml", files).marks).toEqual([
    "app/compose.yaml LYC2503",
    "app/compose.yaml:4:15 LYC2503",
  ]);
  expect(run("check app/compose.yaml -f more.yaml --root .", files).marks).toEqual([]);
});

it("shows no line with a value of an env file, in any file", () => {
  const files = {
    ...project,
    "app/compose.override.yaml": "services:\n  api:\n    lables: {a: canary-of-file}\n",
  };
  const { marks, output } = run("check app", files);
  expect(marks).toContain("app/compose.override.yaml:3:5 LYC2105");
  expect(output).not.toContain("canary");
});

it("reads a single text from the standard input, with its variables put in", () => {
  const files = {
    "-": "services:\n  web:\n    image: i\n    scale: ${SCALE}\n",
    "compose.yaml": "a: 1",
    "x.yaml": "a: 1",
  };
  expect(run("check -", files).marks).toEqual(["<stdin>:4:12 LYC2308"]);
  expect(run("check - --variable SCALE=3", files).marks).toEqual([]);
  expect(run("check - --variable SCALE=three", files).marks).toEqual(["<stdin>:4:12 LYC2112"]);
  expect(run("check -", { "-": "services: {web: {image: i, env_file: x.env}}" }).marks).toEqual([
    "<stdin>:1:28 LYC2304",
  ]);
  for (const args of ["check - -f x.yaml", "check x.yaml -f -"]) {
    expect(run(args, files)).toMatchObject({
      code: 2,
      complaints: expect.stringMatching(/standard input cannot be one/),
    });
  }
  for (const option of ["--root", "--variable-file"]) {
    expect(run(`check - ${option} .`, files)).toMatchObject({
      code: 2,
      complaints: expect.stringContaining(`${option} needs a project of files`),
    });
  }
});

it("shows no value of a variable or an env file in any format of its report", () => {
  const files = {
    "compose.yaml": 'services: {web: {image: i, depends_on: ["${FROM_SECRET}", "${GIVEN}"], env_file: web.env}}\n',
    ".env": "FROM_SECRET=file-canary\n",
    "web.env": "X=1\n",
  };
  for (const form of ["", " --json", " --sarif"]) {
    const { code, output, complaints } = run(`check --variable GIVEN=given-canary${form}`, files);
    expect(code).toBe(1);
    expect(output).toContain("[redacted]");
    expect(`${output}${complaints}`).not.toContain("canary");
  }
  expect(run("bundle --variable GIVEN=given-canary", files).complaints).not.toContain("canary");
});

it("masks no name in the files, even when a password equals one of them", () => {
  const files = {
    "compose.yaml":
      "services:\n  web: {image: i, depends_on: [postgress]}\n  postgres:\n    image: postgres:16\n    prots: []\n    environment: [POSTGRES_PASSWORD=$PW]\n",
    ".env": "PW=postgres\nOTHER=canary\n",
  };
  const { output } = run("check .", files);
  expect(output).toContain("the service postgress is not defined");
  expect(output).toContain("Did you mean `postgres`?");
  expect(output).not.toContain("redacted");
  const paths = JSON.parse(run("check . --json", files).output).map(({ path }: { path: string }) => path);
  expect(paths).toEqual(["services.web.depends_on[0]", "services.postgres.prots"]);
  const image = { ...files, "compose.yaml": "services: {canary-2: {image: 'a b:$OTHER', prots: []}}\n" };
  expect(run("check . --json", image).output).toMatch(/services\.canary-2\.prots/);
});
