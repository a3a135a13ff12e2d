import type { Surface } from "../../command";
import { CI_EXIT_CODES } from "../exit-codes";
import type { CiRequest } from "../options";
import type { ObservedStep } from "../stack/events";
import { runEngine, type Session, withSession } from "../stack/session";
import { lastPart, type Target } from "./targets";

const REFERENCE = "pulumi:pulumi:StackReference";

/** Returns the full names of the stacks that the resources of a preview refer to. */
export function referencesIn(steps: readonly ObservedStep[]): readonly string[] {
  const names = steps.filter(({ type }) => type === REFERENCE).map(({ inputs }) => inputs.name);
  return [...new Set(names.filter((name) => typeof name === "string"))].sort();
}

/**
 * Runs a preview, and returns the stacks that the program refers to. References of a failed preview count too: perhaps
 * the preview failed because such a stack does not exist yet. Shows no error, because the command itself reports every
 * error later.
 */
export async function referencesOf(request: CiRequest, surface: Surface): Promise<readonly string[]> {
  let names: readonly string[] = [];
  // Only the preview is quiet. `withSession` shows the output of `pulumi install`: a later command does not install the
  // packages again.
  const quiet = { ...surface, print: () => true, printError: () => undefined };
  const work = async (session: Session) => {
    const { stack, removeIfNew } = session.open;
    const result = await runEngine({ ...session, surface: quiet }, (options) => stack.preview(options)).finally(
      removeIfNew,
    );
    names = referencesIn(result.observed.steps);
    return CI_EXIT_CODES.clean;
  };
  await withSession(request, surface, work, {
    stopped: () => CI_EXIT_CODES.stopped,
    locked: () => CI_EXIT_CODES.locked,
  }).catch(() => undefined);
  return names;
}

/**
 * Returns the targets that a name refers to. The name is `organization/project/stack`, or the name of a stack of the
 * same project.
 */
export function referredTargets<T extends Target>(name: string, from: T, targets: readonly T[]): readonly T[] {
  const parts = name.split("/");
  const project = parts.length > 1 ? parts.at(-2) : from.project.name;
  return targets.filter(
    (one) => one !== from && lastPart(one.stack) === lastPart(name) && one.project.name === project,
  );
}
