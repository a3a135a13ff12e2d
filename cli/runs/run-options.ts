import { UsageError } from "../command";
import type { OptionTable } from "../option-table";

/** The option of every command that is about one run. */
export const stackOption = {
  stack: { type: "string", short: "s", value: "STACK", help: "RUN is a resource of this stack, by its name" },
} as const satisfies OptionTable;

/** What a run may be called by, for the help. */
export const NAMES_HELP =
  "RUN is the id of a run, the URN of its resource, or its label, which is the name of its resource unless `fileName` is set: of several runs the newest active one, else the newest.";

/** The one run that a command is about. */
export function namedRun(positionals: readonly string[]): string {
  const [named, ...others] = positionals;
  if (named === undefined || named.trim() === "") throw new UsageError("The run is missing: its id, URN or label");
  if (others.length > 0) throw new UsageError("One run at a time");
  return named;
}

/** A whole number from 1 on. */
export function countIn(option: string, text: string, most: number): number {
  const count = Number(text);
  if (!/^\d{1,9}$/.test(text) || count < 1 || count > most) {
    throw new UsageError(`--${option} takes a whole number from 1 to ${most}`);
  }
  return count;
}

/** A time, in milliseconds since the epoch. */
export function momentIn(option: string, text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new UsageError(`--${option} takes a time such as 2026-03-01T12:00:00Z`);
  return at;
}
