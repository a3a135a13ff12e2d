import { createModelService } from "../../execution/testing/model-service";
import { createVirtualClock } from "../../execution/testing/virtual-clock";
import { argumentsOf } from "./model-desired";
import { type CommandResult, createEngine, type Host } from "./model-engine";
import { DONE_LATER, type Fault, faultyPort } from "./model-failures";
import { type Kill, type Mutation, startProcess } from "./model-process";
import { type CommandKind, watchCommand } from "./model-watch";
import { createTruth, emptyStack, type Stack } from "./model-world";

/** What goes wrong while a command runs. */
export interface Trouble {
  readonly faults: readonly Fault[];
  readonly kill?: Kill | undefined;
}

export const CALM: Trouble = { faults: [] };

/** A bug to plant: in what the process acts through, or in what the host answers. */
export interface Planted {
  readonly runtime?: Mutation;
  readonly host?: (host: Host) => Host;
}

/** No command may take longer than its clocks, look-ups, repeats and deletes together. Seconds. */
const LONGEST_COMMAND = 1800;
/** An orphan notices its engine's death, and a start that hangs in a queue is done, within this time. Seconds. */
const AFTERMATH = DONE_LATER + 20;

/** The whole world of a story: a service, a clock, a stack, another with equal names, and what has been counted. */
export function createModelWorld(host: Host, planted: Planted = {}) {
  const clock = createVirtualClock();
  const service = createModelService(clock);
  const truth = createTruth(service, clock.now);
  const counts = new Map<string, number>();
  const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
  const story: string[] = [];
  const bent = planted.host?.(host) ?? host;

  async function command(
    stack: Stack,
    kind: CommandKind,
    trouble: Trouble = CALM,
    refresh = false,
  ): Promise<CommandResult> {
    const watch = watchCommand(service.client, truth, stack, kind, clock.now);
    let fired = 0;
    const port = faultyPort({ client: watch.port, behaviour: service.behaviour }, trouble.faults, (fault) => {
      fired += 1;
      count(`fault ${fault.call} ${fault.call === "start" ? fault.start : fault.other}`);
    });
    const process = startProcess({ clock, port }, trouble.kill, planted.runtime);
    watch.say(process.said);
    const engine = createEngine(bent, process, stack.state);
    const program = new Map([...stack.program].map(([name, wish]) => [name, argumentsOf(name, wish)]));
    const work =
      kind === "up"
        ? engine.up(program, refresh)
        : kind === "preview"
          ? engine.preview(program)
          : kind === "refresh"
            ? engine.refresh()
            : engine.destroy();
    const late = clock.sleep(LONGEST_COMMAND).then((): "late" => "late");
    const result = await Promise.race([work, late]);
    if (result === "late") throw new Error(`${kind} of ${stack.name} does not end\n${story.join("\n")}`);
    const died = !process.alive.engine || (trouble.kill !== undefined && process.moments() >= trouble.kill.at);
    if (died) {
      count(`killed ${trouble.kill?.victim}`);
      await clock.sleep(AFTERMATH);
    }
    service.behaviour.starts.length = 0;
    const calm = fired === 0 && !died && service.behaviour.lag === 0;
    story.push(
      `${kind} of ${stack.name}${refresh ? " with refresh" : ""}: ${result.kind} ${result.errors.join(" | ")}`,
      ...process.said.map((line) => `    ${line}`),
    );
    const { breaches, reasons } = watch.judge({ result, providerLived: !died, said: process.said, calm });
    for (const reason of reasons) count(`start: ${reason}`);
    for (const error of result.errors) count(`error: ${error.slice(0, 7)}`);
    count(`${kind} ${result.kind}`);
    if (breaches.length > 0) throw new Error(`${breaches.join("\n")}\n--- story\n${story.join("\n")}`);
    return result;
  }

  return { clock, service, truth, counts, story, command, mine: emptyStack("mine"), other: emptyStack("other") };
}

/** The world of a story. */
export type ModelWorld = ReturnType<typeof createModelWorld>;
