import { join, relative, sep } from "node:path";
import { outputOf, PulumiCommands, type StackState, type StateResource } from "./commands";
import type { LedgerRun, ReceivedRequest } from "./emulator/control";
import type { EngineName } from "./emulator/emulator";
import type { Canary, InspectedText } from "./golden/canaries";
import { writesIn } from "./golden/counts";
import { Names } from "./golden/names";
import { Narrative, totalsOf } from "./golden/narrative";
import { descendantsOf, kill } from "./processes/processes";
import type { Running } from "./processes/run";
import { ProcessWatcher } from "./processes/watcher";
import { ROOT } from "./root";
import { emulatorIn, Setup } from "./setup";
import { type AskedStep, endingOf, type RunningStep, type StepOptions, type StepResult } from "./step";
import { type HostName, Workspace } from "./workspace";

/** One run of a scenario: an emulator, a program, a stack, and the narrative. */
export class Scenario extends Setup {
  private readonly narrative: Narrative;
  private readonly canaryList: Canary[] = [];
  private readonly outputs: InspectedText[] = [];
  private requestsListed = 0;

  readonly pulumi: PulumiCommands;
  readonly names: Names;
  readonly watcher: ProcessWatcher;

  private constructor(
    readonly options: ScenarioOptions,
    ...parts: ConstructorParameters<typeof Setup>
  ) {
    super(...parts);
    const { work, emulator } = this;
    this.pulumi = new PulumiCommands(work.program, this.environment);
    this.names = new Names(options.namedByLabel);
    this.names.fix(emulator.url, "<emulator>");
    this.names.fix(work.program, "<program>");
    this.names.fix(work.home, "<home>");
    this.watcher = new ProcessWatcher((_fresh, all) => descendantsOf(emulator.pid, all));
    this.narrative = new Narrative(this.names, () => work.programFiles());
    this.plant("api_key", emulator.apiKey);
  }

  /** Creates a copy of the program, an emulator, and an empty stack `dev`. */
  static async begin(options: ScenarioOptions): Promise<Scenario> {
    const host = options.host === "plugin" ? options.host : undefined;
    // The name contains the path, because two folders below `tests` may have the same name but must not share a work
    // folder.
    const folder = relative(join(ROOT, "tests"), options.folder).split(sep);
    const name = [...folder, options.variant, options.engine, host].filter((part) => part !== undefined).join("-");
    const work = new Workspace(name, options.programFolder, options.host);
    const scenario = new Scenario(options, ...(await emulatorIn(work, options.engine)));
    try {
      await scenario.pulumi.quietly(["stack", "init"]);
    } catch (error) {
      await scenario.abandon();
      throw error;
    }
    return scenario;
  }

  get engine(): EngineName {
    return this.options.engine;
  }

  /** Adds a secret that may be in requests, but in no other text. */
  plant(name: string, value: string): void {
    const canary = { name, value };
    this.canaryList.push(canary);
    this.names.fixCanary(canary);
  }

  /** Returns the secrets of the scenario. */
  get canaries(): readonly Canary[] {
    return this.canaryList;
  }

  /** Returns everything that commands have printed so far. */
  get output(): readonly InspectedText[] {
    return this.outputs;
  }

  /** Runs `up` without a preview, because a preview would only repeat the output. */
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

  /** Runs a command of the CLI to its end and adds it to the narrative. */
  step(title: string, args: readonly string[], options: StepOptions = {}): Promise<StepResult> {
    return this.beginStep(title, args, options).ended();
  }

  /** Starts a command of the CLI. */
  beginStep(title: string, args: readonly string[], options: StepOptions = {}): RunningStep {
    const { deadlineSeconds, env = {} } = options;
    const limit = deadlineSeconds === undefined ? {} : { deadlineSeconds };
    const running = this.pulumi.start(args, { ...limit, env }, options.program);
    let interruption: AskedStep["interruption"];
    let interrupts = 0;
    return {
      pid: running.pid,
      kill: async () => {
        interruption = "killed";
        running.killAlone();
        await running.ended;
      },
      interrupt: () => {
        interrupts++;
        if (interrupts > 1) interruption = "broken off";
        kill(-running.pid, "SIGINT");
      },
      ended: () => this.recordStep({ title, args, options, interruption }, running),
    };
  }

  /** Adds a line of the scenario itself to the narrative. */
  print(line: string): void {
    this.narrative.print(line);
  }

  /**
   * Leaves the requests since the last step out of the narrative, because their number depends on timing if a process
   * was abandoned.
   */
  async leaveRequestsOut(): Promise<readonly ReceivedRequest[]> {
    return this.newRequests();
  }

  /** Changes a file of the program. */
  edit(file: string, change: (text: string) => string): void {
    const before = this.work.read(file);
    const after = change(before);
    if (after === before) throw new Error(`The edit of ${file} changes nothing.`);
    this.work.write(file, after);
  }

  /** Returns all started runs, oldest first. */
  async runs(): Promise<readonly LedgerRun[]> {
    const runs = await this.control.executions();
    for (const run of runs) this.names.execution(run.executionId, run.fileName);
    return runs;
  }

  state(): Promise<StackState> {
    return this.pulumi.exported();
  }

  /** Returns the resource of the state that has this name. */
  async resource(name: string): Promise<StateResource> {
    const { deployment } = await this.state();
    const found = deployment.resources?.find(({ urn }) => urn.endsWith(`::${name}`));
    if (found === undefined) throw new Error(`The state holds no resource ${name}.`);
    return found;
  }

  /** Compares the narrative with the golden file. */
  async compare(): Promise<void> {
    const { folder, variant, engine, host } = this.options;
    const golden = host === "plugin" ? join("golden", host) : "golden";
    this.narrative.compare(join(folder, golden), variant, engine, await this.runs());
  }

  override async abandon(): Promise<void> {
    this.watcher.stop();
    await super.abandon();
  }

  private async recordStep(step: AskedStep, running: Running): Promise<StepResult> {
    const { title, args, options } = step;
    const result = await running.ended;
    const text = outputOf(result);
    this.outputs.push({ where: `what "${title}" printed`, text });
    const requests = await this.newRequests();
    const listed = options.writesOnly === true ? writesIn(requests) : requests;
    const style = options.requests ?? "in order";
    const { wanted, was } = endingOf(step, result);
    const shown = options.totalsOnly === true ? totalsOf(text) : text;
    this.narrative.step({
      title,
      args,
      program: options.program,
      ending: was,
      output: step.interruption === undefined ? shown : undefined,
      requests: listed,
      style,
    });
    if (was !== wanted) throw new Error(`"${title}" ended with ${result.exitCode ?? result.signal}:\n${text}`);
    return { ...result, output: text, requests };
  }

  private async newRequests(): Promise<readonly ReceivedRequest[]> {
    const all = await this.control.requests();
    const fresh = all.slice(this.requestsListed);
    this.requestsListed = all.length;
    await this.runs();
    return fresh;
  }
}

/** The location and the options of a scenario. */
interface ScenarioOptions {
  /** The folder of the scenario, with `program/` and `golden/`. */
  readonly folder: string;
  readonly engine: EngineName;
  /**
   * The name of a further scenario in the same folder. The program of this scenario is in `program-<variant>/`, if this
   * folder exists, and its golden file is `golden/<variant>-<engine>.txt`.
   */
  readonly variant?: string;
  readonly programFolder: string;
  /** Default: dynamic. */
  readonly host?: HostName;
  /** Whether many runs start at once, without a fixed order. If so, the narrative names runs after their labels. */
  readonly namedByLabel?: boolean;
}
