import { argumentsOf } from "./model-desired";
import { type CommandResult, createEngine, type Forced, type Host } from "./model-engine";
import { DONE_LATER, failingPort, type InjectedFailure } from "./model-failures";
import { type Kill, type Mutation, startProcess } from "./model-process";
import { createModelService } from "./model-service";
import { type CommandKind, watchCommand } from "./model-watch";
import { createTruth, emptyStack, type Stack } from "./model-world";
import { createVirtualClock } from "./virtual-clock";

/** What goes wrong while a command runs. */
export interface Trouble {
  readonly failures: readonly InjectedFailure[];
  readonly kill?: Kill | undefined;
  /** A replacement that the command's own options ask for. */
  readonly forced?: Forced | undefined;
}

export const CALM: Trouble = { failures: [] };

/** A bug to plant: in what the process acts through, or in what the host answers. */
export interface Planted {
  readonly runtime?: Mutation;
  readonly host?: (host: Host) => Host;
}

/** No command may take longer than its clocks, lookups, repeats and deletes together. Seconds. */
const LONGEST_COMMAND = 1800;
/**
 * A provider without an engine notices its engine's death, and a start that hangs in a queue is done, within this time.
 * Seconds.
 */
const AFTERMATH = DONE_LATER + 20;

/** The whole world of a scenario: a service, a clock, a stack, another with equal names, and what has been counted. */
export function createModelWorld(host: Host, planted: Planted = {}) {
  const clock = createVirtualClock();
  const service = createModelService(clock);
  const truth = createTruth(service, clock.now);
  const counts = new Map<string, number>();
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  const scenario: string[] = [];
  const altered = planted.host?.(host) ?? host;

  async function command(
    stack: Stack,
    kind: CommandKind,
    trouble: Trouble = CALM,
    refresh = false,
  ): Promise<CommandResult> {
    const watch = watchCommand(service.client, truth, stack, { kind, forced: trouble.forced }, clock.now);
    let fired = 0;
    const port = failingPort({ client: watch.port, behaviour: service.behaviour }, trouble.failures, (failure) => {
      fired += 1;
      count(`fault ${failure.call} ${failure.call === "start" ? failure.start : failure.other}`);
    });
    const process = startProcess({ clock, port }, trouble.kill, planted.runtime);
    watch.note(process.reported);
    const engine = createEngine(altered, process, stack.state);
    const program = new Map([...stack.program].map(([name, desired]) => [name, argumentsOf(name, desired)]));
    const work =
      kind === "up"
        ? engine.up(program, refresh, trouble.forced)
        : kind === "preview"
          ? engine.preview(program)
          : kind === "refresh"
            ? engine.refresh()
            : engine.destroy();
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
    const calm = fired === 0 && !died && service.behaviour.lag === 0 && !doubted;
    scenario.push(
      `${kind} of ${stack.name}${refresh ? " with refresh" : ""}: ${result.kind} ${result.errors.join(" | ")}`,
      ...process.reported.map((line) => `    ${line}`),
    );
    const { breaches, reasons } = watch.check({ result, providerLived: !died, reported: process.reported, calm });
    for (const reason of reasons) count(`start: ${reason}`);
    for (const error of result.errors) count(`error: ${error.slice(0, 7)}`);
    count(`${kind} ${result.kind}`);
    if (breaches.length > 0) throw new Error(`${breaches.join("\n")}\n--- scenario\n${scenario.join("\n")}`);
    return result;
  }

  return { clock, service, truth, counts, scenario, command, mine: emptyStack("mine"), other: emptyStack("other") };
}

/** The world of a scenario. */
export type ModelWorld = ReturnType<typeof createModelWorld>;
