import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, delimiter, join } from "node:path";
import { outputOf } from "../../harness/commands";
import type { EngineName } from "../../harness/emulator/emulator";
import { type Canary, describeSightings, type InspectedText, scan } from "../../harness/golden/canaries";
import { type Running, start } from "../../harness/processes/run";
import { ROOT } from "../../harness/root";
import { emulatorIn, Setup } from "../../harness/setup";
import { Workspace } from "../../harness/workspace";
import { type ArtifactStep, type Job, readWorkflow } from "./workflow";

const EXAMPLE = join(ROOT, "examples", "gitops");
const REQUEST = "7";

/** The result of a job in a workflow. */
export interface JobResult {
  readonly exitCode: number;
  readonly output: string;
  /** The folder of the checkout in which the job ran. */
  readonly folder: string;
  /** Starts that the service received during the job. */
  readonly starts: number;
}

/**
 * A small Git forge on this machine. It has a Git server with a hook that records each push, a developer's clone of
 * `examples/gitops`, and a runner that checks out a commit and runs the commands of a workflow.
 */
export class Forge extends Setup {
  private readonly outputs: InspectedText[] = [];
  private checkouts = 0;
  private readonly env = {
    ...this.environment,
    REPOSITORY_ROOT: ROOT,
    COMMENTS: join(this.work.base, "comments.json"),
    GITHUB_REPOSITORY: "example/runs",
    GIT_CONFIG_GLOBAL: join(this.work.base, "gitconfig"),
    PATH: [join(__dirname, "..", "tools"), this.environment.PATH ?? ""].join(delimiter),
  };

  /** @param program the folder of the example that becomes `infra`: the stack in YAML, or the one in TypeScript */
  static async begin(name: string, program: "infra" | "infra-typescript", engine: EngineName): Promise<Forge> {
    const forge = new Forge(...(await emulatorIn(new Workspace(`forge-${name}`, join(EXAMPLE, program)), engine)));
    forge.setUp(program);
    return forge;
  }

  private setUp(program: string): void {
    const server = join(this.work.base, "server.git");
    mkdirSync(server);
    writeFileSync(
      join(this.work.base, "gitconfig"),
      "[user]\nname = Dev\nemail = dev@example.com\n[init]\ndefaultBranch = main\n",
    );
    this.git(server, "init", "--quiet", "--bare");
    const hook = join(server, "hooks", "post-receive");
    writeFileSync(hook, '#!/bin/sh\nwhile read -r old new ref; do echo "$new $ref" >> ../pushes; done\n');
    chmodSync(hook, 0o755);
    this.git(this.work.base, "clone", "--quiet", server, "developer");
    cpSync(EXAMPLE, this.developer, { recursive: true });
    if (program !== "infra") {
      rmSync(join(this.developer, "infra"), { recursive: true });
      cpSync(join(EXAMPLE, program), join(this.developer, "infra"), { recursive: true });
    }
    rmSync(join(this.developer, "infra-typescript"), { recursive: true });
  }

  /** The developer's clone. */
  get developer(): string {
    return join(this.work.base, "developer");
  }

  /** Runs Git as the developer. */
  git(folder: string, ...args: readonly string[]): string {
    return execFileSync("git", args, {
      cwd: folder,
      env: this.env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  }

  /** Replaces a text in a file of the developer's clone. */
  edit(file: string, from: string, to: string): void {
    const path = join(this.developer, file);
    const before = readFileSync(path, "utf8");
    if (!before.includes(from)) throw new Error(`${file} does not hold ${from}.`);
    writeFileSync(path, before.replace(from, to));
  }

  /** Commits everything and pushes. Returns the commit that the server's hook recorded. */
  push(branch: string, message: string): string {
    this.git(this.developer, "checkout", "--quiet", "-B", branch);
    this.git(this.developer, "add", "--all");
    this.git(this.developer, "commit", "--quiet", "--allow-empty", "--message", message);
    return this.pushed(branch);
  }

  /** Merges a branch into main, and pushes main. */
  merge(branch: string): string {
    this.git(this.developer, "checkout", "--quiet", "main");
    this.git(this.developer, "merge", "--quiet", "--no-ff", "--message", `Merge ${branch}`, branch);
    return this.pushed("main");
  }

  private pushed(branch: string): string {
    this.git(this.developer, "push", "--quiet", "origin", branch);
    const [commit = "", ref = ""] =
      readFileSync(join(this.work.base, "pushes"), "utf8").trim().split("\n").at(-1)?.split(" ") ?? [];
    if (ref !== `refs/heads/${branch}`) throw new Error(`The server has noted ${ref}, not ${branch}.`);
    return commit;
  }

  /** Checks out a commit from the server into an empty folder, as a runner does. */
  checkOut(commit: string): string {
    this.checkouts += 1;
    const folder = join(this.work.base, `runner-${this.checkouts}`);
    this.git(this.work.base, "clone", "--quiet", join(this.work.base, "server.git"), folder);
    this.git(folder, "checkout", "--quiet", "--detach", commit);
    return folder;
  }

  /** The jobs of a workflow of the repository, for the stack `dev`. */
  private jobs(folder: string, workflow: string): ReturnType<typeof readWorkflow> {
    return readWorkflow(join(folder, ".github", "workflows", workflow), {
      "matrix.stack": "dev",
      "vars.PULUMI_BACKEND_URL": this.environment.PULUMI_BACKEND_URL ?? "",
      "secrets.PULUMI_CONFIG_PASSPHRASE": this.environment.PULUMI_CONFIG_PASSPHRASE ?? "",
      "secrets.PULUMI_ACCESS_TOKEN": "",
      "secrets.LYCEUM_API_KEY": this.emulator.apiKey,
      "github.token": "token-of-the-job",
      "github.event.pull_request.number": REQUEST,
    });
  }

  /**
   * Runs the jobs of a workflow on a commit, each in a separate checkout. A job that needs a failed job does not run.
   * Returns the result of the last job that ran.
   *
   * @param between runs before each job except the first, like a person who approves the job later
   */
  async run(workflow: string, commit: string, between?: () => Promise<void>): Promise<JobResult> {
    const before = await this.starts();
    const failed = new Set<string>();
    let output = "";
    let last: Pick<JobResult, "exitCode" | "folder"> | undefined;
    for (const [name, job] of this.jobs(this.checkOut(commit), workflow)) {
      if (job.needs.some((need) => failed.has(need))) {
        failed.add(name);
        continue;
      }
      if (last !== undefined) await between?.();
      const folder = this.checkOut(commit);
      // For a pull request, a forge runs the workflow on the merge into the base branch.
      if (workflow === "preview.yml") {
        this.git(folder, "checkout", "--quiet", "--detach", "origin/main");
        this.git(folder, "merge", "--quiet", "--no-ff", "--message", "Merge", commit);
      }
      const ended = await this.runJob(job, folder);
      output += ended.output;
      if (ended.exitCode !== 0) failed.add(name);
      last = { exitCode: ended.exitCode, folder };
    }
    if (last === undefined) throw new Error(`${workflow} has no job.`);
    return { ...last, output, starts: (await this.starts()) - before };
  }

  private async runJob(job: Job, folder: string): Promise<Pick<JobResult, "exitCode" | "output">> {
    let output = "";
    let exitCode = 0;
    for (const step of job.steps) {
      if (exitCode !== 0 && !step.always) continue;
      if (step.kind !== "run") {
        this.artifact(step, folder);
        continue;
      }
      const ended = await this.shell(join(folder, step.folder), step.run, step.env).ended;
      output += outputOf(ended);
      this.outputs.push({ where: `the output of ${step.name}`, text: outputOf(ended) });
      if (exitCode === 0) exitCode = ended.exitCode ?? 137;
    }
    return { exitCode, output };
  }

  /** Stores an artifact, or fetches it into the folder that the step names. */
  private artifact({ kind, name, paths }: ArtifactStep, folder: string): void {
    const store = join(this.work.base, "artifacts", name);
    if (kind === "download") {
      cpSync(store, join(folder, paths[0] ?? "."), { recursive: true });
      return;
    }
    rmSync(store, { recursive: true, force: true });
    for (const path of paths) {
      const from = join(folder, path);
      // An artifact of one folder contains what is in the folder. An artifact of several files keeps their names.
      const to = paths.length === 1 && path.endsWith("/") ? store : join(store, basename(path));
      if (existsSync(from)) cpSync(from, to, { recursive: true });
    }
  }

  /** Runs a command line as a runner does. The command has the API key only if the workflow names it. */
  shell(folder: string, line: string, env: Readonly<Record<string, string>> = {}): Running {
    const { LYCEUM_API_KEY: _key, ...rest }: Readonly<Record<string, string>> = this.env;
    return start("bash", ["-e", "-c", line], { cwd: folder, env: { ...rest, ...env } });
  }

  /** The environment variables that the caller of `pipeline.sh` must set. */
  get secrets(): Readonly<Record<string, string>> {
    return { LYCEUM_API_KEY: this.emulator.apiKey };
  }

  /** The comments on the pull request. */
  comments(): readonly { readonly body: string }[] {
    const file = this.env.COMMENTS;
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
  }

  /** Adds a comment of another person before all others. It looks like the workflow's own comment. */
  commentOfSomebody(body: string): object {
    const comment = { id: 100, user: "somebody", body };
    writeFileSync(this.env.COMMENTS, JSON.stringify([comment, ...this.comments()]));
    return comment;
  }

  /** Ends everything, and searches all texts that others can read for secrets. */
  async close(): Promise<void> {
    await this.killAll();
    await this.emulator.stop();
    const canaries: readonly Canary[] = [
      { name: "api_key", value: this.emulator.apiKey },
      { name: "passphrase", value: this.environment.PULUMI_CONFIG_PASSPHRASE ?? "" },
    ];
    const files = textsIn(this.work.base, [this.work.emulator]);
    // The test plants a secret, and the search finds it.
    expect(scan([{ where: "planted", text: `x${this.emulator.apiKey}y` }], canaries)).not.toEqual([]);
    expect(describeSightings(scan([...this.outputs, ...files], canaries))).toBe("");
    this.work.remove();
  }
}

/** Every file in a folder. Some subfolders are left out. A link, such as that of a package, is not followed. */
function textsIn(folder: string, without: readonly string[]): InspectedText[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): InspectedText[] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return without.includes(path) ? [] : textsIn(path, without);
    return entry.isFile() ? [{ where: path, text: readFileSync(path, "latin1") }] : [];
  });
}
