import type { ProjectFiles } from "../compose/project";
import type { OptionTable } from "./option-table";

/** What reading a file ends in. */
export type FileRead =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "error"; readonly reason: string };

/** What a command may touch: nothing else of the machine. */
export interface Surface {
  /** The folder that relative paths start from; absolute. */
  readonly folder: string;
  /** Reads at most so many bytes of a file; `-` is the standard input. */
  read(path: string, most: number): FileRead;
  /** What stands at a path; a `stream` is a pipe, a device, or anything else that bytes come out of. */
  stat(path: string): "file" | "folder" | "stream" | "missing";
  /** The files of projects, by absolute paths. */
  readonly files: ProjectFiles;
  /** A variable of the environment, for who asks for it by name; `undefined` when it is not set. */
  variable(name: string): string | undefined;
  /** Columns of the terminal; `undefined` where the output is not one. */
  readonly columns: number | undefined;
  /** Whether the output may have colors. */
  readonly color: boolean;
  /** Writes to the standard output; `false` once nobody reads it any more. */
  print(text: string): boolean;
  /** Writes to the standard error. */
  printError(text: string): void;
}

/** A command as the list of commands has it. */
export interface CommandRow {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** The command itself, which may be in a file that is only loaded when the command is called. */
  load(): Command;
}

/** One subcommand. Its help is made of what stands here (`run.ts`). */
export interface Command {
  /** What stands behind its name, such as `[FILE] [options]`. */
  readonly synopsis: string;
  /** What it does: paragraphs. */
  readonly about: readonly string[];
  readonly options: OptionTable;
  /** What stands below the options: exit codes, and where to read on. */
  readonly closing: readonly string[];
  /** Runs it with the words behind its name; the answer is the exit code. */
  run(args: readonly string[], surface: Surface): number | Promise<number>;
}

/** A command line that is not valid, or that names what is not there: exit 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  /** Whether a value is one, whichever file of the package made it: each has a copy of this class. */
  static isInstance(value: unknown): value is UsageError {
    return value instanceof Error && value.name === "UsageError";
  }
}

/**
 * Exit codes of every command; `usage` also when the command itself failed, so that 1 means that errors were found. `stopped` is that of
 * a shell after ^C.
 */
export const EXIT_CODES = { clean: 0, errors: 1, usage: 2, stopped: 130 } as const;
