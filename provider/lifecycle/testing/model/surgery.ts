import type { ModelWorld } from "./command";
import { PLAIN_RUN } from "./rules";
import { restore } from "./state";
import { copyOfStack } from "./world";

// The functions of this file change states without the provider, as people do.

/**
 * Returns the resource that `pulumi state` finds by a name. Undefined if two resources have the name, because the
 * command then needs the whole URN.
 */
function rowIn({ mine }: ModelWorld, name: string) {
  return mine.state.twins.some((twin) => twin.name === name) ? undefined : mine.state.entries.get(name);
}

/** Executes `pulumi state delete`. The run continues. */
export function deleteRow(world: ModelWorld, name: string): void {
  const entry = rowIn(world, name);
  if (entry === undefined) return;
  world.mine.state.entries.delete(name);
  world.truth.kept.set(world.truth.idOf(entry), "its row was deleted from the state");
  world.count("state delete");
}

/** Executes `pulumi state move` to the other stack. With `withLine`, the program is edited in the same way. */
export function moveRow(world: ModelWorld, name: string, withLine: boolean): void {
  const { mine, other } = world;
  const entry = rowIn(world, name);
  if (entry === undefined || other.state.entries.has(name)) return;
  mine.state.entries.delete(name);
  other.state.entries.set(name, entry);
  other.program.set(name, mine.program.get(name) ?? PLAIN_RUN);
  if (withLine) mine.program.delete(name);
  world.count("state move");
}

/** Executes `pulumi state rename`. With `withLine`, the program is edited in the same way. */
export function renameRow(world: ModelWorld, name: string, to: string, withLine: boolean): void {
  const { mine } = world;
  const entry = rowIn(world, name);
  if (entry === undefined || mine.state.entries.has(to)) return;
  mine.state.entries.delete(name);
  mine.state.entries.set(to, entry);
  const line = mine.program.get(name);
  if (withLine && line !== undefined) {
    mine.program.delete(name);
    mine.program.set(to, line);
  }
  world.count("state rename");
}

/**
 * Copies the state backend. A new copy replaces an earlier copy. Original and copy have the same project, stack, scope
 * and resources.
 */
export function copyBackend({ stacks, count }: ModelWorld): void {
  if (stacks.mine.state.scope === undefined) return;
  stacks.copy = copyOfStack(stacks.mine, "the copy");
  count("copied backend");
}

/** Executes `pulumi stack import` of an older checkpoint. */
export function restoreCheckpoint({ mine, count }: ModelWorld, commandsAgo: number): void {
  const checkpoint = mine.checkpoints.at(-commandsAgo);
  if (checkpoint?.scope === undefined) return;
  restore(mine.state, checkpoint);
  count("restored checkpoint");
}
