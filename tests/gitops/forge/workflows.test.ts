import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../../harness/root";

const example = join(ROOT, "examples", "gitops");
const folder = join(example, ".github", "workflows");
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
const texts = [
  ...workflows,
  ...[".gitlab-ci.yml", "pipeline.sh"].map((name) => ({ name, text: readFileSync(join(example, name), "utf8") })),
];

/** Operations of `ci` in a text. */
function operationsIn(text: string): readonly string[] {
  return [...text.matchAll(/pulumi-lyceum ci ("\$operation"|\w+)/g)].map(([, operation = ""]) => operation);
}

test("every pipeline calls the same commands", () => {
  const called = Object.fromEntries(texts.map(({ name, text }) => [name, operationsIn(text)]));
  expect(called).toEqual({
    "apply.yml": ["preview", "apply"],
    "drift.yml": ["drift"],
    "preview.yml": ["preview"],
    ".gitlab-ci.yml": ["preview", "preview", "apply", "drift"],
    "pipeline.sh": ['"$operation"'],
  });
});

test.each(workflows)("$name pins its actions, only has permissions that a job names, and runs alone", ({ text }) => {
  const uses = [...text.matchAll(/uses: (.*)/g)].map(([, action = ""]) => action);
  expect(uses.length).toBeGreaterThan(0);
  for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  const { permissions, concurrency, jobs } = parse(text) as {
    permissions: object;
    concurrency?: { group: string };
    jobs: Record<
      string,
      { "timeout-minutes": number; permissions: Record<string, string>; concurrency?: { group: string } }
    >;
  };
  expect(permissions).toEqual({});
  for (const job of Object.values(jobs)) {
    expect(job["timeout-minutes"]).toBeGreaterThan(0);
    expect(job.permissions.contents).toBe("read");
    expect((job.concurrency ?? concurrency)?.group).toBeTruthy();
  }
});

test("an apply is never cancelled for another one, and gets the signals of its job directly", () => {
  const text = workflows.find(({ name }) => name === "apply.yml")?.text ?? "";
  const { jobs } = parse(text) as { jobs: { apply: { concurrency: { "cancel-in-progress": boolean } } } };
  expect(jobs.apply.concurrency["cancel-in-progress"]).toBe(false);
  expect(text).toMatch(/run: exec node_modules\/\.bin\/pulumi-lyceum ci apply/);
});

test("the pipeline for GitLab only names existing stages, jobs and templates", () => {
  interface GitlabJob {
    readonly stage?: string;
    readonly extends?: string;
    readonly needs?: readonly string[];
  }
  type Pipeline = Readonly<Record<string, GitlabJob>> & { readonly stages: readonly string[] };
  const unknownIn = (text: string): readonly string[] => {
    const { stages, default: _usual, ...jobs } = parse(text) as Pipeline;
    return Object.values(jobs).flatMap((job) => {
      const names = [job.extends ?? [], job.needs ?? []].flat();
      const stage = job.stage === undefined || stages.includes(job.stage) ? [] : [job.stage];
      return [...names.filter((name) => !Object.hasOwn(jobs, name)), ...stage];
    });
  };
  const text = texts.find(({ name }) => name === ".gitlab-ci.yml")?.text ?? "";
  expect(unknownIn(text)).toEqual([]);
  expect(unknownIn(text.replace("extends: .apply", "extends: .aply"))).toEqual([".aply"]);
  expect(unknownIn(text.replace("needs: [review-dev]", "needs: [apply]"))).toEqual(["apply"]);
  expect(unknownIn(text.replace("stage: drift", "stage: watch"))).toEqual(["watch"]);
});

test("secrets only come from the environment, and no command line contains one", () => {
  for (const { name, text } of texts) {
    const lines = text.split("\n").filter((line) => /secrets\.|API_KEY|PASSPHRASE/.test(line));
    const other = lines.filter((line) => !/^\s*(#.*|[A-Z_]+: \$\{\{ secrets\.[A-Z_]+ \}\}( #.*)?)$/.test(line));
    expect([name, other]).toEqual([name, []]);
  }
});
