import { join } from "node:path";
import type { RunOptions } from "./processes/run";
import { type Running, type RunResult, start } from "./processes/run";
import { ROOT } from "./root";

/** Arguments that every command of a scenario has. The narrative leaves them out. */
const ALWAYS = ["--non-interactive"];
/** The stack of every command, unless the command names another stack. */
const STACK = ["--stack", "dev"];
/** Commands that do not use a stack. */
const WITHOUT_STACK = ["do", "package", "plugin"];

/** The first words of a command line. */
export type ProgramName = "pulumi" | "npx pulumi-lyceum";

const COMMAND_LINE = join(ROOT, "dist", "cli", "main.js");

/** Runs the Pulumi CLI, in an environment that contains nothing of the user's. */
export class PulumiCommands {
  constructor(
    private readonly cwd: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Starts a command; see {@link start}. */
  start(args: readonly string[], more: Partial<RunOptions> = {}, program: ProgramName = "pulumi"): Running {
    const options = { ...more, cwd: this.cwd, env: { ...this.env, ...more.env } };
    if (program !== "pulumi") return start(process.execPath, [COMMAND_LINE, ...args], options);
    const isNamed = args.some((arg) => arg === "--stack" || arg.startsWith("--source="));
    const stack = isNamed || WITHOUT_STACK.includes(args[0] ?? "") ? [] : STACK;
    return start("pulumi", [...args, ...ALWAYS, ...stack], options);
  }

  /** Runs a command that must succeed. Returns its standard output. */
  async quietly(args: readonly string[], input?: string): Promise<string> {
    const result = await this.start(args, input === undefined ? {} : { input }).ended;
    if (result.exitCode !== 0)
      throw new Error(`pulumi ${args.join(" ")}: exit ${result.exitCode}\n${outputOf(result)}`);
    return result.stdout;
  }

  /**
   * Sets a secret of the stack's configuration. The value goes through the standard input, because every user of the
   * machine can read arguments.
   */
  async setSecret(name: string, value: string): Promise<void> {
    await this.quietly(["config", "set", "--secret", name], value);
  }

  /** Returns the stack as `stack export` writes it, with encrypted secrets. */
  async exported(): Promise<StackState> {
    return JSON.parse(await this.quietly(["stack", "export"])) as StackState;
  }

  /** Returns the stack's outputs, with secrets in plaintext. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    return JSON.parse(await this.quietly(["stack", "output", "--json", "--show-secrets"])) as Record<string, unknown>;
  }
}

/** The part of an exported stack that scenarios read. */
export interface StackState {
  readonly deployment: {
    readonly resources?: readonly StateResource[];
    readonly pending_operations?: readonly unknown[];
  };
}

/** One resource of a stack's state. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly initErrors?: readonly string[];
}

/** Returns both output streams of a command. */
export function outputOf(result: Pick<RunResult, "stdout" | "stderr">): string {
  // Commands about runs print this line for every simulated run. The same golden files describe runs on containers.
  const stderr = result.stderr.replace(/^SIMULATED: the answers are from an emulator.*\n/m, "");
  return stderr.trim() === "" ? result.stdout : `${result.stdout}\nstderr:\n${stderr}`;
}
