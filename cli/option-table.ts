import type { ParseArgsConfig } from "node:util";

/** An option as `parseArgs` takes it, and as the help shows it. */
export type OptionRow = NonNullable<ParseArgsConfig["options"]>[string] & {
  /** What stands for its value, such as `FILE`. */
  readonly value?: string;
  /** What it does; line breaks count as blanks. */
  readonly help: string;
};

/** The options of a command: what is read, shown by `--help` and suggested for a slip comes from this one table. */
export type OptionTable = Readonly<Record<string, OptionRow>>;
