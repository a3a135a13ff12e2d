import { setTimeout as sleep } from "node:timers/promises";
import { MARKER } from "../harness/environment";
import { marked } from "../harness/processes/processes";
import type { Running } from "../harness/processes/run";
import { cellName, type ServiceCell, type SignalCell, signalName } from "./plan/cells";
import { CLOCKS } from "./plan/desired";
import type { Random } from "./random";
import type { InjectedFault, Service } from "./service";
import { injectionsFor } from "./service-faults";
import { isOurs, momentOf, strike, untilMoment } from "./strike";
import type { Witnesses } from "./witnesses";

/** A command of the Pulumi CLI, and the faults that happen during the command. */
export interface AskedCommand {
  readonly command: "up" | "destroy";
  readonly args: readonly string[];
  /** The largest number of runs that the command is expected to start. */
  readonly starts: number;
  readonly signal?: SignalCell | undefined;
  readonly faults: readonly ServiceCell[];
  /**
   * A start request of an earlier command that the emulator still holds. The request is released after this command has
   * looked for runs and has started its own run.
   */
  readonly heldSinceBefore?: InjectedFault | undefined;
}

/** The result of a command. Times are milliseconds since the epoch. */
export interface EndedCommand {
  readonly command: "up" | "destroy";
  readonly begunAt: number;
  readonly endedAt: number;
  /** The exit code. Null if a signal or the time limit ended the command. */
  readonly exitCode: number | null;
  readonly output: string;
  readonly pastDeadline: boolean;
  /** A mark that identifies the processes of the command, and the requests of these processes. */
  readonly mark: string;
  /** Names of the cells that affected a request or a process. A cell is a combination of a fault and a phase. */
  readonly fired: readonly string[];
  /** A start request that the emulator still holds after the command. */
  readonly stillHeld?: InjectedFault | undefined;
  /** Processes of the command that were still running `OUTLIVE_SECONDS` after its end. */
  readonly leftBehind: Promise<readonly LeftBehind[]>;
}

/** A process that continues after its engine has ended. */
export interface LeftBehind {
  /**
   * Whether the process runs code of this package. `false` for a host of Pulumi that never loaded this package's
   * provider.
   */
  readonly isOurs: boolean;
  readonly what: string;
}

/** The stack and the emulator on which a command acts. */
export interface Stage {
  readonly service: Service;
  readonly random: Random;
  readonly log: (line: string) => void;
  readonly start: (args: readonly string[], env: Readonly<Record<string, string>>, deadlineSeconds: number) => Running;
  /** A mark that identifies the processes of the command. */
  readonly mark: string;
  readonly witnesses: Witnesses;
}

/** A fault of the emulator, with its cell. */
interface InjectedCell {
  readonly cell: ServiceCell;
  readonly injected: InjectedFault;
}

/** Seconds that the CLI itself needs on a busy machine, in addition to the deadlines of the executions. */
const OWN_SECONDS = 180;
const DEADLINE_SECONDS = CLOCKS.total + CLOCKS.delete + OWN_SECONDS;
/** Seconds for which a process of this package may continue after its engine has ended. */
const OUTLIVE_SECONDS = 60;

/** Runs one command to its end, with all its faults. */
export async function runCommand(stage: Stage, asked: AskedCommand): Promise<EndedCommand> {
  const { service, random } = stage;
  const before = await service.requests();
  const injected: InjectedCell[] = [];
  const preparing: InjectedFault[] = [];
  for (const cell of asked.faults) {
    const faults = injectionsFor(cell, asked.starts, random);
    for (const fault of faults) {
      const made = await service.inject(fault);
      // This refusal only prepares the next fault, so it is not counted.
      if (made === undefined) continue;
      if (fault === faults.at(-1)) injected.push({ cell, injected: made });
      else preparing.push(made);
    }
  }
  const moment = asked.signal && (await service.inject(momentOf(asked.signal, asked.starts, random)));
  const begunAt = Date.now();
  const mark = `${MARKER}=${stage.mark}`;
  const environment = { [MARKER]: stage.mark, ...stage.witnesses.environment };
  const running = stage.start(asked.args, environment, DEADLINE_SECONDS);
  let over = false;
  const ended = running.ended
    .catch((error: unknown): Lost => ({ lost: String(error) }))
    .finally(() => {
      over = true;
    });
  const isOver = (): boolean => over;
  const [result, blow] = await Promise.all([
    ended,
    asked.signal && moment ? underFire(stage, asked.signal, { moment, cli: running.pid, mark, isOver }) : undefined,
    letGoInTime(stage, injected, isOver),
    asked.heldSinceBefore && letGoAfterLookup(stage, asked.heldSinceBefore, before.length, isOver),
  ]);
  const endedAt = Date.now();
  const fired = blow?.fired === undefined ? [] : [blow.fired];
  for (const { cell, injected: fault } of injected) {
    const count = await service.countOf(fault).catch(() => undefined);
    if ((count?.fired ?? 0) > 0) fired.push(cellName({ kind: "service", fault: cell }));
  }
  stage.log(`fired: ${fired.join("; ") || "nothing"}`);
  const gone = [...preparing, ...injected.map((one) => one.injected), ...(moment && !blow?.stillHeld ? [moment] : [])];
  for (const fault of gone) await service.remove(fault);
  const leftBehind = outliving(mark, endedAt, stage.witnesses);
  if (!service.isAlive) {
    await service.start();
    stage.log("the emulator is started again");
  }
  return {
    command: asked.command,
    begunAt,
    endedAt,
    exitCode: "lost" in result ? null : result.exitCode,
    output: "lost" in result ? result.lost : `${result.stdout}\n${result.stderr}`,
    pastDeadline: "lost" in result,
    mark: stage.mark,
    fired,
    stillHeld: blow?.stillHeld,
    leftBehind,
  };
}

interface Lost {
  readonly lost: string;
}

interface Fire {
  readonly moment: InjectedFault;
  readonly cli: number;
  readonly mark: string;
  readonly isOver: () => boolean;
}

/** Sends the signal in its phase, releases held requests, and restarts an emulator that has died. */
async function underFire(
  stage: Stage,
  signal: SignalCell,
  { moment, cli, mark, isOver }: Fire,
): Promise<{ readonly fired: string; readonly stillHeld?: InjectedFault } | undefined> {
  const { service, random, log } = stage;
  if (!(await untilMoment(service, moment, isOver))) {
    await service.release(moment);
    return undefined;
  }
  await sleep(random.between(0, 300));
  if (isOver()) return undefined;
  if (!(await strike(signal, { service, cli, mark }, random))) return undefined;
  log(`${signalName(signal)}, ${signal.phase}`);
  const fired = cellName({ kind: "signal", signal });
  if (signal.target === "emulator") {
    await sleep(random.between(200, 2500));
    await service.start();
    log("the emulator is started again");
    return { fired };
  }
  const keeps = signal.phase === "POST, before commit" && moment.fault.fault.kind === "hold" && random.chance(0.3);
  if (keeps) return { fired, stillHeld: moment };
  await sleep(random.between(100, 1500));
  await service.release(moment);
  return { fired };
}

/** Releases each request that an injected fault holds, after some time. */
async function letGoInTime(
  { service, random }: Stage,
  injected: readonly InjectedCell[],
  isOver: () => boolean,
): Promise<void> {
  const holds = injected.filter(({ cell }) => cell.fault === "held");
  await Promise.all(
    holds.map(async ({ injected: hold }) => {
      if (await untilMoment(service, hold, isOver)) await sleep(random.between(500, 5000));
      await service.release(hold).catch(() => undefined);
    }),
  );
}

/**
 * Releases a start request of an earlier command. Before the release, this command has looked for runs, found none, and
 * started its own run.
 */
async function letGoAfterLookup(
  { service, log }: Stage,
  held: InjectedFault,
  requestsBefore: number,
  isOver: () => boolean,
): Promise<void> {
  const started = async (): Promise<boolean> =>
    (await service.requests())
      .slice(requestsBefore)
      .some(({ operation, status }) => operation === "startComposeExecution" && status === 200);
  while (!isOver() && !(await started().catch(() => false))) await sleep(150);
  await service.release(held).catch(() => undefined);
  log("the start that was held is let go");
}

/** Returns the processes of the command that are still running after `OUTLIVE_SECONDS`: programs, providers, hosts. */
async function outliving(mark: string, since: number, witnesses: Witnesses): Promise<readonly LeftBehind[]> {
  for (;;) {
    const alive = marked(mark).filter(({ command }) => isOurs(command));
    if (alive.length === 0) return [];
    if (Date.now() - since > OUTLIVE_SECONDS * 1000) {
      return alive.map(({ pid, command }) => ({ isOurs: witnesses.hasLoaded(pid), what: `${pid} ${command}` }));
    }
    await sleep(250);
  }
}
