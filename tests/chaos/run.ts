import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type AskedCommand, type EndedCommand, runCommand } from "./command";
import { checkAborts, type SharedEnd } from "./oracle/aborts";
import { checkAdoptions, checkConverged } from "./oracle/converged";
import { type Evidence, evidenceOf, type Trace } from "./oracle/evidence";
import { resultOf } from "./oracle/ledger";
import { checkDestroyed, checkLeft, checkNamed, type LeftCheck } from "./oracle/left";
import type { Row } from "./oracle/rows";
import { checkStarts, type SecondStart } from "./oracle/starts";
import { type Cell, cellName } from "./plan/cells";
import { type DesiredRun, describe, fixed, markerOf } from "./plan/desired";
import { declaring } from "./plan/edit";
import { planAimedRun, planRun } from "./plan/plan";
import type { CommandStage, Plan, StackId, Stage, SurgeryStage } from "./plan/stage";
import { Random } from "./random";
import { codesIn, type RunReport } from "./report";
import { type InjectedFault, Service } from "./service";
import { Stacks } from "./stacks";
import { operate } from "./surgery";
import type { ChaosWorkspace } from "./workspace";

/** The largest number of attempts of a command. After so many attempts, a person would give up too. */
const MOST_TRIES = 9;
/** The number of attempts that may have faults of the emulator. Later attempts have none. */
const TRIES_UNDER_FIRE = 3;

/**
 * Makes one chaos run, from an empty stack until all stacks are destroyed. With `aim`, the chaos run has only this
 * cell.
 */
export async function playRun(workspace: ChaosWorkspace, seed: string, run: number, aim?: Cell): Promise<RunReport> {
  const plan = aim === undefined ? planRun(seed, run) : planAimedRun(seed, run, aim);
  const report = await playPlan(workspace, seed, run, plan);
  return aim === undefined ? report : { ...report, aim: cellName(aim) };
}

/** Makes the chaos run of a plan. All random choices follow from the seed and the number of the chaos run. */
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

/** The data of a command at its end, without the requests, which are read later. */
type Noted = EndedCommand & Omit<Trace, "requests">;

class Player {
  readonly violations: string[] = [];
  private readonly scenario: string[] = [];
  private readonly begunAt = Date.now();
  private readonly commands: Noted[] = [];
  private readonly desiredRuns = new Map<string, DesiredRun>();
  private readonly takenOut = new Set<string>();
  /** Cells with a change of a state that were completed. */
  private readonly operated: string[] = [];
  private isRefused = false;
  private secondStarts: readonly SecondStart[] = [];
  private sharedEnds: readonly SharedEnd[] = [];
  private left: LeftCheck | undefined;
  private starts = 0;
  private most = 0;
  private held: InjectedFault | undefined;
  private hostsLeftBehind = 0;

  private constructor(
    private readonly name: string,
    private readonly run: number,
    private readonly stacks: Stacks,
    private readonly service: Service,
    private readonly random: Random,
  ) {}

  static async enter(workspace: ChaosWorkspace, seed: string, run: number): Promise<Player> {
    const name = `run-${run}`;
    const service = new Service(`${workspace.dir}/${name}-service`);
    await service.start();
    const stacks = new Stacks(workspace.makeFolders(name, service));
    return new Player(name, run, stacks, service, new Random(`${seed}/${run}/played`));
  }

  async play(stages: readonly Stage[]): Promise<void> {
    for (const stage of stages) {
      if (!this.stacks.exists(stage.stack)) this.log(`${stage.title}: ${stage.stack} was never made`);
      else if ("surgery" in stage) await this.operate(stage);
      else await this.command(stage);
      if (this.violations.length > 0) return;
    }
    const evidence = await this.evidence();
    this.left = checkLeft(evidence, this.stacks.folders.host);
    this.violations.push(...this.left.violations);
  }

  private async operate({ title, stack, surgery, counts }: SurgeryStage): Promise<void> {
    await this.prepare(stack);
    const { refused, takenOut } = await operate(this.stacks, stack, surgery);
    this.isRefused = refused !== undefined;
    this.log(this.isRefused ? `${title}: ${refused}` : title);
    for (const id of takenOut) this.takenOut.add(id);
    if (counts !== undefined && !this.isRefused) this.operated.push(cellName({ kind: "surgery", surgery: counts }));
    this.violations.push(...this.unreadable());
  }

  private async command(stage: CommandStage): Promise<void> {
    const { stack, edit, counts } = stage;
    if (edit !== undefined) this.stacks.edit(stack, edit);
    const { declared } = this.stacks.program(stack);
    const what = stage.command === "up" ? declared.map(describe).join("; ") || "nothing is declared" : "";
    this.log(`${stage.title} [${stack}] ${what}`);
    const atBegin = this.stacks.rows();
    const last = await this.untilDone(stage);
    await this.validate(last, atBegin);
    if (counts === undefined) return;
    if (last !== undefined && !this.isRefused) this.operated.push(cellName({ kind: "surgery", surgery: counts }));
    this.isRefused = false;
  }

  /** Removes files and locks that a killed command has left, because they would stop the next command. */
  private async prepare(stack: StackId): Promise<void> {
    if (this.stacks.repair(stack)) this.log("an empty file of the backend's is taken away");
    if (!this.stacks.isLocked(stack)) return;
    await this.stacks.run(stack, ["cancel", "--yes"]);
    this.log("pulumi cancel");
  }

  /** Repeats a command, as a person does, until it succeeds. @returns the number of the command if it has succeeded */
  private async untilDone(stage: CommandStage): Promise<number | undefined> {
    const { stack, command, targets } = stage;
    for (let attempt = 1; attempt <= MOST_TRIES; attempt++) {
      await this.prepare(stack);
      const limits = targets === undefined ? [] : this.stacks.targetsOf(stack, targets);
      if (limits === undefined) return undefined;
      const { declared } = this.stacks.program(stack);
      const ended = await this.runCommand(stage, {
        command,
        args: [command, "--yes", "--skip-preview", "--parallel", "32", ...limits],
        starts: targets === undefined ? declared.length : targets.names.length,
        signal: attempt === 1 ? stage.signal : undefined,
        faults: attempt === 1 ? stage.faults : attempt <= TRIES_UNDER_FIRE ? stage.faultsOfRecovery : [],
        heldSinceBefore: this.held,
      });
      this.held = ended.stillHeld;
      if (this.violations.length > 0) return undefined;
      // A destroy that a signal cancelled has the exit code 0, even if a part of the stack still exists.
      const isWhole = command === "up" || targets !== undefined || this.stacks.contents(stack).isEmpty;
      if (ended.exitCode === 0 && isWhole) return this.commands.length - 1;
      if (stage.abandons === true) return this.abandon();
      if (attempt >= TRIES_UNDER_FIRE) await this.service.clearFaults();
      if (command === "up" && attempt >= 2) await this.fix(stack);
      await sleep(this.random.between(0, 2000));
    }
    const last = this.commands.at(-1)?.output ?? "";
    this.violations.push(`${command} of ${stack} did not succeed in ${MOST_TRIES} tries; the last one said:\n${last}`);
    return undefined;
  }

  private async abandon(): Promise<undefined> {
    // If a request were held until its stack is gone, no command could find the run of the request.
    if (this.held !== undefined) await this.service.remove(this.held);
    this.held = undefined;
    this.log("  given up");
    return undefined;
  }

  private async runCommand({ stack, targets }: CommandStage, asked: AskedCommand): Promise<EndedCommand> {
    const { declared } = this.stacks.program(stack);
    this.most = Math.max(this.most, declared.length);
    for (const desired of declared) this.desiredRuns.set(markerOf(desired), desired);
    const before = this.stacks.rows();
    const ended = await runCommand(
      {
        service: this.service,
        random: this.random,
        log: (line) => this.log(`  ${line}`),
        start: (args, env, seconds) => this.stacks.start(stack, args, env, seconds),
        witnesses: this.stacks.folders.witnesses,
        mark: `chaos-${process.pid}-${this.name}-${this.commands.length}`,
      },
      asked,
    );
    const seconds = (ended.endedAt - ended.begunAt) / 1000;
    this.log(`  ${asked.command} ended with ${ended.exitCode} after ${seconds.toFixed(1)} s${codesIn(ended.output)}`);
    if (ended.pastDeadline) this.violations.push(`${asked.command} went past its clocks: ${ended.output}`);
    const broken = /LYC3999.*|panic:.*|Unexpected struct type.*|empty resource\.ID.*|code must be a string.*/.exec(
      ended.output,
    );
    if (broken) this.violations.push(`${asked.command} said: ${broken[0]}`);
    this.violations.push(...this.unreadable());
    this.commands.push({ ...ended, stack, declared, targets, before, after: this.stacks.rows() });
    return ended;
  }

  private unreadable(): readonly string[] {
    return this.stacks.existing.flatMap((stack) => this.stacks.contents(stack).unreadable);
  }

  /** Gives every resource with a failed run another text, as a person does after reading the reason. */
  private async fix(stack: StackId): Promise<void> {
    const ledger = await this.service.executions();
    const bad = new Set(
      this.stacks
        .contents(stack)
        .rows.filter(({ executionId }) => {
          const run = ledger.find((one) => one.executionId === executionId);
          const status = run && resultOf(run)?.status;
          return status !== undefined && status !== "completed";
        })
        .map(({ name }) => name),
    );
    if (bad.size === 0) return;
    this.log(`fixed: ${[...bad].join(", ")}`);
    const program = this.stacks.program(stack);
    const floor = this.stacks.floorOf(stack);
    const declared = program.declared.map((desired) => (bad.has(desired.name) ? fixed(desired, floor) : desired));
    this.stacks.setProgram(stack, declaring(program, declared));
  }

  private async evidence(): Promise<Evidence> {
    const sent = await this.service.requestsOf(this.commands.map(({ mark }) => mark));
    return evidenceOf(this.service, {
      ledger: await this.service.executions(),
      commands: this.commands.map((command) => ({ ...command, requests: sent.get(command.mark) ?? [] })),
      desiredRuns: this.desiredRuns,
      takenOut: this.takenOut,
    });
  }

  /** Checks the successful command, and everything before it, against the records of the emulator. */
  private async validate(last: number | undefined, atBegin: readonly Row[]): Promise<void> {
    const evidence = await this.evidence();
    const starts = checkStarts(evidence);
    const aborts = checkAborts(evidence);
    this.secondStarts = starts.secondStarts;
    this.sharedEnds = aborts.sharedEnds;
    this.starts = evidence.ledger.length;
    const command = last === undefined ? undefined : evidence.commands[last];
    this.violations.push(...starts.violations, ...aborts.violations, ...checkAdoptions(evidence.commands));
    if (command?.command === "up")
      this.violations.push(...checkConverged(command, evidence.ledger), ...checkNamed(command, evidence));
    if (command?.command === "destroy") this.violations.push(...checkDestroyed(command, atBegin, evidence));
    const breaches = await this.service.breaches();
    this.violations.push(...breaches.map((breach) => `the contract was broken: ${JSON.stringify(breach)}`));
  }

  private log(line: string): void {
    this.scenario.push(`${((Date.now() - this.begunAt) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  }

  /** Ends all remaining processes, so that a failed chaos run does not disturb the next one. */
  async leave(): Promise<void> {
    for (const { isOurs, what } of (await Promise.all(this.commands.map(({ leftBehind }) => leftBehind))).flat()) {
      if (isOurs) this.violations.push(`10 s behind its engine there is still ${what}`);
      else this.hostsLeftBehind += 1;
    }
    if (this.violations.length > 0) await this.keepTraces().catch((error) => this.log(`no traces: ${String(error)}`));
    await this.service.end("SIGKILL");
    if (this.violations.length === 0) this.stacks.folders.remove();
  }

  /**
   * Writes the output and the requests of each command into the folder of the chaos run, for a person who investigates
   * a violation.
   */
  private async keepTraces(): Promise<void> {
    const { commands, ledger } = await this.evidence();
    const traces = JSON.stringify({ scenario: this.scenario, violations: this.violations, ledger, commands }, null, 1);
    writeFileSync(join(this.stacks.folders.dir, "traces.json"), traces);
    this.log(`see traces.json in ${this.stacks.folders.dir}; the last command said:\n${commands.at(-1)?.output ?? ""}`);
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
      fired: [...this.commands.flatMap(({ fired }) => fired), ...this.operated],
      secondStarts: this.secondStarts,
      sharedEnds: this.sharedEnds,
      leftNamed: this.left?.named ?? 0,
      leftKept: this.left?.kept ?? 0,
      hostsLeftBehind: this.hostsLeftBehind,
      violations: this.violations,
      scenario: this.scenario,
    };
  }
}
