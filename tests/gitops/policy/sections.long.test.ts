import { execFileSync } from "node:child_process";
import { ONE_HOST } from "../../harness/register";
import { Pipeline } from "../pipeline";

const [HOST] = ONE_HOST;
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

const refusals = (output: string) => [...new Set(output.match(/\b(?:error|warning) LYC51\d\d: .*/g))];

/** Makes the folder of the program a Git repository. Its branch `main` contains the present files. */
function commitAll({ work: { program } }: Pipeline): void {
  const git = (...args: readonly string[]) => execFileSync("git", ["-C", program, ...args], { stdio: "pipe" });
  git("init", "-q", "-b", "main");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "add", "lyceum-policy.yaml");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "a");
}

test(`a pull request cannot loosen its own policy (${HOST})`, () =>
  Pipeline.run(`policy-ref-${HOST}`, "program", HOST, async (pipeline) => {
    pipeline.write("lyceum-policy.yaml", "stacks: { 'd*': { maxTimeout: 60 } }\n");
    commitAll(pipeline);
    pipeline.write("lyceum-policy.yaml", "maxTimeout: 600\n");
    expect(await pipeline.ci("preview")).toMatchObject({ exitCode: 0 });
    const line =
      "error LYC5101: Web: timeout is 300 s, at most 60 s are allowed. Lower `timeout` or `gracefulTimeout`.";
    const preview = await pipeline.ci("preview", "--policy-ref", "main");
    expect([preview.exitCode, refusals(preview.output)]).toEqual([1, [expect.stringMatching(new RegExp(line, "i"))]]);
    const apply = await pipeline.ci("apply", "--policy-ref", "main");
    expect([apply.exitCode, apply.starts, refusals(apply.output)]).toEqual([1, 0, refusals(preview.output)]);
    const unknown = await pipeline.ci("apply", "--policy-ref", "origin/main");
    expect(unknown).toMatchObject({
      exitCode: 1,
      starts: 0,
      output: expect.stringContaining("LYC5100: The policy lyceum-policy.yaml of origin/main cannot be read"),
    });
  }));

test(`costs, active runs, labels and hours are checked before anything starts (${HOST})`, () =>
  Pipeline.run(`policy-sections-${HOST}`, "program", HOST, async (pipeline) => {
    const far = DAYS[(new Date().getUTCDay() + 3) % 7];
    const hours = `{ days: [${far}], from: "00:00", to: "24:00", timeZone: UTC }`;
    const rules = "maxCostPerRun: 0.001\nmaxCostPerMonth: 0.001\nparallelRuns: 1\nfileName: [team-*]\n";
    pipeline.write("lyceum-policy.yaml", `${rules}workingHours: ${hours}\n`);
    const codes = async (command: string) => {
      const { exitCode, output, starts } = await pipeline.ci(command);
      const found = [...output.matchAll(/\b(error|warning) (LYC51\d\d): (job|web)?/gi)];
      return [exitCode, starts, [...new Set(found.map(([, severity, code]) => `${severity} ${code}`))].sort()];
    };
    const refused = ["error LYC5109", "error LYC5110", "error LYC5111", "error LYC5112"];
    expect(await codes("preview")).toEqual([1, 0, [...refused, "warning LYC5113"]]);
    expect(await codes("apply")).toEqual([1, 0, [...refused, "error LYC5113"].sort()]);

    // The same rules only warn, and a protected resource is neither deleted nor replaced.
    const warn = rules.replace(/^/gm, "  ").trimEnd();
    pipeline.write("lyceum-policy.yaml", `warn:\n${warn}\nprotected: [we*]\n`);
    expect(await codes("apply")).toEqual([0, 2, refused.map((one) => one.replace("error", "warning"))]);
    const destroy = await pipeline.ci("destroy");
    expect([destroy.exitCode, refusals(destroy.output)]).toEqual([
      1,
      [expect.stringMatching(/^error LYC5114: web: it would be deleted, and we\* protects it/i)],
    ]);
    expect((await pipeline.control.executions()).filter(({ status }) => status === "running")).toHaveLength(1);
    const executions = JSON.parse(pipeline.read("executions.json"));
    pipeline.write("executions.json", JSON.stringify({ ...executions, web: { ...executions.web, triggers: ["2"] } }));
    expect(await pipeline.ci("apply")).toMatchObject({
      exitCode: 1,
      starts: 0,
      output: expect.stringMatching(/error LYC5114: web: it would be replaced/i),
    });
    // Under another name, nothing would protect it any more.
    const { web, ...others } = executions;
    pipeline.write("executions.json", JSON.stringify({ ...others, page: { ...web, formerly: "web" } }));
    expect(await pipeline.ci("apply")).toMatchObject({
      exitCode: 1,
      starts: 0,
      output: expect.stringMatching(/error LYC5114: web: it would be renamed, and we\* protects it/i),
    });
    const exception = "{ rule: protected, resource: web, until: 9999-12-31, reason: its end }";
    pipeline.write("lyceum-policy.yaml", `protected: [we*]\nexceptions: [${exception}]\n`);
    expect(await pipeline.ci("destroy")).toMatchObject({ exitCode: 0 });
  }));

test(`a program that declares something else at the update is refused there (${HOST})`, () =>
  Pipeline.run(`policy-update-${HOST}`, "program", HOST, async (pipeline) => {
    pipeline.write("lyceum-policy.yaml", "maxTimeout: 60\nexecutionTypes: [cpu]\n");
    pipeline.write("executions.json", JSON.stringify({ job: { composeFile: "job.yaml", timeout: 60 } }));
    const more = JSON.stringify({ composeFile: "job.yaml", timeout: 600 });
    const index = pipeline.read("index.js");
    pipeline.write(
      "index.js",
      index.replace("const made = {}", `if (!pulumi.runtime.isDryRun()) executions.job = ${more};\nconst made = {}`),
    );
    expect(await pipeline.ci("preview")).toMatchObject({ exitCode: 0 });
    const apply = await pipeline.ci("apply");
    expect([apply.exitCode, apply.starts]).toEqual([1, 0]);
    expect(apply.output).toContain("LYC5101: timeout is 600 s, at most 60 s are allowed.");
  }));
