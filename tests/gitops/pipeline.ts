import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { validAllReport, validReport } from "../../cli/ci/testing/reports";
import { withoutReadyLine } from "../harness/closing";
import { outputOf, PulumiCommands, type StackState } from "../harness/commands";
import { type Canary, describeSightings, type InspectedText, scan } from "../harness/golden/canaries";
import { type Running, start } from "../harness/processes/run";
import { ROOT } from "../harness/root";
import { emulatorIn, Setup } from "../harness/setup";
import { removeEmptyAttributes } from "../harness/state-file";
import { type HostName, textsBelow, Workspace } from "../harness/workspace";

const MAIN = join(ROOT, "dist", "cli", "main.js");
const PASSWORD = "registry-password-canary-5711";

/** The result of a command of the pipeline. */
export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  /** Starts that the emulator received during the command. */
  readonly starts: number;
}

/** A command `pulumi-lyceum ci …` that runs. */
export interface Started extends Running {
  /** The output so far. */
  readonly shown: () => string;
  /** The file of the command's report, which `ended` checks. */
  readonly report: string;
}

/**
 * A pipeline that calls `pulumi-lyceum ci` on a repository. The repository is a folder with a program, an emulator and
 * a backend.
 */
export class Pipeline extends Setup {
  private readonly outputs: InspectedText[] = [];
  private reports = 0;
  private readonly env: Readonly<Record<string, string>>;

  private constructor(more: Readonly<Record<string, string>>, ...parts: ConstructorParameters<typeof Setup>) {
    super(...parts);
    this.env = { ...this.environment, REGISTRY_PASSWORD: PASSWORD, ...more };
  }

  /**
   * Runs a scenario in a new pipeline, with the program in `tests/gitops/<program>` and an empty backend. At the end,
   * all processes of the pipeline are ended, even if the scenario fails. `more` contains environment variables.
   */
  static async run(
    name: string,
    program: string,
    host: HostName,
    act: (pipeline: Pipeline) => Promise<void>,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const work = new Workspace(`gitops-${name}`, join(__dirname, program), host);
    const pipeline = new Pipeline(more, ...(await emulatorIn(work)));
    try {
      await act(pipeline);
    } catch (error) {
      await pipeline.abandon();
      throw error;
    }
    await pipeline.close();
  }

  /** Starts `pulumi-lyceum ci …` on the stack `dev`. */
  start(operation: string, ...args: readonly string[]): Started {
    // Every command writes its report, and every report is checked.
    const named = args[args.indexOf("--json") + 1];
    this.reports += 1;
    const report = args.includes("--json") && named !== undefined ? named : `out/report-${this.reports}.json`;
    rmSync(join(this.work.program, report), { force: true });
    const more = args.includes("--json") ? [] : ["--json", report];
    const line = [MAIN, "ci", operation, "--stack", "dev", ...args, ...more];
    let shown = "";
    const onOutput = (chunk: string) => {
      shown += chunk;
    };
    const options = { cwd: this.work.program, env: this.env, onOutput, onError: onOutput };
    return { ...start(process.execPath, line, options), shown: () => shown, report };
  }

  /** Runs `pulumi-lyceum ci …` to its end. */
  async ci(operation: string, ...args: readonly string[]): Promise<Ended> {
    return this.ended(this.start(operation, ...args));
  }

  /** Runs the Pulumi CLI itself. */
  async pulumi(...args: readonly string[]): Promise<Ended> {
    return this.ended(start("pulumi", args, { cwd: this.work.program, env: this.env }));
  }

  /** Waits for the end of a command. */
  async ended(running: Running & Partial<Pick<Started, "report">>): Promise<Ended> {
    const before = await this.starts();
    const result = await running.ended;
    const output = outputOf(result);
    this.outputs.push({ where: "the output of a command", text: output });
    // Only a command that was killed, or that has an invalid command line, writes no report.
    const hasReport =
      running.report !== undefined && result.exitCode !== null && !output.includes("lists the options.");
    if (hasReport) checkReport(this.read(running.report ?? ""), result.exitCode);
    return { exitCode: result.exitCode, output, starts: (await this.starts()) - before };
  }

  /** A file that a command has written, in the folder of the program. */
  read(file: string): string {
    return readFileSync(join(this.work.program, file), "utf8");
  }

  /** Changes a file of the repository. */
  write(file: string, text: string): void {
    writeFileSync(join(this.work.program, file), text);
  }

  /** The files of the lock of the stack. */
  locks(): readonly string[] {
    const folder = join(this.work.state, ".pulumi", "locks");
    const files = existsSync(folder) ? textsBelow(folder).map(({ path }) => path) : [];
    return files.filter((path) => path.endsWith(".json"));
  }

  /** Removes what a killed Pulumi CLI may leave next to the state of the stack. */
  repair(): void {
    removeEmptyAttributes(join(this.work.state, ".pulumi", "stacks", "story", "dev.json"));
  }

  /** The state of the stack. */
  state(): Promise<StackState> {
    return new PulumiCommands(this.work.program, this.env).exported();
  }

  /** Ends everything, and searches texts that others can read for secrets. */
  private async close(): Promise<void> {
    await this.killAll();
    await this.emulator.stop();
    const key: Canary = { name: "api_key", value: this.emulator.apiKey };
    const canaries = [key, { name: "registry_password", value: PASSWORD }];
    const { program, state, home, pulumiHome, temporary } = this.work;
    const files = [program, state, home, pulumiHome, temporary].flatMap((folder) =>
      textsBelow(folder).map(({ path, text }) => ({ where: join(folder, path), text })),
    );
    const emulated = { where: "the log of the emulator", text: withoutReadyLine(this.emulator.log()) };
    // The test plants a secret, and the search finds it.
    expect(scan([{ where: "planted", text: `x${PASSWORD}y` }], canaries)).toHaveLength(1);
    expect(describeSightings(scan([...this.outputs, ...files, emulated], canaries))).toBe("");
    this.work.remove();
  }
}

/** A report of one stack, or the reports of all stacks of a repository. */
function checkReport(text: string, exitCode: number): void {
  if ("stacks" in JSON.parse(text)) validAllReport(text, exitCode);
  else validReport(text, exitCode);
}
