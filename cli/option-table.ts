import type { ParseArgsConfig } from "node:util";

/** An option for `parseArgs` and for the help. */
export type OptionRow = NonNullable<ParseArgsConfig["options"]>[string] & {
  /** The placeholder for the option's value, such as `FILE`. */
  readonly value?: string;
  /** What the option does. Line breaks count as blanks. */
  readonly help: string;
};

/** The options of a command. Parsing, `--help` and suggestions for misspelt options use this table. */
export type OptionTable = Readonly<Record<string, OptionRow>>;
