import { UsageError } from "../../command";
import type { PipelineSettings } from "./pipeline-file";

/** Reads and validates the stacks and the folder, because they become part of shell commands and of YAML. */
export function pipelineSettings(stacks: string, folder: string): Pick<PipelineSettings, "folder" | "stacks"> {
  const names = stacks.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !/^[\w.-]{1,100}$/.test(name) || name.startsWith("-"));
  if (wrong !== undefined) {
    throw new UsageError(
      `"${wrong}" is not the name of a stack: --stacks takes names with letters, digits, - _ and . , with commas between`,
    );
  }
  if (new Set(names).size < names.length) throw new UsageError("--stacks names a stack twice");
  const parts = folder.split("/");
  if (folder !== "." && parts.some((part) => !/^[\w.@-]+$/.test(part) || /^(\.\.?$|-)/.test(part))) {
    throw new UsageError("--cwd is a folder below this one, with letters, digits, - _ . and @ in its name");
  }
  return { folder, stacks: names };
}

/**
 * Validates the schedule of the applies, and returns the schedule. The validation is necessary, because the schedule
 * becomes part of a YAML file.
 */
export function scheduleSetting(cron: string): string {
  const fields = cron.trim().split(/\s+/);
  if (fields.length !== 5 || fields.some((field) => !/^[\w*,/-]{1,50}$/.test(field))) {
    throw new UsageError(
      `--schedule takes five fields of cron, such as "0 3 * * *" for each day at 3:00 UTC, not "${cron}"`,
    );
  }
  return fields.join(" ");
}

/** Returns the times of applies in the workflow of an existing pipeline. Undefined if only a push applies. */
export function scheduleIn(workflow: string | undefined): string | undefined {
  return /^ {2}push:\n {4}branches: .*\n {2}schedule:\n {4}- cron: "(.+)"$/m.exec(workflow ?? "")?.[1];
}

/** Returns the names in the first list of stacks in the files of a pipeline. */
export function stacksIn(texts: readonly string[]): readonly string[] {
  for (const text of texts) {
    const [, list] = /^ *(?:- )?stack: \[(.+)\]$/im.exec(text) ?? [];
    if (list !== undefined) return list.split(", ").map((name) => name.replace(/^"(.*)"$/, "$1"));
  }
  return [];
}

/** Returns the names of stacks in the order in which changes usually reach them: production last. */
export function inUsualOrder(names: readonly string[]): readonly string[] {
  const isLast = (name: string) => /prod|live/i.test(name);
  const sorted = [...new Set(names)].sort();
  return [...sorted.filter((name) => !isLast(name)), ...sorted.filter(isLast)];
}
