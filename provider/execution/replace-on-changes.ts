import { inputsOf } from "../schema";

/** Inputs whose change starts nothing by itself; not those of the end, whose change is meant to spare a run. */
const SETTINGS = inputsOf("nextRun", "policy", "command");

/**
 * Settings that the resource option `replaceOnChanges` names, by name, by a path into them or by `*`. The engine cannot
 * apply it: it would need a diff property by property, which a dynamic provider cannot give.
 */
export function settingsThatReplace(paths: readonly string[]): (typeof SETTINGS)[number][] {
  const roots = paths.map((path) => (path === "*" ? path : /^[A-Za-z]+/.exec(path)?.[0]));
  return SETTINGS.filter((name) => roots.includes("*") || roots.includes(name));
}
