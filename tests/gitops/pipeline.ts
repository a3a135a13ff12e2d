import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outputOf, type StackState } from "../harness/commands";
import type { Control } from "../harness/emulator/control";
import { type Emulator, type EngineName, startEmulator } from "../harness/emulator/emulator";
import { emulatorEnvironment, LOADED_WHEN_USED, MARKER, pulumiEnvironment } from "../harness/environment";
import { type Canary, describeSightings, type InspectedText, scan } from "../harness/golden/canaries";
import { startsIn } from "../harness/golden/counts";
import { kill, marked, type ProcessInfo } from "../harness/processes/processes";
import { type Running, start } from "../harness/processes/run";
import { pulumiFolder } from "../harness/processes/tools";
import { ROOT } from "../harness/root";
import { waitUntil } from "../harness/wait";
import { type HostName, textsBelow, Workspace } from "../harness/workspace";

const MAIN = join(ROOT, "dist", "cli", "main.js");
const PASSWORD = "registry-password-canary-5711";

/** How a command of the pipeline ended. */
export interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  /** Starts that the emulator was asked for meanwhile. */
  readonly starts: number;
}

/** A pipeline that calls `pulumi-lyceum ci` on a repository: a folder with a program, an emulator, a backend. */
export class Pipeline {
  private readonly outputs: InspectedText[] = [];
  private readonly marker: string;

  private constructor(
    readonly work: Workspace,
    readonly emulator: Emulator,
    private readonly env: Readonly<Record<string, string>>,
    marker: string,
  ) {
    this.marker = marker;
  }

  /** Runs a scenario in a pipeline of its own, and ends all of its processes also where it fails. */
  static async run(
    name: string,
    program: string,
    host: HostName,
    act: (pipeline: Pipeline) => Promise<void>,
    engine?: EngineName,
    more?: Readonly<Record<string, string>>,
  ): Promise<void> {
    const pipeline = await Pipeline.begin(name, program, host, engine, more);
    try {
      await act(pipeline);
    } catch (error) {
      await pipeline.killAll();
      await pipeline.emulator.stop();
      throw error;
    }
    await pipeline.close();
  }

  /** Sets up a repository with the program in `tests/gitops/<program>`. Nothing is in the backend yet. */
  private static async begin(
    name: string,
    program: string,
    host: HostName,
    engine: EngineName = "simulated",
    more: Readonly<Record<string, string>> = {},
  ): Promise<Pipeline> {
    const work = new Workspace(`gitops-${name}`, join(__dirname, program), host);
    const marker = `gitops-${name}-${process.pid}-${Date.now()}`;
    const environment = emulatorEnvironment(work, `${marker}-emulator`);
    const emulator = await startEmulator(engine, join(work.emulator, "data"), environment);
    const env = {
      ...pulumiEnvironment(work, pulumiFolder(), marker, emulator),
      ...LOADED_WHEN_USED,
      REGISTRY_PASSWORD: PASSWORD,
      ...more,
    };
    return new Pipeline(work, emulator, env, marker);
  }

  /** Starts `pulumi-lyceum ci …` on the stack `dev`. */
  start(operation: string, ...args: readonly string[]): Running & { readonly shown: () => string } {
    const line = [MAIN, "ci", operation, "--stack", "dev", ...args];
    let shown = "";
    const onOutput = (chunk: string) => {
      shown += chunk;
    };
    const options = { cwd: this.work.program, env: this.env, deadlineSeconds: 150, onOutput, onError: onOutput };
    return { ...start(process.execPath, line, options), shown: () => shown };
  }

  /** Runs it to its end. */
  async ci(operation: string, ...args: readonly string[]): Promise<Ended> {
    return this.ended(this.start(operation, ...args));
  }

  /** Runs the Pulumi CLI itself. */
  async pulumi(...args: readonly string[]): Promise<Ended> {
    return this.ended(start("pulumi", args, { cwd: this.work.program, env: this.env, deadlineSeconds: 150 }));
  }

  /** Waits for the end of a command. */
  async ended(running: Running): Promise<Ended> {
    const before = startsIn(await this.emulator.control.requests());
    const result = await running.ended;
    const output = outputOf(result);
    this.outputs.push({ where: "the output of a command", text: output });
    return { exitCode: result.exitCode, output, starts: startsIn(await this.emulator.control.requests()) - before };
  }

  get control(): Control {
    return this.emulator.control;
  }

  /** How many starts there were in all. */
  async starts(): Promise<number> {
    return startsIn(await this.emulator.control.requests());
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

  /** The state of the stack. */
  async state(): Promise<StackState> {
    const args = ["stack", "export", "--stack", "dev", "--non-interactive"];
    const { stdout } = await start("pulumi", args, { cwd: this.work.program, env: this.env, deadlineSeconds: 60 })
      .ended;
    return JSON.parse(stdout) as StackState;
  }

  /** Processes of commands that are still there. */
  processes(): readonly ProcessInfo[] {
    return marked(`${MARKER}=${this.marker}`);
  }

  /** Kills every process of the commands at once, as the end of a container does. */
  async killAll(): Promise<void> {
    for (const { pid } of this.processes()) kill(pid);
    await waitUntil("the processes to end", 10, () => this.processes().length === 0);
  }

  /** Ends everything, and looks for secrets in what anybody may see. */
  private async close(): Promise<void> {
    await this.killAll();
    const log = this.emulator.log().split("\n");
    await this.emulator.stop();
    const key: Canary = { name: "api_key", value: this.emulator.apiKey };
    const canaries = [key, { name: "registry_password", value: PASSWORD }];
    const { program, state, home, pulumiHome, temporary } = this.work;
    const files = [program, state, home, pulumiHome, temporary].flatMap((folder) =>
      textsBelow(folder).map(({ path, text }) => ({ where: join(folder, path), text })),
    );
    const emulated = {
      where: "the log of the emulator",
      text: log.filter((line) => !line.startsWith('{"')).join("\n"),
    };
    // The scan itself finds a planted one.
    expect(scan([{ where: "planted", text: `x${PASSWORD}y` }], canaries)).toHaveLength(1);
    expect(describeSightings(scan([...this.outputs, ...files, emulated], canaries))).toBe("");
    rmSync(this.work.base, { recursive: true, force: true });
  }
}
