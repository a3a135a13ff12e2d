import { basename, join } from "node:path";
import type { Canary, Place } from "./canaries";
import { PulumiCommands, type StackState, type StateResource, said } from "./commands";
import type { Control, SeenExecution, SeenRequest } from "./control";
import { writesIn } from "./counts";
import { type Emulator, type EngineName, startEmulator } from "./emulator";
import { emulatorEnvironment, MARKER, pulumiEnvironment } from "./environment";
import { Names } from "./names";
import { Narrative, totalsOf } from "./narrative";
import { marked, type ProcessInfo } from "./processes";
import type { Running } from "./run";
import { type AskedStep, endingOf, type StepOptions, type StepResult, type StepUnderWay } from "./step";
import { pulumiFolder } from "./tools";
import { waitUntil } from "./wait";
import { ProcessWatcher } from "./watcher";
import { Workspace } from "./workspace";

/** Where a story lives and what runs it. */
export interface Telling {
  /** The story's folder: `program/` and `golden/` are in it. */
  readonly folder: string;
  readonly engine: EngineName;
  /** A second story in the same folder: `program-<variant>/` if there is one, `golden/<variant>-<engine>.txt`. */
  readonly variant?: string;
  readonly programFolder: string;
  /** Many runs start at once, in no order of their own: they are named by their labels. */
  readonly namedByLabel?: boolean;
}

/** One telling of a story: an emulator, a program, a stack, and the narrative of what happened. */
export class Story {
  private readonly narrative: Narrative;
  private readonly canaryList: Canary[] = [];
  private readonly outputs: Place[] = [];
  private requestsTold = 0;

  private constructor(
    readonly telling: Telling,
    readonly work: Workspace,
    readonly emulator: Emulator,
    readonly pulumi: PulumiCommands,
    readonly names: Names,
    readonly watcher: ProcessWatcher,
    private readonly marker: string,
  ) {
    this.narrative = new Narrative(names, () => work.programFiles());
  }

  /** Sets the scene: a copy of the program, an emulator, an empty stack `dev`. */
  static async begin(telling: Telling): Promise<Story> {
    const name = [basename(telling.folder), telling.variant, telling.engine]
      .filter((part) => part !== undefined)
      .join("-");
    const work = new Workspace(name, telling.programFolder);
    const marker = `${name}-${process.pid}-${Date.now()}`;
    const emulator = await startEmulator(
      telling.engine,
      join(work.emulator, "data"),
      emulatorEnvironment(work, `${marker}-emulator`),
    );
    const environment = pulumiEnvironment(work, pulumiFolder(), marker, emulator);
    const pulumi = new PulumiCommands(work.program, environment);
    const names = new Names(telling.namedByLabel);
    names.fix(emulator.url, "<emulator>");
    names.fix(work.program, "<program>");
    const watcher = new ProcessWatcher(emulator.pid);
    const story = new Story(telling, work, emulator, pulumi, names, watcher, marker);
    story.plant("api_key", emulator.apiKey);
    try {
      await pulumi.quietly(["stack", "init"]);
    } catch (error) {
      await story.abandon();
      throw error;
    }
    return story;
  }

  get engine(): EngineName {
    return this.telling.engine;
  }

  get control(): Control {
    return this.emulator.control;
  }

  /** Names a secret that must turn up nowhere but in requests. */
  plant(name: string, value: string): void {
    const canary = { name, value };
    this.canaryList.push(canary);
    this.names.fixCanary(canary);
  }

  /** The planted secrets. */
  get canaries(): readonly Canary[] {
    return this.canaryList;
  }

  /** Everything that commands have said so far. */
  get said(): readonly Place[] {
    return this.outputs;
  }

  /** `up` without a preview of its own, which would only say everything twice. */
  up(title: string, options?: StepOptions, ...args: readonly string[]): Promise<StepResult> {
    return this.step(title, ["up", "--yes", "--skip-preview", ...args], options);
  }

  preview(title: string, options?: StepOptions, ...args: readonly string[]): Promise<StepResult> {
    return this.step(title, ["preview", "--diff", ...args], options);
  }

  refresh(title: string, options?: StepOptions, ...args: readonly string[]): Promise<StepResult> {
    return this.step(title, ["refresh", "--yes", "--skip-preview", ...args], options);
  }

  destroy(title = "destroy", options?: StepOptions, ...args: readonly string[]): Promise<StepResult> {
    return this.step(title, ["destroy", "--yes", "--skip-preview", ...args], options);
  }

  /** Runs a command of the CLI to its end and writes it into the narrative. */
  step(title: string, args: readonly string[], options: StepOptions = {}): Promise<StepResult> {
    return this.beginStep(title, args, options).ended();
  }

  /** Starts a command of the CLI. */
  beginStep(title: string, args: readonly string[], options: StepOptions = {}): StepUnderWay {
    const running = this.pulumi.start(args, { deadlineSeconds: options.deadlineSeconds ?? 90, env: options.env ?? {} });
    let broken: AskedStep["broken"];
    let interrupts = 0;
    return {
      pid: running.pid,
      kill: async () => {
        broken = "killed";
        running.killAlone();
        await running.ended;
      },
      interrupt: () => {
        interrupts++;
        if (interrupts > 1) broken = "broken off";
        process.kill(-running.pid, "SIGINT");
      },
      ended: () => this.tellStep({ title, args, options, broken }, running),
    };
  }

  /** Adds a line of the teller's own to the narrative. */
  say(line: string): void {
    this.narrative.say(line);
  }

  /** Leaves the requests since the last step out of the narrative: an orphan's, whose number depends on the moment. */
  async leaveRequestsOut(): Promise<readonly SeenRequest[]> {
    return this.newRequests();
  }

  /** Replaces a file of the program. */
  edit(file: string, change: (text: string) => string): void {
    const before = this.work.read(file);
    const after = change(before);
    if (after === before) throw new Error(`The edit of ${file} changes nothing.`);
    this.work.write(file, after);
  }

  /** The runs that were ever started, oldest first. */
  async runs(): Promise<readonly SeenExecution[]> {
    const runs = await this.control.executions();
    for (const run of runs) this.names.execution(run.executionId, run.fileName);
    return runs;
  }

  state(): Promise<StackState> {
    return this.pulumi.exported();
  }

  /** One resource of the state by its name. */
  async resource(name: string): Promise<StateResource> {
    const { deployment } = await this.state();
    const found = deployment.resources?.find(({ urn }) => urn.endsWith(`::${name}`));
    if (found === undefined) throw new Error(`The state holds no resource ${name}.`);
    return found;
  }

  /** Processes that a command of this story started, and that still live. */
  commandProcesses(): readonly ProcessInfo[] {
    return marked(`${MARKER}=${this.marker}`);
  }

  /** Processes of the emulator itself. */
  emulatorProcesses(): readonly ProcessInfo[] {
    return marked(`${MARKER}=${this.marker}-emulator`);
  }

  /** Waits until every process that the commands started has ended. */
  async commandProcessesGone(seconds: number): Promise<void> {
    const names = (): string =>
      this.commandProcesses()
        .map(({ pid, command }) => `${pid} ${command}`)
        .join("\n");
    await waitUntil("the commands' processes to end", seconds, () => this.commandProcesses().length === 0).catch(() => {
      throw new Error(`After ${seconds} s there are still processes of ours:\n${names()}`);
    });
  }

  /** Ends what a killed command has left behind: orphans live on and finish their waits. */
  async endOrphans(): Promise<void> {
    for (const { pid } of this.commandProcesses()) kill(pid);
    await this.commandProcessesGone(10);
  }

  /** Compares the narrative with the golden file. */
  async compare(): Promise<void> {
    const { folder, variant, engine } = this.telling;
    this.narrative.compare(folder, variant, engine, await this.runs());
  }

  /** Ends every process of this story, for a story that failed. */
  async abandon(): Promise<void> {
    this.watcher.stop();
    for (const { pid } of this.commandProcesses()) kill(pid);
    await this.emulator.stop().catch(() => undefined);
  }

  private async tellStep(step: AskedStep, running: Running): Promise<StepResult> {
    const { title, args } = step;
    const result = await running.ended;
    const text = said(result);
    this.outputs.push({ where: `what "${title}" printed`, text });
    const requests = await this.newRequests();
    const told = step.options.writesOnly === true ? writesIn(requests) : requests;
    const telling = step.options.requests ?? "in order";
    const { wanted, was } = endingOf(step, result);
    const shown = step.options.totalsOnly === true ? totalsOf(text) : text;
    this.narrative.step({
      title,
      args,
      ending: was,
      said: step.broken === undefined ? shown : undefined,
      requests: told,
      telling,
    });
    if (was !== wanted) throw new Error(`"${title}" ended with ${result.exitCode ?? result.signal}:\n${text}`);
    return { ...result, said: text, requests };
  }

  private async newRequests(): Promise<readonly SeenRequest[]> {
    const all = await this.control.requests();
    const fresh = all.slice(this.requestsTold);
    this.requestsTold = all.length;
    await this.runs();
    return fresh;
  }
}

/** URN of an execution at the top of the stack. */
export function urnOf(name: string): string {
  return `urn:pulumi:dev::story::pulumi-nodejs:dynamic/lyceum:ComposeExecution::${name}`;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
