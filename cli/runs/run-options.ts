import { UsageError } from "../command";
import type { OptionTable } from "../option-table";

/** The option of every command about one run. */
export const STACK_OPTION = {
  stack: { type: "string", short: "s", value: "STACK", help: "RUN is a resource of this stack, by its name" },
} as const satisfies OptionTable;

const RUN_NAMES =
  "RUN is the id of a run, the URN of its resource, or its label, which is the name of its resource unless `fileName` is set";

/** The help text for RUN in the usage of commands that only read runs. */
export const NAMES_HELP = `${RUN_NAMES}: of several runs the newest active one, else the newest.`;

/**
 * The help text for RUN in the usage of commands that change one run. If several active runs have a label, the user
 * must choose one of them, because a run of another person may have the same label.
 */
export const ONE_RUN_HELP = `${RUN_NAMES}. A label must be that of exactly one active run.`;

/** Returns the run that a command line names. Exactly one run must be named. */
export function namedRun(positionals: readonly string[]): string {
  const [named, ...others] = positionals;
  if (named === undefined || named.trim() === "")
    throw new UsageError("RUN is missing: give the id, the URN or the label of a run");
  if (others.length > 0) throw new UsageError("Give one RUN only");
  return named;
}

/** Reads a whole number from 1 to `most`. */
export function countIn(option: string, text: string, most: number): number {
  const count = Number(text);
  if (!/^\d{1,9}$/.test(text) || count < 1 || count > most) {
    throw new UsageError(`--${option} takes a whole number from 1 to ${most}`);
  }
  return count;
}

/** The forms of a time, for the help. */
export const TIME_HELP = "2h (that long ago) or 2026-03-01T12:00:00Z";

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;
const PARTS = /^(?:\d{1,6}[smhd]){1,4}$/;

/** Reads a time, or a duration before now (`90s`, `2h`, `1d12h`). Returns milliseconds since the epoch. */
export function momentIn(option: string, text: string, now: number = Date.now()): number {
  if (PARTS.test(text)) {
    const parts = [...text.matchAll(/(\d{1,6})([smhd])/g)];
    const seconds = parts.reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit as keyof typeof UNITS], 0);
    // A time before the epoch becomes the epoch, because no run is older.
    return Math.max(0, now - seconds * 1000);
  }
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new UsageError(`--${option} takes a time such as ${TIME_HELP}`);
  return at;
}

/** Returns the error for an id that Lyceum does not know. */
export function unknownRun(executionId: string): UsageError {
  return new UsageError(
    `Lyceum does not know run ${executionId} (404). \`npx pulumi-lyceum list --all\` lists the runs of the API key's account`,
  );
}

/** Returns the message about a resource whose run is not known, because its start got no clear answer. */
export function unclearStart(resource: string): string {
  const remedy = "`pulumi up` looks for it again, and `npx pulumi-lyceum list` shows the active runs";
  return `The start of ${resource} got no clear answer, so its run is not known: ${remedy}`;
}
