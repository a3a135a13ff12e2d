import { readFileSync } from "node:fs";
import { join } from "node:path";
import { READING_CATALOGUE, VALIDATION_CATALOGUE, validateCompose } from "../../compose";
import { type BundleOptions, PROJECT_CATALOGUE } from "../../compose/project";
import { bundleOf, marksOf as marksOfBundle } from "../../compose/project/testing/bundle";
import { error, withCodes } from "../../compose/rule";
import { marksOf } from "../../compose/testing/read-marks";
import { untestedTexts } from "../../compose/testing/untested-texts";
import { web } from "../../compose/validate/testing/fixture";
import { COMPOSE_CATALOGUE, type RunContext, rulesOfProject, rulesOfText } from ".";
import { remoteFixtures } from "./testing/fixtures";

const image = { text: "registry.example/a:1", secret: false };

const diagnosticsOf = (text: unknown, run: RunContext = {}) => validateCompose(text, rulesOfText(run)).diagnostics;
const marks = (text: unknown, run?: RunContext) => marksOf(diagnosticsOf(text, run));

it.each(Object.entries(remoteFixtures))(
  "%s has a text that fails, at its exact place, and one that passes",
  (code, { fails, marks: expected, passes, run }) => {
    expect(marks(fails, run)).toEqual(expected);
    expect(expected.some((mark) => mark.startsWith(code))).toBe(true);
    expect(marks(passes, run)).toEqual([]);
  },
);

const texts: readonly (readonly [text: string, mark: string])[] = [
  [web("ipc: host"), "LYC2402@4:10 services.web.ipc"],
  [web("uts: host"), "LYC2402@4:10 services.web.uts"],
  [web("userns_mode: host"), "LYC2402@4:18 services.web.userns_mode"],
  [web("cgroup: host"), "LYC2402@4:13 services.web.cgroup"],
  [web("security_opt: [seccomp=unconfined]"), "LYC2401@4:5 services.web.security_opt"],
  [`${web()}volumes: {a: {external: true}}\n`, "LYC2405@4:15 volumes.a.external"],
  [`${web()}configs: {a: {external: true}}\n`, "LYC2405@4:15 configs.a.external"],
  [`${web()}secrets: {a: {external: true}}\n`, "LYC2405@4:15 secrets.a.external"],
  [web("credential_spec: {file: a.json}"), "LYC2307@4:29 services.web.credential_spec.file"],
  [`${web()}configs: {c: {environment: A}}\n`, "LYC2308@4:28 configs.c.environment"],
  [`include: [a.yaml]\n${web("restart: always")}`, "LYC2305@1:1 include"],
];

test.each(texts)("the text %j has one diagnostic", (text, mark) => expect(marks(text)).toEqual([mark]));

test("each text of a diagnostic in provider/compose-rules is in a case: a fixture of testing/fixtures.ts, a row of `texts`, or another test", () => {
  const ofFixtures = Object.values(remoteFixtures).flatMap(({ fails, run }) => diagnosticsOf(fails, run));
  expect(untestedTexts(__dirname, [...ofFixtures, ...texts.flatMap(([text]) => diagnosticsOf(text))])).toEqual([]);
});

it("does not report a build if images are given, or a variable that is set", () => {
  const run = { givesImages: true, variables: new Set(["A"]) };
  expect(marks("services: {a: {build: ., environment: [A, B]}}", run)).toEqual([
    "LYC2308@1:43 services.a.environment[1]",
  ]);
});

it("docs/reference/diagnostics.md has every code of these rules and of the reader", () => {
  const page = readFileSync(join(__dirname, "../../docs/reference/diagnostics.md"), "utf8");
  const documented = [...page.matchAll(/^\| (LYC2[0-6]\d{2}) \| (error|warning) \| (.*?) \| (.*) \|$/gm)];
  expect(documented.map(([, code, severity, title, remedy]) => [code, severity, title, remedy])).toEqual(
    Object.entries(COMPOSE_CATALOGUE)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([code, { severity, title, remedy }]) => [code, severity, title, remedy]),
  );
});

it("a code that another catalogue has does not compile", () => {
  const taken = error("another meaning", "Do this.");
  // @ts-expect-error LYC2006 already belongs to the reading of a text.
  withCodes(READING_CATALOGUE, { LYC2006: taken });
  // @ts-expect-error LYC2105 is of the validation.
  withCodes(VALIDATION_CATALOGUE, { LYC2900: taken, LYC2105: taken });
  // @ts-expect-error LYC2303 is of projects.
  withCodes(PROJECT_CATALOGUE, { LYC2303: taken });
  // @ts-expect-error LYC2401 is of Lyceum's rules.
  withCodes(COMPOSE_CATALOGUE, { LYC2401: taken });
  expect(withCodes(COMPOSE_CATALOGUE, { LYC2900: taken })).toEqual({ ...COMPOSE_CATALOGUE, LYC2900: taken });
});

test.each([
  ["a project that has only jobs", "jobs: {j: {image: i, triggers: {manual: true}}}", "--job NAME"],
  ["a mount outside the project", "services: {a: {image: i, volumes: ['../x:/x']}}", "--root"],
  ["a file outside the project", "services: {a: {image: i, env_file: ../x}}", "--root"],
  ["a mount that does not fit", "services: {a: {image: i, volumes: ['./d:/x']}}", "--local-files upload"],
  ["a variable that is not set", "services: {a: {image: 'i:$X'}}", "`variables: { X: … }`"],
])("the remedy for %s names the argument, and that of the package does not", (_, text, flag) => {
  const files = { "compose.yaml": text, d: new Uint8Array([255]), "/x": "x" };
  const remediesOf = (rules: Partial<BundleOptions>) =>
    bundleOf(files, { localFiles: "inline", withoutJobs: true, ...rules, variables: {} }).diagnostics.map(
      ({ remedy }) => remedy,
    );
  expect(remediesOf(rulesOfProject())).toEqual([expect.stringContaining(flag)]);
  expect(remediesOf({})).toEqual([expect.not.stringMatching(/--|`variables/)]);
});

describe("in a project, whose files are read", () => {
  const bundle = (text: string, options: Partial<BundleOptions> = {}) =>
    bundleOf({ "compose.yaml": text, "x.env": "A=1\n" }, { ...rulesOfProject(), ...options, variables: {} });

  test("files in its text are not reported, and inputs that a run cannot get are an error that names the option", () => {
    expect(bundle("services: {a: {image: i, env_file: x.env}}").diagnostics).toEqual([]);
    const mounted = bundle("services:\n  a:\n    image: i\n    volumes: ['.:/x', '~/.aws:/y', '/z:/z']\n");
    expect(mounted.diagnostics.map(({ code, range, remedy }) => [code, range?.start.column, remedy])).toEqual([
      ["LYC2303", 15, expect.stringContaining('`localFiles: "upload"`')],
      ["LYC2303", 23, expect.stringMatching(/^Copy what .* secret `variables`/)],
      ["LYC2404", 36, expect.anything()],
    ]);
    expect(mounted.bundle).toBeUndefined();
  });

  test("the mounts, privileges and variables of an init container are those of a service", () => {
    const init = "{image: i, volumes: ['./x:/x'], privileged: true, environment: [HOME], devices: [/dev/a:/dev/a]}";
    const { diagnostics } = bundle(`services: {a: {image: i, pre_start: [${init}]}}\n`);
    const at = diagnostics.filter(({ code }) => code !== "LYC2113").map(({ code, path }) => `${code} ${path}`);
    expect(at.map((one) => one.replace("services.a.pre_start[0].", "")).sort()).toEqual([
      "LYC2303 volumes[0]",
      "LYC2308 environment[0]",
      "LYC2401 privileged",
      "LYC2403 devices[0]",
    ]);
  });

  test("a path in the project's folder is a local path, even with the folder in front", () => {
    const text = "services: {a: {image: i, volumes: [{type: bind, source: '$PWD', target: /x}]}}\n";
    expect(marksOfBundle(bundle(text))).toEqual(["compose.yaml:1:57 LYC2303 services.a.volumes[0].source"]);
  });

  test("a build is a warning next to an image, and otherwise an error with the line to write", () => {
    expect(marksOfBundle(bundle("services: {a: {image: i, build: .}}"))).toEqual([
      "compose.yaml:1:26 LYC2302 services.a.build",
    ]);
    expect(bundle("services: {a: {build: .}, tool: {build: .}}", { images: new Map([["a", image]]) })).toMatchObject({
      diagnostics: [{ code: "LYC2301", remedy: expect.stringContaining("`images: { tool: … }` (`--image tool=REF`)") }],
    });
  });
});
