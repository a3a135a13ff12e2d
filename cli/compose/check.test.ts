// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { COMMANDS, runCommandLine, usageOf } from "../run";
import { fakeSurface, runOn } from "../testing/surface";

const clean = "services:\n  web:\n    image: nginx\n";
const invalid = `${clean}    prots: [80]\n    privileged: true\n`;

it("prints only that a document has no diagnostics", () => {
  expect(runOn("check compose.yaml", { "compose.yaml": clean })).toMatchObject({
    code: 0,
    output: "",
    complaints: "compose.yaml: no errors",
  });
});

it("prints every diagnostic with its line, and counts them", () => {
  expect(runOn("check a/compose.yaml", { "a/compose.yaml": invalid })).toMatchObject({
    code: 1,
    output: [
      "a/compose.yaml:4:5 error LYC2105: Compose has no key prots here",
      "  4 |     prots: [80]",
      "    |     ^^^^^",
      "  Did you mean `ports`?",
      "",
      "a/compose.yaml:5:17 warning LYC2401: services.web.privileged asks for privileges that Lyceum may not give",
      "  5 |     privileged: true",
      "    |                 ^^^^",
      "  Do without them if the run is refused.",
    ].join("\n"),
    complaints: "a/compose.yaml: 1 error, 1 warning",
  });
});

it("warns of a secret in plaintext, in files and in a single text, and shows no line of it", () => {
  const text = `${clean}    environment: {DB_PASSWORD: hunter2canary}\n`;
  for (const [path, shown] of [
    ["compose.yaml", "compose.yaml"],
    ["-", "<stdin>"],
  ] as const) {
    const { output } = runOn(`check ${path}`, { [path]: text });
    expect(output).toContain(`${shown}:4:32 warning LYC2602`);
    expect(output).not.toContain("canary");
  }
});

it("reads the file that Compose would read in a folder; the default is the current folder", () => {
  const files = { "docker-compose.yml": "a: [", "compose.yaml": clean, "sub/docker-compose.yml": invalid };
  expect(runOn("check", files).complaints).toBe("compose.yaml: no errors");
  expect(runOn("check .", files).code).toBe(0);
  expect(runOn("check sub", files).complaints).toBe("sub/docker-compose.yml: 1 error, 1 warning");
  expect(runOn("check --file sub/docker-compose.yml", files).code).toBe(1);
});

it("ends with exit code 0 if there are only warnings, unless --strict is given", () => {
  const files = { "compose.yaml": `${clean}    privileged: true\n` };
  expect(runOn("check", files).code).toBe(0);
  expect(runOn("check --strict", files).code).toBe(1);
});

it("accepts severities, the machine and variables", () => {
  const files = { "compose.yaml": `${clean}    gpus: all\n    user: $A\n    environment: [B, C]\n` };
  const codes = (args: string) => [...runOn(args, files).output.matchAll(/(\w+) (LYC\d+)/g)].map(([whole]) => whole);
  expect(codes("check")).toEqual(["warning LYC2308", "warning LYC2308", "warning LYC2308"]);
  expect(codes("check --execution-type cpu --variable A=1 --variable B=")).toEqual([
    "warning LYC2406",
    "warning LYC2308",
  ]);
  expect(codes("check --diagnostic LYC2308=error")[0]).toBe("error LYC2308");
  expect(codes("check --diagnostic LYC2308=off")).toEqual([]);
});

it("shows no line that holds the value of a variable", () => {
  const { output } = runOn("check --variable A=canary", { "compose.yaml": `${clean}    imgae: canary # \n` });
  expect(output).toContain("compose.yaml:4:5 error LYC2105");
  expect(output).not.toContain("canary");
});

it("shows no value of an invalid variable of a single text", () => {
  const text = "services: {web: {image: i, depends_on: ['${A}']}}\n";
  const { output } = runOn("check - --variable A=canary", { "-": text });
  expect(output).toContain("LYC2202");
  expect(output).not.toContain("canary");
});

it("validates any bytes, up to the largest accepted size", () => {
  expect(runOn("check", { "compose.yaml": Uint8Array.of(0xff, 0xfe, 0x61) }).output).toContain("LYC2004");
  expect(runOn("check", { "compose.yaml": `#${"x".repeat(3_000_000)}` }).output).toContain("LYC2502");
  expect(runOn("check -", { "-": `#${"x".repeat(3_000_000)}` }).output).toContain("LYC2002");
});

it.each([
  ["", /^Usage: pulumi-lyceum COMMAND/],
  ["checks", /^Unknown command `checks`; did you mean `check`\?\n`npx pulumi-lyceum --help` lists/],
  ["help checks", /^Unknown command `checks`; did you mean `check`\?\n/],
  ["frobnicate", /^Unknown command `frobnicate`\.\n\nUsage: pulumi-lyceum COMMAND/],
  ["--json check", /^`--json` is not a command: options follow the command\./],
  ["check --jsn", /^Unknown option `--jsn`; did you mean `--json`\?\n`npx pulumi-lyceum check --help` lists/],
  ["check --inline_files", /^Unknown option `--inline_files`; did you mean `--inline-files`\?\n/],
  ["check --frobnicate=canary", /^Unknown option `--frobnicate`\.\n/],
  ["check -x", /^Unknown option `-x`\.\n/],
  ["bundle a b", /At most one FILE/],
  ["check a b -f compose.yaml", /^--file merges files into one project/],
  ["check *.yaml -f a", /^--file merges files into one project/],
  ["check nothing/*.yaml", /^No file matches nothing\/\*\.yaml/],
  ["check a missing.yaml", /^missing\.yaml does not exist/],
  ["check --format xml", /^--format must be one of text, json, sarif, github/],
  ["check --format text --json", /^Either --format text or --format json/],
  ["check missing.yaml", /^missing\.yaml does not exist/],
  ["check empty", /^empty holds none of compose\.yaml/],
  ["check --json --sarif", /^Either --format json or --format sarif/],
  ["check --variable canary", /^The first --variable is not of the form NAME=VALUE/],
  ["check --diagnostic LYC2006=off", /not a code whose severity can be changed/],
  ["check --diagnostic LYC2105=of", /must be off, warning or error/],
])("an invalid command line ends with exit code 2: %s", (args, complaint) => {
  const { code, output, complaints } = runOn(args, { "empty/readme": "", a: clean, b: clean, "compose.yaml": clean });
  expect({ code, output }).toEqual({ code: 2, output: "" });
  expect(complaints).toMatch(complaint);
  expect(complaints).not.toContain("canary");
});

it("reports its options, its commands and its version", () => {
  expect(runOn("check --help", {})).toMatchObject({ code: 0, output: expect.stringContaining("--sarif") });
  expect(runOn("help check", {})).toEqual(runOn("check --help", {}));
  expect(runOn("--help", {})).toMatchObject({ code: 0, output: expect.stringContaining("check") });
  expect(runOn("--version", {}).output).toMatch(/^\d+\.\d+\.\d+/);
});

it.each([60, 80, 100, 120])("no line of a help is longer than %d columns", (width) => {
  for (const { name, load } of COMMANDS) {
    const lines = usageOf(name, load(), width).split("\n");
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
    for (const option of Object.keys(load().options)) expect(lines.join("\n")).toContain(`--${option}`);
  }
});

test("an error lists the services that are built, as an `images` argument, until each has an image", () => {
  const text = "services: {web: {build: .}, my-job: {build: ., image: job}, db: {image: db}}\n";
  const surface = fakeSurface({ "compose.yaml": text });
  expect(runCommandLine(["check"], surface)).toBe(1);
  expect(surface.complaints.at(-1)).toBe('To build, and to give to the run:  images: { web: …, "my-job": … }');
  const given = fakeSurface({ "compose.yaml": text });
  expect(runCommandLine(["check", "--image", "web=r.example/web:1", "--image", "job=r.example/job:1"], given)).toBe(0);
  expect(given.complaints).toEqual(["compose.yaml: no errors"]);
  const printed = fakeSurface({ "compose.yaml": text });
  runCommandLine(["bundle", "--image", "web=r.example/web:1", "--image", "my-job=r.example/job:1"], printed);
  expect(printed.output.join("")).toContain("image: r.example/job:1");
  const onInput = fakeSurface({ "-": text });
  expect(runCommandLine(["check", "-", "--image", "web=r.example/web:1"], onInput)).toBe(0);
});
