import type { Surface } from "../../command";
import { referredTargets } from "./references";
import { runInOrder } from "./schedule";
import { type Target, titleOf } from "./targets";

/**
 * Finds the other stacks that the program of each stack refers to, by a preview of the stack. If only one stack is
 * applied, no preview is needed.
 *
 * @param referencesOf runs the preview of a stack, and returns the names of the stacks that its program refers to
 */
export async function needsOf(
  targets: readonly Target[],
  atOnce: number,
  referencesOf: (target: Target) => Promise<readonly string[]>,
  surface: Pick<Surface, "print">,
  isStopped: () => boolean,
): Promise<(target: Target) => readonly Target[]> {
  if (targets.length < 2) return () => [];
  surface.print("A preview of each stack shows which stacks it refers to. Nothing of it is applied.");
  const found = await runInOrder<Target, readonly string[]>(targets, atOnce, {
    needs: () => [],
    run: referencesOf,
    hasSucceeded: () => true,
    titleOf,
    isStopped,
  });
  const needs = new Map(
    found.map((one) => {
      const names = one.kind === "ended" ? one.result : [];
      return [one.item, [...new Set(names.flatMap((name) => referredTargets(name, one.item, targets)))]];
    }),
  );
  for (const [target, needed] of needs) {
    if (needed.length > 0) surface.print(`${titleOf(target)} comes after ${needed.map(titleOf).join(", ")}.`);
  }
  return (target) => needs.get(target) ?? [];
}
