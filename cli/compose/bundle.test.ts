// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { runCommandLine } from "../run";
import { fakeSurface, runOn } from "../testing/surface";

const project = {
  "app/compose.yaml": "services:\n  web:\n    image: web:${TAG}\n    env_file: web.env\n",
  "app/compose.override.yaml": "services: {web: {labels: [a=b]}}\n",
  "app/web.env": "PASSWORD=canary-of-file\n",
  "app/.env": "TAG=of-file\n",
  "more.yaml": "services:\n  extra: {image: i, profiles: [all]}\n",
};

const run = (args: string, files: Readonly<Record<string, string>> = project, environment = {}) =>
  runOn(args, files, environment);

const printed = (tag: string) =>
  `services:\n  web:\n    environment:\n      PASSWORD: canary-of-file\n    image: web:${tag}\n    labels:\n      a: b`;

it("prints a folder with its override as one text, and nothing else", () => {
  expect(run("bundle app")).toMatchObject({ code: 0, output: printed("of-file"), complaints: "" });
});

it("uses the variables of the named env files in place of the project's `.env`", () => {
  const files = { ...project, "app/a.env": "TAG=a\n", "app/b.env": "TAG=b\n" };
  expect(run("bundle app --variable-file app/a.env --variable-file app/b.env", files).output).toBe(printed("b"));
  expect(run("bundle app --variable-file app/a.env --variable TAG=given", files).output).toBe(printed("given"));
  for (const [args, complaint] of [
    ["--variable-file app/none.env", "app/none.env does not exist"],
    ["--variable-file app", '--variable-file must be a file, not "app"'],
    ["--variable-file=", '--variable-file must be a file, not ""'],
    ["--variable-file -", "the standard input cannot be one of them"],
    ["--env-file app/a.env", "Unknown option `--env-file`: it is --variable-file"],
  ]) {
    expect(run(`bundle app ${args}`, files)).toMatchObject({
      code: 2,
      output: "",
      complaints: expect.stringContaining(complaint ?? ""),
    });
  }
});

it("reports each diagnostic in its own file, without the lines of env files", () => {
  const { code, output, complaints } = run("bundle app", {
    ...project,
    "app/compose.override.yaml": "services:\n  web:\n    prots: [80]\n",
    "app/web.env": "FIRST=1\nSECOND='canary\n",
  });
  expect({ code, output }).toEqual({ code: 1, output: "" });
  expect(complaints).toContain("app/compose.override.yaml:3:5 error LYC2105: Compose has no key prots here\n  3 |");
  expect(complaints).toMatch(/^app\/web\.env:2:\d+ error LYC2508/m);
  expect(complaints).not.toContain("canary");
});

it("prints the text despite warnings, and accepts severities", () => {
  const files = { "compose.yaml": "services: {a: {image: i, privileged: true}}\n" };
  const warned = run("bundle", files);
  expect(warned.code).toBe(0);
  expect(warned.output).toContain("privileged: true");
  expect(warned.complaints).toContain("compose.yaml:1:38 warning LYC2401");
  expect(run("bundle --diagnostic LYC2401=error", files)).toMatchObject({ code: 1, output: "" });
  expect(run("bundle --diagnostic LYC2401=off", files).complaints).toBe("");
});

it.each([
  ["bundle missing.yaml", /^missing\.yaml does not exist/],
  ["bundle empty", /^empty holds none of compose\.yaml/],
  ["bundle -", /standard input cannot be one of them/],
  ["bundle app more.yaml", /At most one FILE/],
  ["bundle app --variable canary", /^The first --variable is not of the form NAME=VALUE/],
  ["bundle app --jsno", /^Unknown option `--jsno`/],
  ["bundle app --local-files upload", /`check --local-files upload` validates the project/],
  ["bundle app --local-files all", /^--local-files must be one of inline, upload/],
  ["bundle app --local-files upload --inline-files", /^Either --inline-files or --local-files upload/],
])("an invalid command line ends with exit code 2: %s", (args, complaint) => {
  const { code, output, complaints } = run(args, { ...project, "empty/readme": "" });
  expect({ code, output }).toEqual({ code: 2, output: "" });
  expect(complaints).toMatch(complaint);
});

it("puts local files into the text if an option asks for this, and names the files", () => {
  const files = { "compose.yaml": "services: {a: {image: i, volumes: ['./x:/x', './d:/d']}}\n", x: "of $x" };
  expect(run("bundle .", files)).toMatchObject({ code: 1, output: "" });
  const { code, output, complaints } = run("bundle . --inline-files", files);
  expect([code, output]).toEqual([
    0,
    [
      "configs:",
      "  file_x:",
      '    content: "of $$x"',
      "services:",
      "  a:",
      "    configs:",
      "      - source: file_x",
      "        target: /x",
      "    image: i",
      "    volumes:",
      "      - source: folder_d",
      "        target: /d",
      "        type: volume",
      "volumes:",
      "  folder_d: {}",
    ].join("\n"),
  ]);
  expect(complaints).toContain("compose.yaml:1:36 warning LYC2311: services.a.volumes[0] mounts a file");
  expect(complaints).toContain(
    'compose.yaml:1:46 warning LYC2312: services.a.volumes[1] mounts "d", which does not exist',
  );
  expect(run("check - --inline-files", { ...files, "-": files["compose.yaml"] }).complaints).toContain(
    "--local-files needs a project of files",
  );
  for (const option of ["--inline-files", "--local-files inline"]) {
    expect(run(`check . ${option}`, files).code).toBe(0);
    expect(run(`bundle . ${option}`, files).output).toBe(output);
  }
});

test("a project without diagnostics prints its text only", () => {
  const surface = fakeSurface({ "compose.yaml": "services: { web: { image: 'web:1' } }\n" });
  expect(runCommandLine(["bundle"], surface)).toBe(0);
  expect([surface.output.length, surface.complaints]).toEqual([1, []]);
});
