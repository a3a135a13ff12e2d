// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { untestedTexts } from "../testing/untested-texts";
import type { BundleOptions } from ".";
import { bundleOf, type Files, marksOf } from "./testing/bundle";
import { fixtures } from "./testing/fixtures";

// The fixtures contain one case for each code of a project. This table contains the other cases.

const service = "services: {a: {image: i}}\n";
const rows = <T>(count: number, row: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => row(i));
const one = (settings: string, rest = "") => `services: {a: {image: i, ${settings}}}\n${rest}`;
const config = (sources: string) => `services: {a: {image: i, configs: [c, d]}}\nconfigs: ${sources}\n`;
const filled = (count: number) => ({ c: "x".repeat(count), d: "y".repeat(count) });

const projects: readonly (readonly [name: string, fails: Files, marks: readonly string[], passes: Files])[] = [
  [
    "a project that holds nothing",
    { "compose.yaml": "# nothing\n\n{}\n" },
    ["compose.yaml:3:1 LYC2005"],
    { "compose.yaml": service },
  ],
  [
    "a file that is a list",
    { "compose.yaml": "# a list\n- a\n" },
    ["compose.yaml:2:1 LYC2101"],
    { "compose.yaml": service },
  ],
  [
    "a file that is no text",
    { "compose.yaml": `include: [b.yaml]\n${service}`, "b.yaml": Uint8Array.of(0xff) },
    ["compose.yaml:1:11 LYC2004 include[0]"],
    { "compose.yaml": `include: [b.yaml]\n${service}`, "b.yaml": "services: {b: {image: i, user: é}}\n" },
  ],
  [
    "an include in no known form",
    { "compose.yaml": `include: [{path: b.yaml, flie: x}]\n${service}`, "b.yaml": "volumes: {v: }\n" },
    ["compose.yaml:1:26 LYC2105 include[0].flie"],
    { "compose.yaml": `include: [{path: b.yaml}]\n${service}`, "b.yaml": "volumes: {v: }\n" },
  ],
  [
    "services that extend each other",
    { "compose.yaml": "services:\n  a: {extends: b}\n  b: {extends: a, image: i}\n" },
    ["compose.yaml:3:16 LYC2504 services.b.extends"],
    { "compose.yaml": "services:\n  a: {extends: b}\n  b: {image: i}\n" },
  ],
  [
    "a config of a variable that is not set",
    { "compose.yaml": config("{c: {environment: C}, d: {content: x}}") },
    ["compose.yaml:2:28 LYC2309 configs.c.environment"],
    { "compose.yaml": config("{c: {environment: C}, d: {content: x}}"), ".env": "C=x\n" },
  ],
  [
    "a config of a variable and of a content",
    { "compose.yaml": config("{c: {environment: C, content: y}, d: {content: x}}"), ".env": "C=x\n" },
    ["compose.yaml:2:11 LYC2218 configs.c"],
    { "compose.yaml": config("{c: {environment: C}, d: {content: x}}"), ".env": "C=x\n" },
  ],
  [
    "a config of a variable and of a file",
    { "compose.yaml": config("{c: {environment: C, file: ./y}, d: {content: x}}"), ".env": "C=x\n" },
    ["compose.yaml:2:11 LYC2218 configs.c"],
    { "compose.yaml": config("{c: {environment: C}, d: {content: x}}"), ".env": "C=x\n" },
  ],
  [
    "a variable that is not closed",
    { "compose.yaml": one("user: '${A'") },
    ["compose.yaml:1:33 LYC2310 services.a.user"],
    { "compose.yaml": one("user: '$${A'") },
  ],
  [
    "a variable that must be set",
    { "compose.yaml": one("user: 'u${A:?}'") },
    ["compose.yaml:1:34 LYC2309 services.a.user"],
    { "compose.yaml": one("user: 'u${A:?}'"), ".env": "A=x\n" },
  ],
  [
    "a variable that is not set",
    { "compose.yaml": one("user: 'u$A'") },
    ["compose.yaml:1:34 LYC2308 services.a.user"],
    { "compose.yaml": one("user: 'u$A'"), ".env": "A=x\n" },
  ],
  [
    "one value that grows without end",
    { "compose.yaml": one("user: '$A$A$A'"), ".env": `A=${"x".repeat(400_000)}\n` },
    ["compose.yaml:1:33 LYC2502 services.a.user"],
    { "compose.yaml": one("user: '$A$A$A'"), ".env": `A=${"x".repeat(200_000)}\n` },
  ],
  [
    "many values that grow",
    {
      "compose.yaml": one(`labels: [${rows(14, (i) => `a${i}=$A`).join(", ")}]`),
      ".env": `A=${"x".repeat(400_000)}\n`,
    },
    ["compose.yaml:1:121 LYC2502 services.a.labels[12]"],
    {
      "compose.yaml": one(`labels: [${rows(14, (i) => `a${i}=$A`).join(", ")}]`),
      ".env": `A=${"x".repeat(40_000)}\n`,
    },
  ],
  [
    "more text than a run takes",
    { "compose.yaml": config("{c: {file: c}, d: {file: d}}"), ...filled(600_000) },
    ["LYC2502"],
    { "compose.yaml": config("{c: {file: c}, d: {file: d}}"), ...filled(500_000) },
  ],
  [
    "more files than a project may have",
    {
      "compose.yaml": one(`env_file: [${rows(201, (i) => `e${i}`).join(", ")}]`),
      ...Object.fromEntries(rows(201, (i) => `e${i}`).map((file) => [file, "A=1\n"])),
    },
    ["compose.yaml:1:1121 LYC2502 services.a.env_file[199]", "compose.yaml:1:1127 LYC2502 services.a.env_file[200]"],
    {
      "compose.yaml": one(`env_file: [${rows(199, (i) => `e${i}`).join(", ")}]`),
      ...Object.fromEntries(rows(199, (i) => `e${i}`).map((file) => [file, "A=1\n"])),
    },
  ],
  [
    "a format of env files that is a number, and a file that is required",
    { "compose.yaml": one("env_file: [{path: x.env, format: 1}, {path: none.env, required: true}]"), "x.env": "" },
    ["compose.yaml:1:59 LYC2104 services.a.env_file[0].format", "compose.yaml:1:70 LYC2501 services.a.env_file[1]"],
    { "compose.yaml": one("env_file: [{path: x.env}, {path: none.env, required: false}]"), "x.env": "" },
  ],
  [
    "an include of a file that does not exist, and nothing else",
    { "compose.yaml": "include: [none.yaml]\n" },
    ["compose.yaml:1:1 LYC2102", "compose.yaml:1:11 LYC2501 include[0]"],
    { "compose.yaml": "include: [b.yaml]\n", "b.yaml": service },
  ],
  [
    "a format of env files that is not known",
    { "compose.yaml": one("env_file: [{path: x.env, format: ini}]"), "x.env": "A=1\n" },
    ["compose.yaml:1:59 LYC2107 services.a.env_file[0].format"],
    { "compose.yaml": one("env_file: [{path: x.env, format: raw}]"), "x.env": "A=1\n" },
  ],
];

test.each(projects)("a project with a diagnostic, and one without: %s", (_name, fails, marks, passes) => {
  expect(marksOf(bundleOf(fails))).toEqual(marks);
  const passed = bundleOf(passes);
  expect(marksOf(passed)).toEqual([]);
  expect(passed.bundle).toBeDefined();
});

test.each([
  ["image: 'kafka:${TAG}'", "LYC2223", "services.a.image needs the variable TAG, which is not set"],
  ["image: '${REGISTRY}/kafka'", "LYC2223", "services.a.image needs the variable REGISTRY, which is not set"],
  ["image: i, cpus: '${CPUS}'", "LYC2112", "services.a.cpus needs the variable CPUS, which is not set"],
  ["image: i, mem_limit: '${MEM}'", "LYC2213", "services.a.mem_limit needs the variable MEM, which is not set"],
  ["image: '${IMAGE}'", "LYC2201", 'the service "a" has no image without the variable IMAGE, which is not set'],
])("%s names the variable that is not set, and what to do", (settings, code, message) => {
  const { diagnostics } = bundleOf({ "compose.yaml": `services: {a: {${settings}}}\n` });
  const [, name = ""] = /\{(\w+)\}/.exec(settings) ?? [];
  // There is only the error, and no warning about the same variable.
  expect(diagnostics).toMatchObject([
    { code, message, remedy: `Give it a value (\`environment: { ${name}: … }\`) or a default (\${${name}:-…}).` },
  ]);
  expect(bundleOf({ "compose.yaml": `services: {a: {${settings}}}\n`, ".env": `${name}=1` }).diagnostics).toEqual([]);
});

it("still warns of a variable that another line uses, too", () => {
  const text = "services:\n  a:\n    image: ${IMAGE}\n    command: run $IMAGE\n";
  const { diagnostics } = bundleOf({ "compose.yaml": text });
  expect(diagnostics.map(({ code, message }) => [code, /also in line 4/.test(message)])).toEqual([
    ["LYC2201", false],
    ["LYC2308", true],
  ]);
});

it("names no variable if the reference is wrong for another reason", () => {
  const { diagnostics } = bundleOf({ "compose.yaml": "services: {a: {image: 'kafka:'}}\n" });
  expect(diagnostics.map(({ message }) => message)).toEqual([
    "services.a.image has nothing after its colon, where its tag stands",
  ]);
});

const inline = { localFiles: "inline" } as const;
const mounting = (mount: string, settings = "") => one(`volumes: [${mount}]${settings}`);
const env = (text: string, format = "") => ({
  "compose.yaml": one(`env_file: [{path: x.env, format: '${format}'}]`),
  "x.env": text,
});
const filesIn = (folder: string, count: number) => Object.fromEntries(rows(count, (i) => [`${folder}/${i}`, "x"]));
const chain = Object.fromEntries(rows(30, (i) => [`f${i}.yaml`, `include: [f${i + 1}.yaml]\n`]));
const wrongLine = "Write NAME=value, with the value in quotes if it contains special characters.";

type Options = Partial<Omit<BundleOptions, "variables">>;

// In these cases, the texts of message and remedy matter. The positions are in the cases above.
test.each<readonly [name: string, files: Files, options: Options, text: string]>([
  [
    "a service with the container name of the job",
    {
      "compose.yaml": "services: {train: {image: i, depends_on: [cache]}, cache: {image: i, container_name: train-1}}",
    },
    { job: "train" },
    "the service `cache` has the container_name of the job's container, train-1. Give the service another `container_name`.",
  ],
  [
    "files that include each other",
    { "compose.yaml": `include: [f0.yaml]\n${service}`, ...chain },
    {},
    "is included too deeply",
  ],
  [
    "an empty folder",
    { "compose.yaml": mounting("./data:/x"), "data/": "" },
    inline,
    "services.a.volumes[0] mounts data, which is empty: it becomes the volume folder_data.",
  ],
  [
    "a file that is neither stored nor a text",
    { "compose.yaml": mounting("./f:/x"), f: Uint8Array.of(0xff) },
    { localFiles: "upload", storedMounts: () => ({ kind: "inline", because: "holds a secret" }) },
    "holds a secret, so it is not stored, and is not a text file (UTF-8). Put the files into the image, or let the container fetch them from an object store.",
  ],
  [
    "more files than a project may have",
    { "compose.yaml": mounting("./c:/c, ./data:/d"), ...filesIn("c", 120), ...filesIn("data", 120) },
    inline,
    "services.a.volumes[1] mounts data, which cannot be read: the project has more than 200 files.",
  ],
  [
    "a missing file",
    { "compose.yaml": mounting("./app.conf:/x") },
    inline,
    "does not exist, and has the name of a file. Create the file, or correct the path. A file that a repository ignores is not in a fresh copy of it. Of a folder, write the path with `/` at its end.",
  ],
  [
    "a missing folder that is not created",
    { "compose.yaml": mounting("{type: bind, source: ./data, target: /x, bind: {create_host_path: false}}") },
    inline,
    "does not exist, and `create_host_path` is false. Declare a volume under the top-level `volumes:`, and mount it.",
  ],
  [
    "a file in a tmpfs",
    { "compose.yaml": mounting("./f:/x/f", ", tmpfs: /x"), f: "x" },
    inline,
    "a tmpfs of the service hides. Put the files into the image, or mount them at another path.",
  ],
  [
    "two files that hold nothing",
    { "compose.yaml": "{}\n", "b.yaml": "{}\n" },
    { paths: ["compose.yaml", "b.yaml"] },
    "the files hold nothing.",
  ],
  [
    "a service whose profile is not active",
    { "compose.yaml": one("profiles: [p]") },
    {},
    'every service has a profile that is not active. Activate a profile: `profiles: ["…"]`.',
  ],
  [
    "a name of the project that is not valid",
    { "compose.yaml": service, ".env": "COMPOSE_PROJECT_NAME=Shop!\n" },
    {},
    "COMPOSE_PROJECT_NAME must hold lowercase letters, digits, `-` and `_` only, a letter or digit first.",
  ],
  [
    "a date in a list of variables",
    { "compose.yaml": one("environment: [2001-01-31]"), "b.yaml": "services: {a: {environment: [A=1]}}" },
    { paths: ["compose.yaml", "b.yaml"] },
    "services.a.environment[0] must be a string, and it is ",
  ],
  [
    "a variable whose name ends with a blank",
    { "compose.yaml": one("environment: ['A =1']"), "b.yaml": "services: {a: {environment: [B=1]}}" },
    { paths: ["compose.yaml", "b.yaml"] },
    "Write NAME=value.",
  ],
  ["a line without a name", env("=1\n", "raw"), {}, `a line has no name in front of its =. ${wrongLine}`],
  ["a name with a blank", env("A B=1\n", "raw"), {}, `a name holds white space. ${wrongLine}`],
  ["a name with another sign", env("A!=1\n"), {}, `a name holds a sign that is not allowed in it. ${wrongLine}`],
  ["a last line without a value", env("A"), {}, `the last line has no =. ${wrongLine}`],
  ["a quote that is not closed", env("A='1\n"), {}, `a quote is opened here and not closed. ${wrongLine}`],
])("message and remedy: %s", (_name, files, options, text) => {
  const shown = bundleOf(files, options).diagnostics.map(({ message, remedy }) => `${message}. ${remedy}`);
  expect(shown).toContainEqual(expect.stringContaining(text));
});

test("each text of a diagnostic in compose/project is in a case: a fixture of testing/fixtures.ts, a row of this file, or another test", () => {
  const bundled = [
    ...Object.values(fixtures).map(({ fails, options }) => bundleOf(fails, options)),
    ...projects.map(([, fails]) => bundleOf(fails)),
  ];
  const shown = bundled.flatMap(({ diagnostics }) => diagnostics);
  expect(untestedTexts(__dirname, shown)).toEqual([]);
});
