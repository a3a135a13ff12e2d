import { createModelService } from "../model-service";
import { createVirtualClock } from "../virtual-clock";
import { checkCommand } from "./check";
import { type CommandOptions, type CommandResult, createEngine, type Host } from "./engine";
import { DONE_LATER, failingPort, failureText, type InjectedFailure } from "./failures";
import { type Kill, type Mutation, startProcess } from "./process";
import { declared } from "./rules";
import { copyOf } from "./state";
import { type CommandKind, watchCommand } from "./watch";
import { createTruth, emptyStack, type Stack } from "./world";

/** The failures that are injected into a command, and the options of the command. */
export interface Trouble extends CommandOptions {
  readonly failures: readonly InjectedFailure[];
  readonly kill?: Kill | undefined;
}

export const CALM: Trouble = { failures: [] };

/** A bug that a test adds to the process, or to the answers of the host. */
export interface Planted {
  readonly runtime?: Mutation;
  readonly host?: (host: Host) => Host;
}

/** Maximum number of seconds of a command, with its clocks, lookups, repetitions and deletes. */
const LONGEST_COMMAND = 1800;
/**
 * Seconds after the death of the engine. In this time, the provider notices the death, and a queued start takes effect.
 */
const AFTERMATH = DONE_LATER + 20;

/**
 * Makes the world of a scenario: a model service, a clock, two stacks with the same resource names, and the counts of
 * events. A step of the scenario may add a copy of one stack.
 */
export function createModelWorld(host: Host, planted: Planted = {}) {
  const clock = createVirtualClock();
  const service = createModelService(clock);
  const stacks = { mine: emptyStack("mine"), other: emptyStack("other"), copy: undefined as Stack | undefined };
  const { mine, other } = stacks;
  const existing = (): Stack[] => [mine, other, ...(stacks.copy === undefined ? [] : [stacks.copy])];
  const truth = createTruth(service, clock.now, existing);
  const counts = new Map<string, number>();
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  const scenario: string[] = [];
  const altered = planted.host?.(host) ?? host;

  async function command(stack: Stack, kind: CommandKind, trouble: Trouble = CALM): Promise<CommandResult> {
    stack.checkpoints.push(copyOf(stack.state));
    const failed = new Set<string>();
    const failing = failingPort(service, clock, trouble.failures, (failure) => {
      failed.add(failureText(failure));
      count(`fault ${failureText(failure)}`);
    });
    const watch = watchCommand(failing, truth, stack, { ...trouble, kind }, clock.now);
    const process = startProcess({ clock, port: watch.port }, trouble.kill, planted.runtime);
    watch.note(process.reported);
    const engine = createEngine(altered, process, stack.state, watch.rows.watch);
    const program = new Map([...stack.program].map(([name, desired]) => [name, declared(name, desired)]));
    const work = {
      up: () => engine.up(program, trouble),
      preview: () => engine.preview(program),
      refresh: () => engine.refresh(),
      destroy: () => engine.destroy(trouble),
    }[kind]();
    const late = clock.sleep(LONGEST_COMMAND).then((): "late" => "late");
    const result = await Promise.race([work, late]);
    if (result === "late") throw new Error(`${kind} of ${stack.name} does not end\n${scenario.join("\n")}`);
    const died = !process.alive.engine || (trouble.kill !== undefined && process.moments() >= trouble.kill.at);
    if (died) {
      count(`killed ${trouble.kill?.victim}`);
      await clock.sleep(AFTERMATH);
    }
    service.behaviour.starts.length = 0;
    const doubted = [...service.behaviour.takenBack.values()].some(({ answers }) => answers > 0);
    const calm = failed.size === 0 && !died && service.behaviour.lag === 0 && !doubted;
    const options = [trouble.refresh && "--refresh", trouble.target !== undefined && `--target ${trouble.target}`];
    scenario.push(
      `${[kind, ...options.filter(Boolean)].join(" ")} of ${stack.name}: ${result.kind} ${result.errors.join(" | ")}`,
      ...process.reported.map((line) => `    ${line}`),
    );
    checkCommand(watch, { result, providerLived: !died, failed, calm });
    const { breaches, reasons } = watch;
    for (const reason of reasons) count(`start: ${reason}`);
    for (const error of result.errors) count(`error: ${error.slice(0, 7)}`);
    count(`${kind} ${result.kind}`);
    if (trouble.target !== undefined) count(`${kind} --target ${result.kind}`);
    for (let retained = watch.rows.dropped(); retained > 0; retained--) count("retained row");
    if (breaches.length > 0) throw new Error(`${breaches.join("\n")}\n--- scenario\n${scenario.join("\n")}`);
    return result;
  }

  return { clock, service, truth, counts, count, scenario, command, stacks, existing, mine, other };
}

/** The world of a scenario. */
export type ModelWorld = ReturnType<typeof createModelWorld>;
