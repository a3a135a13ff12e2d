import { setTimeout as sleep } from "node:timers/promises";
import type { LedgerRun } from "../harness/emulator/control";
import { type Cell, cellName } from "./cells";
import { type AskedCommand, type EndedCommand, runCommand } from "./command";
import { argsOf, changed, type DesiredRun, filesOf, fixed, markerIn, markerOf, resourceOf } from "./desired";
import { evidenceOf } from "./evidence";
import { resultOf } from "./ledger";
import { checkConverged, checkDestroyed, checkStarts, type SecondStart, type Trace } from "./oracle";
import { type Plan, planAimedRun, planRun, type Stage } from "./plan";
import { Random } from "./random";
import type { RunReport } from "./report";
import { type InjectedFault, Service } from "./service";
import { readState, type StackContents } from "./state";
import type { ChaosWorkspace, Host, RunFolders } from "./workspace";

/** A person gives up, and so does the script. */
const MOST_TRIES = 9;
/** By then the service is let alone. */
const TRIES_UNDER_FIRE = 3;

/** Plays one run from an empty stack to a destroyed one; `aim` is the one thing that is to happen in it. */
export async function playRun(workspace: ChaosWorkspace, seed: string, run: number, aim?: Cell): Promise<RunReport> {
  const report = await playPlan(
    workspace,
    seed,
    run,
    aim === undefined ? planRun(seed, run) : planAimedRun(seed, run, aim),
  );
  return aim === undefined ? report : { ...report, aim: cellName(aim) };
}

/** Plays a plan; seed and run are what is random on the way. */
export async function playPlan(workspace: ChaosWorkspace, seed: string, run: number, plan: Plan): Promise<RunReport> {
  const player = await Player.enter(workspace, seed, run);
  try {
    await player.play(plan.stages);
  } catch (error) {
    player.violations.push(`the run broke off: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await player.leave();
  }
  return player.report();
}

class Player {
  readonly violations: string[] = [];
  private readonly scenario: string[] = [];
  private readonly begunAt = Date.now();
  private readonly commands: EndedCommand[] = [];
  private readonly traces: Trace[] = [];
  private readonly desiredRuns = new Map<string, DesiredRun>();
  private current: readonly DesiredRun[] = [];
  /** The incarnation of each resource that the plan came to last. */
  private readonly planned = new Map<string, number>();
  private secondStarts: readonly SecondStart[] = [];
  private starts = 0;
  private most = 0;
  private held: InjectedFault | undefined;
  private hostsLeftBehind = 0;
  private leftToTimeout = 0;
  /** The runs that the state held when the stage began, and their resources. */
  private atBegin: ReadonlySet<string> = new Set();

  private constructor(
    private readonly name: string,
    private readonly run: number,
    private readonly runFolder: RunFolders,
    private readonly service: Service,
    private readonly random: Random,
    private readonly host: Host,
  ) {}

  static async enter(workspace: ChaosWorkspace, seed: string, run: number): Promise<Player> {
    const name = `run-${run}`;
    const service = new Service(`${workspace.dir}/${name}-service`);
    await service.start();
    const folders = workspace.makeFolders(name, service);
    return new Player(name, run, folders, service, new Random(`${seed}/${run}/played`), workspace.host);
  }

  async play(stages: readonly Stage[]): Promise<void> {
    for (const stage of stages) {
      this.declare(this.program(stage.desiredRuns));
      this.log(`${stage.title}: ${this.current.map(describe).join("; ") || "nothing is declared"}`);
      this.atBegin = new Set(this.state().executions.flatMap(({ name, executionId }) => [name, executionId]));
      if (await this.untilDone(stage)) await this.check(stage.command);
      if (this.violations.length > 0) return;
    }
  }

  /**
   * What the plan changes is changed; but a text that was fixed meanwhile is changed as it is, under a marker of its
   * own.
   */
  private program(desiredRuns: readonly DesiredRun[]): readonly DesiredRun[] {
    return desiredRuns.map((desired) => {
      const before = this.current.find(({ name }) => name === desired.name);
      const isChanged = desired.incarnation > (this.planned.get(desired.name) ?? 0);
      this.planned.set(desired.name, desired.incarnation);
      if (before === undefined || before.incarnation < desired.incarnation) return desired;
      return isChanged ? changed(before) : before;
    });
  }

  /** Does what a person does until the command has succeeded. @returns whether it has. */
  private async untilDone(stage: Stage): Promise<boolean> {
    for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
      if (this.runFolder.repairBackend()) this.log("an empty file of the backend's is taken away");
      if (this.runFolder.isLocked()) {
        await this.runFolder.pulumi.quietly(["cancel", "--yes"]);
        this.log("pulumi cancel");
      }
      const ended = await this.command({
        command: stage.command,
        args: [stage.command, "--yes", "--skip-preview", "--parallel", "32"],
        starts: this.current.length,
        signal: attempt === 1 ? stage.signal : undefined,
        faults: attempt === 1 ? stage.faults : attempt <= TRIES_UNDER_FIRE ? stage.faultsOfRecovery : [],
        heldSinceBefore: this.held,
      });
      this.held = ended.stillHeld;
      if (this.violations.length > 0) return false;
      // A destroy that a signal has cancelled ends with 0 too, with a part of the stack still there.
      if (ended.exitCode === 0 && (stage.command === "up" || this.state().isEmpty)) return true;
      if (stage.abandons === true) return this.abandon();
      if (attempt >= TRIES_UNDER_FIRE) await this.service.clearFaults();
      if (stage.command === "up" && attempt >= 2) await this.fix();
      await sleep(this.random.between(0, 2000));
    }
    const last = this.commands.at(-1)?.output ?? "";
    this.violations.push(`${stage.command} did not succeed in ${MOST_TRIES} tries; the last one said:\n${last}`);
    return false;
  }

  private async abandon(): Promise<false> {
    // What is held for longer than the stack lives could be found by nobody.
    if (this.held !== undefined) await this.service.remove(this.held);
    this.held = undefined;
    this.log("  given up");
    return false;
  }

  private async command(asked: AskedCommand): Promise<EndedCommand> {
    const ended = await runCommand(
      {
        service: this.service,
        random: this.random,
        log: (line) => this.log(`  ${line}`),
        start: (args, env, deadlineSeconds) => this.runFolder.pulumi.start(args, { env, deadlineSeconds }),
        witnesses: this.runFolder.witnesses,
        mark: `chaos-${process.pid}-${this.name}-${this.commands.length}`,
      },
      asked,
    );
    this.commands.push(ended);
    const seconds = (ended.endedAt - ended.begunAt) / 1000;
    this.log(`  ${asked.command} ended with ${ended.exitCode} after ${seconds.toFixed(1)} s${codesIn(ended.output)}`);
    if (ended.pastDeadline) this.violations.push(`${asked.command} went past its clocks: ${ended.output}`);
    const broken = /LYC3999.*|panic:.*|Unexpected struct type.*|empty resource\.ID.*|code must be a string.*/.exec(
      ended.output,
    );
    if (broken) this.violations.push(`${asked.command} said: ${broken[0]}`);
    const { executions, unreadable } = this.state();
    this.violations.push(...unreadable);
    const recorded = executions.map(({ executionId }) => executionId);
    this.traces.push({ endedAt: ended.endedAt, requests: ended.requests, recorded });
    return ended;
  }

  /** Gives every resource whose recorded run ended badly another text, as somebody does who has read why. */
  private async fix(): Promise<void> {
    const ledger = await this.service.executions();
    const bad = new Set(
      this.state()
        .executions.filter(({ executionId }) => {
          const run = ledger.find((one) => one.executionId === executionId);
          const status = run && resultOf(run)?.status;
          return status !== undefined && status !== "completed";
        })
        .map(({ name }) => name),
    );
    if (bad.size === 0) return;
    this.log(`fixed: ${[...bad].join(", ")}`);
    this.declare(this.current.map((desired) => (bad.has(desired.name) ? fixed(desired) : desired)));
  }

  private declare(desiredRuns: readonly DesiredRun[]): void {
    this.current = desiredRuns;
    this.most = Math.max(this.most, desiredRuns.length);
    for (const desired of desiredRuns) this.desiredRuns.set(markerOf(desired), desired);
    this.runFolder.declare(
      desiredRuns.map((desired) => ({ name: desired.name, args: argsOf(desired) })),
      filesOf(desiredRuns),
    );
  }

  private async check(command: "up" | "destroy"): Promise<void> {
    const ledger = await this.service.executions();
    const { executions } = this.state();
    const outcome = checkStarts(evidenceOf(this.service, ledger, this.traces, this.desiredRuns));
    this.secondStarts = outcome.secondStarts;
    this.starts = ledger.length;
    const duplicates = outcome.secondStarts.map(({ duplicateId }) => duplicateId);
    this.violations.push(
      ...outcome.violations,
      ...(command === "up"
        ? checkConverged(this.current, executions, ledger, duplicates)
        : checkDestroyed(executions, ledger, (run) => this.isOfNobody(run))),
      ...(await this.service.breaches()).map((breach) => `the contract was broken: ${JSON.stringify(breach)}`),
    );
  }

  /**
   * Whether an interrupted command left a run that no state held: a destroy reports it, and does not abort it. Pulumi tells the
   * plugin of resources that are in the state, and of nothing else when a stack is destroyed.
   */
  private isOfNobody({ executionId, composeFileCode }: LedgerRun): boolean {
    if (this.atBegin.has(executionId)) return false;
    const unasked = this.host === "plugin" && !this.atBegin.has(resourceOf(markerIn(composeFileCode) ?? ""));
    const texts = [`pulumi-lyceum abort ${executionId}`, "could not check whether an interrupted command"];
    const isLeft = unasked || this.commands.some(({ output }) => texts.some((text) => output.includes(text)));
    if (isLeft) this.leftToTimeout += 1;
    return isLeft;
  }

  private state(): StackContents {
    return readState(this.runFolder.stateText());
  }

  private log(line: string): void {
    this.scenario.push(`${((Date.now() - this.begunAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  }

  /** Ends what is left; nothing of a run that failed may disturb the next. */
  async leave(): Promise<void> {
    for (const { isOurs, what } of (await Promise.all(this.commands.map(({ leftBehind }) => leftBehind))).flat()) {
      if (isOurs) this.violations.push(`10 s behind its engine there is still ${what}`);
      else this.hostsLeftBehind += 1;
    }
    if (this.violations.length > 0) this.log(`the last command said:\n${this.commands.at(-1)?.output ?? ""}`);
    await this.service.end("SIGKILL");
    if (this.violations.length === 0) this.runFolder.remove();
  }

  report(): RunReport {
    const durations = this.commands.map(({ begunAt, endedAt }) => (endedAt - begunAt) / 1000);
    return {
      run: this.run,
      seconds: Math.round((Date.now() - this.begunAt) / 1000),
      resources: this.most,
      commands: this.commands.length,
      starts: this.starts,
      slowestCommand: Math.round(Math.max(0, ...durations)),
      fired: this.commands.flatMap(({ fired }) => fired),
      secondStarts: this.secondStarts,
      leftToTimeout: this.leftToTimeout,
      hostsLeftBehind: this.hostsLeftBehind,
      violations: this.violations,
      scenario: this.scenario,
    };
  }
}

/** A desired run, for the reader of a scenario. */
export function describe(desired: DesiredRun): string {
  const { waitFor, run, exitCode, whenFailed } = desired;
  const policy = whenFailed === undefined ? "" : `, whenFailed ${whenFailed}`;
  return `${markerOf(desired)} waits for ${waitFor}, runs ${run.toFixed(1)} s, exits ${exitCode}${policy}`;
}

/** The error codes that a command printed, in brackets. */
function codesIn(outputOf: string): string {
  const codes = [...new Set(outputOf.match(/LYC\d{4}/g) ?? [])];
  return codes.length === 0 ? "" : ` (${codes.join(", ")})`;
}
