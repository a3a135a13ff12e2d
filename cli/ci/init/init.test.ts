import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import type { Surface } from "../../command";
import { readAtMost, stat } from "../../compose/files";
import { fakeSurface } from "../../testing/surface";
import { ci } from "../ci";
import { PIPELINES } from "./init-files";

const example = join(__dirname, "../../../examples/gitops");
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-init-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs `ci init` in the folder. */
async function init(...args: readonly string[]) {
  const fake = fakeSurface({});
  const surface: Surface = {
    ...fake,
    folder,
    read: (path, most) => readAtMost(join(folder, path), most),
    stat: (path) => stat(join(folder, path)),
  };
  const code = await ci.run(["init", ...args], surface);
  return { code, output: fake.output.join("\n"), complaints: fake.complaints.join("\n") };
}

const written = () =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

test.each(Object.keys(PIPELINES) as (keyof typeof PIPELINES)[])(
  "%s: the files are those of the example, which tests run",
  async (kind) => {
    expect(await init(kind)).toMatchObject({ code: 0, complaints: "" });
    expect(written()).toEqual([...PIPELINES[kind].files].sort());
    for (const path of written()) {
      expect([path, readFileSync(join(folder, path), "utf8")]).toEqual([
        path,
        readFileSync(join(example, path), "utf8"),
      ]);
    }
  },
);

test("other folders and stacks replace those of the example in every file", async () => {
  for (const kind of Object.keys(PIPELINES)) {
    expect((await init(kind, "--cwd", "deploy/pulumi", "--stacks", "test, on,eu-1.x")).code).toBe(0);
  }
  const texts = written().map((path) => readFileSync(join(folder, path), "utf8"));
  expect(texts.join("\n")).not.toMatch(/\binfra\b|\[dev|apply-dev|: dev$|apply-prod/m);
  const gitlab = parse(readFileSync(join(folder, ".gitlab-ci.yml"), "utf8"));
  expect(gitlab["apply-on"]).toEqual({ extends: ".apply", needs: ["apply-test"], variables: { STACK: "on" } });
  expect(gitlab["apply-eu-1.x"].needs).toEqual(["apply-on"]);
  expect(gitlab[".apply"].after_script).toEqual([
    'cd deploy/pulumi && npx pulumi-lyceum report --stack "$STACK" --output ../../reports/runs.html',
  ]);
  expect(parse(readFileSync(join(folder, ".github/workflows/apply.yml"), "utf8")).jobs.apply.strategy.matrix).toEqual({
    stack: ["test", "on", "eu-1.x"],
  });
  expect(readFileSync(join(folder, "policy-pack/index.ts"), "utf8")).toContain('"../deploy/pulumi"');
});

test("a project in the root of the repository is found, and so is GitLab", async () => {
  put("Pulumi.yaml", "name: runs\n");
  put(".git/config", '[remote "origin"]\n\turl = git@gitlab.example.com:acme/runs.git\n');
  const { output } = await init("--stacks", "dev");
  expect(written()).toContain(".gitlab-ci.yml");
  const text = readFileSync(join(folder, ".gitlab-ci.yml"), "utf8");
  expect(text).toContain('cd . && npx pulumi-lyceum report --stack "$STACK" --output reports/runs.html');
  expect(text).not.toContain("needs:");
  expect(output).not.toMatch(/not the root|no Pulumi project/);
});

test("when a file exists, none is written, unless --force is given", async () => {
  put(".github/workflows/drift.yml", "on: push\n");
  const refused = await init("github");
  expect(refused).toMatchObject({ code: 1, output: "" });
  expect(refused.complaints).toContain("there is already .github/workflows/drift.yml. --force overwrites");
  expect(written()).toEqual([".github/workflows/drift.yml"]);
  expect((await init("github", "--force")).output).toContain("wrote .github/workflows/drift.yml");
  expect((await init("github")).output).toContain("unchanged .github/workflows/drift.yml");
});

test("a link that leads nowhere, or outside, is not followed", async () => {
  const outside = join(folder, "outside");
  symlinkSync(outside, join(folder, "pipeline.sh"));
  expect((await init("shell")).code).toBe(1);
  expect(existsSync(outside)).toBe(false);
  expect((await init("shell", "--force")).code).toBe(0);
  expect(existsSync(outside)).toBe(false);
  expect(statSync(join(folder, "pipeline.sh")).mode & 0o111).not.toBe(0);
});

test.each([
  [["jenkins"], /^init takes one of github, gitlab, shell, policy-pack/],
  [["github", "gitlab"], /^init takes one of /],
  [["--stack", "dev"], /^init has no option --stack/],
  [["--stacks", "dev,$(id)"], /^"\$\(id\)" is not the name of a stack/],
  [["--stacks", "dev,"], /^"" is not the name of a stack/],
  [["--stacks", "dev,dev"], /^--stacks names a stack twice/],
  [["--cwd", "../other"], /^--cwd is a folder below this one/],
  [["--cwd", "a b"], /^--cwd is a folder below this one/],
  [["--cwd", "/tmp"], /^--cwd is a folder below this one/],
])("%j is refused", async (args, message) => {
  const { code, complaints } = await init(...args);
  expect([code, written()]).toEqual([1, []]);
  expect(complaints).toMatch(message);
});

test("it prints the settings that come next", async () => {
  const { output } = await init("github");
  expect(output).toContain("This folder is not the root of a Git repository");
  expect(output).toContain("There is no Pulumi project in infra");
  expect(output).toMatch(/environments dev, prod, .*LYCEUM_API_KEY and PULUMI_CONFIG_PASSPHRASE/);
  expect(output).toContain("Create dev-read, prod-read");
});
