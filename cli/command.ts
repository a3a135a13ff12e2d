import type { ProjectFiles } from "../compose/project";
import type { OptionTable } from "./option-table";

/** The result of reading a file, a pipe or a device. */
export type FileRead =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "error"; readonly reason: string };

/** The parts of the machine that a command gets as a parameter, so that tests can replace them. */
export interface Surface {
  /** The absolute path of the folder from which relative paths start. */
  readonly folder: string;
  /** Reads at most `most` bytes of a file; `-` is the standard input. */
  read(path: string, most: number): FileRead;
  /** Returns what is at a path. A `stream` is a pipe, a device, or anything else that supplies bytes. */
  stat(path: string): "file" | "folder" | "stream" | "missing";
  /** The files of Compose projects, read by their absolute paths. */
  readonly files: ProjectFiles;
  /** Returns a variable of the environment. `undefined` if the variable is not set. */
  variable(name: string): string | undefined;
  /** Columns of the terminal at the standard output. `undefined` if the output is not a terminal. */
  readonly columns: number | undefined;
  /**
   * Returns the columns of the terminal at the standard error. The number comes from Node's streams, which load slowly,
   * so it is read only if needed.
   */
  errorColumns(): number | undefined;
  /** Whether the output may have colors. */
  readonly color: boolean;
  /** Writes to the standard output. Returns `false` if nobody reads the output any more. */
  print(text: string): boolean;
  /** Writes to the standard error. `runCommandLine` breaks the lines of the text to fit the terminal. */
  printError(text: string): void;
}

/** A row in the list of commands. */
export interface CommandRow {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Loads the command. A command that is not used is not loaded. */
  load(): Command;
}

/** One subcommand. `run.ts` makes the text of `--help` from these fields. */
export interface Command {
  /** The part of the synopsis after the name, such as `[FILE] [options]`. */
  readonly synopsis: string;
  /** What the command does, in paragraphs. */
  readonly about: readonly string[];
  readonly options: OptionTable;
  /** The last part of the help: exit codes and further pages. */
  readonly closing: readonly string[];
  /** Runs the command with the words after its name. Returns the exit code. */
  run(args: readonly string[], surface: Surface): number | Promise<number>;
}

/** The error for a command line that is not valid, or that names something which does not exist. The exit code is 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  /**
   * Returns whether a value is a UsageError. `instanceof` would fail, because each bundled file has a copy of this
   * class.
   */
  static isInstance(value: unknown): value is UsageError {
    return value instanceof Error && value.name === "UsageError";
  }
}

/**
 * Exit codes of the commands. `errors` (1): the command found a problem, such as an error in a checked file or a run
 * that has not ended in time. `usage` (2): the command line was wrong, or the command itself failed. `stopped`: the
 * exit code that a shell shows after ^C.
 */
export const EXIT_CODES = { clean: 0, errors: 1, usage: 2, stopped: 130 } as const;
