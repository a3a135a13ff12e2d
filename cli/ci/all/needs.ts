import type { Surface } from "../../command";
import type { CiRequest } from "../options";
import { referencesOf, referredTargets } from "./references";
import { runInOrder } from "./schedule";
import { namedSurface, type Target, titleOf } from "./targets";

/**
 * Returns for each stack the other stacks that its program refers to. A preview of each stack finds these references.
 * If the repository has only one stack, no preview is needed.
 */
export async function needsOf(
  targets: readonly Target[],
  atOnce: number,
  requestOf: (target: Target) => CiRequest,
  surface: Surface,
  isStopped: () => boolean,
): Promise<(target: Target) => readonly Target[]> {
  if (targets.length < 2) return () => [];
  surface.print("A preview of each stack shows which stacks it refers to. Nothing of it is applied.");
  const found = await runInOrder<Target, readonly string[]>(targets, atOnce, {
    needs: () => [],
    run: (target) => referencesOf(requestOf(target), namedSurface(target, surface)),
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
