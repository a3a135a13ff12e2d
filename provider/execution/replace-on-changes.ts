import { inputsOf } from "../schema";

// A decision in a file of its own, as every decision.

/** Inputs whose change starts nothing by itself; not those of the end, whose change is meant to spare a run. */
const SETTINGS = inputsOf("nextRun", "policy", "command");

/**
 * Settings that the resource option `replaceOnChanges` names, by name, by a path into them or by `*`. It is not left
 * to the engine, which would replace a run whose wait has ended too early in place of resuming it.
 */
export function settingsThatReplace(paths: readonly string[]): (typeof SETTINGS)[number][] {
  const roots = paths.map((path) => (path === "*" ? path : /^[A-Za-z]+/.exec(path)?.[0]));
  return SETTINGS.filter((name) => roots.includes("*") || roots.includes(name));
}
