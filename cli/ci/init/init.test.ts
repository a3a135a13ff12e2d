import { existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { PIPELINES } from "./init-files";
import { initFolder } from "./testing/init-folder";

const { init, put, read, whole, written } = initFolder();

const example = join(__dirname, "../../../examples/gitops");

const withoutSignature = (text: string) => text.replace(/(?:#|\/\/) `ci init` has written this file.*\n$/, "");

test.each(Object.keys(PIPELINES) as (keyof typeof PIPELINES)[])(
  "%s: the files are those of the example, which tests run",
  async (kind) => {
    expect(await init(kind)).toMatchObject({ code: 0, complaints: "" });
    expect(written()).toEqual([...PIPELINES[kind].files].sort());
    // The project of the example is in YAML. If the repository has no project, `ci init` assumes a project in YAML.
    for (const path of written()) {
      expect([path, withoutSignature(read(path))]).toEqual([path, readFileSync(join(example, path), "utf8")]);
    }
  },
);

test("the folders and stacks of the repository replace the examples in every file", async () => {
  for (const kind of Object.keys(PIPELINES)) {
    const cwd = kind === "policy-pack" ? ["--cwd", "deploy/pulumi"] : [];
    expect((await init(kind, ...cwd, "--stacks", "test, on,eu-1.x")).code).toBe(0);
  }
  const texts = written().map((path) => read(path));
  expect(texts.join("\n")).not.toMatch(/\binfra\/|\[dev|(?:apply|review)-dev|: dev$|(?:apply|review)-prod/m);
  const gitlab = parse(read(".gitlab-ci.yml"));
  expect(gitlab["apply-on"]).toEqual({
    extends: ".apply",
    needs: ["review-on", "apply-test"],
    variables: { STACK: "on" },
  });
  expect(gitlab["review-on"]).toEqual({ extends: ".review", variables: { STACK: "on" } });
  expect(gitlab["apply-eu-1.x"].needs).toEqual(["review-eu-1.x", "apply-on"]);
  expect(parse(read(".github/workflows/apply.yml")).jobs.apply.strategy.matrix).toEqual({
    stack: ["test", "on", "eu-1.x"],
  });
  expect(read("policy-pack/index.ts")).toContain('"../deploy/pulumi"');
});

describe("the languages of the projects decide what a pipeline sets up", () => {
  const GITHUB = ["preview", "apply", "drift"].map((name) => `.github/workflows/${name}.yml`);
  const EVERY = { name: "pulumi/pulumi:3.274.1", entrypoint: [""] };
  interface Step {
    readonly uses?: string;
    readonly run?: string;
  }

  /** Returns the languages that the workflows set up, the other commands before `npm ci`, and the image on GitLab. */
  async function setUp(projects: Readonly<Record<string, string>>) {
    for (const [path, runtime] of Object.entries(projects))
      put(`${path}/Pulumi.yaml`, `name: x\nruntime: ${runtime}\n`);
    for (const kind of ["github", "gitlab"]) expect((await init(kind)).code).toBe(0);
    const steps = GITHUB.map((path) => {
      const { jobs } = parse(read(path)) as {
        jobs: Record<string, { steps: readonly Step[] }>;
      };
      return Object.values(jobs).flatMap((job) => job.steps);
    });
    const [actions = [], ...others] = steps.map((list) =>
      list.flatMap(({ uses = "" }) => /^actions\/setup-(\w+)@[0-9a-f]{40}$/.exec(uses)?.[1] ?? []),
    );
    // A workflow with two jobs sets up the languages in each of them.
    for (const other of others) expect([...new Set(other)]).toEqual(actions);
    const commands = steps[0]?.flatMap(({ run }) => run ?? []) ?? [];
    const gitlab = parse(read(".gitlab-ci.yml"));
    return { actions, before: commands.slice(0, commands.indexOf("npm ci")), image: gitlab.default.image, gitlab };
  }

  test.each([
    ["yaml", ["node"], [], EVERY, [".npm/"]],
    ["nodejs", ["node"], [], "pulumi/pulumi-nodejs-22:3.274.1", [".npm/"]],
    [
      "{ name: nodejs, options: { packagemanager: pnpm } }",
      ["node"],
      ["corepack enable pnpm"],
      "pulumi/pulumi-nodejs-22:3.274.1",
      [".npm/"],
    ],
    ["bun", ["node"], ["npm install --global bun"], EVERY, [".npm/"]],
    ["python", ["node", "python"], [], EVERY, [".npm/", ".cache/pip/", ".cache/poetry/", ".cache/uv/"]],
    [
      "{ name: python, options: { toolchain: uv } }",
      ["node", "python"],
      ["pipx install uv"],
      EVERY,
      [".npm/", ".cache/pip/", ".cache/poetry/", ".cache/uv/"],
    ],
    ["go", ["node", "go"], [], EVERY, [".npm/", ".cache/go/mod/", ".cache/go/build/"]],
    ["dotnet", ["node", "dotnet"], [], EVERY, [".npm/", ".cache/nuget/"]],
    ["{ name: java }", ["node", "java"], [], EVERY, [".npm/", ".cache/gradle/"]],
  ])("runtime: %s", async (runtime, actions, before, image, caches) => {
    const found = await setUp({ infra: runtime });
    expect(found).toMatchObject({ actions, before, image });
    expect(found.gitlab.default.cache.paths).toEqual(caches);
    // GitLab keeps only files in the folder of the repository.
    const variables: Readonly<Record<string, string>> = found.gitlab.variables ?? {};
    expect(Object.values(variables).map((value) => `${value.replace("$CI_PROJECT_DIR/", "")}/`)).toEqual(
      caches.slice(1),
    );
  });

  test("of several projects, each language is set up once, and the cache of pip is not used without pip", async () => {
    const uv = "{ name: python, options: { toolchain: uv } }";
    expect(await setUp({ "a/one": "nodejs", "a/two": uv, b: "go", c: "python" })).toMatchObject({
      actions: ["node", "go", "python"],
      before: ["pipx install uv"],
      image: EVERY,
    });
    expect(read(".github/workflows/apply.yml")).not.toContain("cache: pip");
    put("a/two/Pulumi.yaml", "name: x\nruntime: { name: nodejs, options: { packagemanager: pnpm } }\n");
    await init("github");
    expect(read(".github/workflows/apply.yml")).toContain("cache: pip");
  });

  test("a language that is not known is named", async () => {
    for (const runtime of ["cobol", "bun", "python"]) put(`${runtime}/Pulumi.yaml`, `name: x\nruntime: ${runtime}\n`);
    const { output } = await init("gitlab");
    expect(output.match(/^.* not known here/gm)).toEqual([
      '* The project in cobol has the runtime "cobol", which is not known here',
    ]);
  });
});

test("package.json of the repository is never changed, and only a missing package is named", async () => {
  expect((await init("shell")).output).toContain(
    "Run `npm install` here, and commit package.json and package-lock.json",
  );
  put("package.json", '{ "private": true }\n');
  const { output } = await init("shell", "--force");
  expect(output).toContain("Run `npm install pulumi-lyceum @pulumi/pulumi` here");
  expect(output).toContain("unchanged package.json");
  expect(read("package.json")).toBe('{ "private": true }\n');
});

test("GitLab is found", async () => {
  put("Pulumi.yaml", "name: runs\n");
  put("Pulumi.dev.yaml", "");
  put(".git/config", '[remote "origin"]\n\turl = git@gitlab.example.com:acme/runs.git\n');
  const { output } = await init();
  expect(written()).toContain(".gitlab-ci.yml");
  // The project has only one stack, so no apply waits for the apply of another stack.
  expect(read(".gitlab-ci.yml")).not.toMatch(/needs: .*apply/);
  expect(output).not.toMatch(/not the root|No project has/);
});

test("a link that leads nowhere, or outside, is not followed", async () => {
  const outside = whole("outside");
  symlinkSync(outside, whole("pipeline.sh"));
  expect((await init("shell")).code).toBe(1);
  expect(existsSync(outside)).toBe(false);
  expect((await init("shell", "--force")).code).toBe(0);
  expect(existsSync(outside)).toBe(false);
  expect(statSync(whole("pipeline.sh")).mode & 0o111).not.toBe(0);
});

test.each([
  [["jenkins"], /^init takes one of github, gitlab, shell, policy-pack/],
  [["github", "gitlab"], /^init takes one of /],
  [["--stack", "dev"], /^init has no option --stack/],
  [["--stacks", "dev,$(id)"], /^"\$\(id\)" is not the name of a stack/],
  [["--stacks", "dev,-x"], /^"-x" is not the name of a stack/],
  [["--stacks", "dev,"], /^"" is not the name of a stack/],
  [["--stacks", "dev,dev"], /^--stacks names a stack twice/],
  [["policy-pack", "--cwd", "../other"], /^--cwd is a folder below this one/],
  [["policy-pack", "--cwd", "a b"], /^--cwd is a folder below this one/],
  [["policy-pack", "--cwd", "a/-b"], /^--cwd is a folder below this one/],
  [["policy-pack", "--cwd", "/tmp"], /^--cwd is a folder below this one/],
  [["github", "--cwd", "infra"], /^--cwd is for policy-pack: the other pipelines find the projects/],
])("%j is refused", async (args, message) => {
  const { code, complaints } = await init(...args);
  expect([code, written()]).toEqual([1, []]);
  expect(complaints).toMatch(message);
});

test("it prints the settings that the user has to make next", async () => {
  const { output } = await init("github");
  expect(output).toContain("This folder is not the root of a Git repository");
  expect(output).toContain("No project has Pulumi.dev.yaml or Pulumi.prod.yaml.");
  expect((await init("policy-pack")).output).toContain("There is no Pulumi project in infra");
  expect(output).toMatch(/environments dev, prod, .*LYCEUM_API_KEY and PULUMI_CONFIG_PASSPHRASE/);
  expect(output).toContain("Create dev-read, prod-read");
});

describe("the times of applies", () => {
  const apply = () => read(".github/workflows/apply.yml");
  const events = () => parse(apply()).on;

  test("are those of the command line, and stay at the next `ci init`", async () => {
    expect(await init("github", "--schedule", " 0 3 * *  MON-FRI ")).toMatchObject({ code: 0, complaints: "" });
    const scheduled = { push: { branches: ["main"] }, schedule: [{ cron: "0 3 * * MON-FRI" }] };
    expect(events()).toEqual(scheduled);
    expect((await init("github", "--stacks", "dev,prod,test")).code).toBe(0);
    expect(events()).toEqual(scheduled);
    await init("github", "--schedule", "5 4 * * *");
    expect(events()).toMatchObject({ schedule: [{ cron: "5 4 * * *" }] });
  });

  test("are a schedule of the project on GitLab, with the command that creates it", async () => {
    const { code, output } = await init("gitlab", "--schedule", "0 3 * * *");
    expect(code).toBe(0);
    expect(output).toContain(
      'glab schedule create --cron "0 3 * * *" --cronTimeZone UTC --description apply --ref main --variable LYCEUM_SCHEDULE:apply',
    );
    const rulesOf = (job: string) => parse(read(".gitlab-ci.yml"))[job].rules.map((rule: { if: string }) => rule.if);
    const scheduled = expect.stringMatching(/"schedule" && .*DEFAULT_BRANCH && \$LYCEUM_SCHEDULE == "apply"$/);
    expect(rulesOf(".review")).toEqual([expect.stringContaining('"push"'), scheduled]);
    expect(rulesOf(".apply")).toEqual(rulesOf(".review"));
    expect(rulesOf("drift")).toEqual(['$CI_PIPELINE_SOURCE == "schedule" && $LYCEUM_SCHEDULE != "apply"']);
    expect((await init("gitlab")).output).not.toContain("LYCEUM_SCHEDULE");
  });

  test("are none by default", async () => {
    await init("github");
    expect(events()).toEqual({ push: { branches: ["main"] } });
  });

  test.each([
    [["github", "--schedule", "0 3 * *"], /^--schedule takes five fields of cron/],
    [["github", "--schedule", '0 3 * * *"\n- x'], /^--schedule takes five fields of cron/],
    [["shell", "--schedule", "0 3 * * *"], /^--schedule is for github and gitlab/],
    [["gitlab", "--schedule", '0 3 * * *"; rm x'], /^--schedule takes five fields of cron/],
  ])("the command line %j is refused", async (args, message) => {
    expect(await init(...args)).toMatchObject({ code: 1, complaints: expect.stringMatching(message) });
    expect(written()).toEqual([]);
  });
});
