import type { ModelWorld } from "./command";
import { PLAIN_RUN } from "./rules";
import { ALTERED, NAMES, SCRIPTS } from "./scenario";
import { rowsOf } from "./state";

/**
 * Repeats the `up`, as a person does at the end, when no call fails any more and time has passed. Then checks that a
 * further `up` starts nothing, and that a `destroy` succeeds.
 */
export async function recover(world: ModelWorld): Promise<void> {
  const { clock, mine, service, truth } = world;
  service.behaviour.lag = 0;
  service.behaviour.fileNames = ALTERED["as sent"];
  service.behaviour.takenBack.clear();
  service.behaviour.script = SCRIPTS.long;
  await clock.sleep(60);
  for (const which of new Set([...NAMES, ...mine.program.keys()]))
    mine.program.set(which, { ...PLAIN_RUN, triggers: 99 });
  let result = await world.command(mine, "up");
  if (result.kind !== "ok") {
    // If the model service has forgotten a run, the run stays recorded until somebody deletes its resource.
    for (const [which, entry] of mine.state.entries) {
      if (!service.behaviour.forgotten.has(truth.idOf(entry))) continue;
      world.scenario.push(`pulumi state delete ${which}`);
      mine.state.entries.delete(which);
    }
    mine.state.twins.splice(0);
    result = await world.command(mine, "up");
  }
  if (result.kind !== "ok") throw new Error(`no recovery: ${result.errors.join(" | ")}\n${world.scenario.join("\n")}`);
  const starts = service.runs.length;
  await world.command(mine, "up");
  if (service.runs.length > starts)
    throw new Error(`an up that changes nothing started a run\n${world.scenario.join("\n")}`);
  for (const stack of world.existing()) {
    for (const { entry } of rowsOf(stack.state)) service.behaviour.forgotten.delete(truth.idOf(entry));
    const end = await world.command(stack, "destroy");
    if (end.kind !== "ok") throw new Error(`no destroy: ${end.errors.join(" | ")}\n${world.scenario.join("\n")}`);
  }
}
