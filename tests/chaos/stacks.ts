import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Running, RunResult } from "../harness/processes/run";
import { removeEmptyAttributes } from "../harness/state-file";
import { type Row, readState, type StackContents } from "./oracle/rows";
import { argsOf, filesOf } from "./plan/desired";
import { applyEdit, declaring, type Edit, EMPTY_PROGRAM, type Program } from "./plan/edit";
import { STACKS, type StackId, type Targets } from "./plan/stage";
import type { Host, RunFolders } from "./workspace";

interface Location {
  readonly backend: "state" | "copy";
  readonly name: "dev" | "other";
  /**
   * The smallest number for new texts of the stack. With different numbers, two stacks never get the same text by
   * chance.
   */
  readonly floor: number;
}

const LOCATIONS: Readonly<Record<StackId, Location>> = {
  dev: { backend: "state", name: "dev", floor: 0 },
  other: { backend: "state", name: "other", floor: 200 },
  "dev of the copy": { backend: "copy", name: "dev", floor: 400 },
  "other of the copy": { backend: "copy", name: "other", floor: 600 },
};

const TYPES: Readonly<Record<Host, string>> = {
  dynamic: "pulumi-nodejs:dynamic/lyceum:ComposeExecution",
  plugin: "lyceum:index:ComposeExecution",
};
const SCOPE = "pulumi-nodejs:dynamic/lyceum:Scope::lyceum-scope";

/** The time limit in seconds for a command of the CLI that calls no provider. */
const OPERATION_SECONDS = 300;

/** The stacks of one chaos run: their states, their programs, and the CLI for them. */
export class Stacks {
  private readonly programs = new Map<StackId, Program>();

  constructor(readonly folders: RunFolders) {}

  /** Stacks that have a state. */
  get existing(): readonly StackId[] {
    return STACKS.filter((stack) => this.exists(stack));
  }

  exists(stack: StackId): boolean {
    return existsSync(this.fileOf(stack));
  }

  program(stack: StackId): Program {
    return this.programs.get(stack) ?? EMPTY_PROGRAM;
  }

  setProgram(stack: StackId, program: Program): void {
    this.programs.set(stack, program);
  }

  /** Changes what a stack's program declares. */
  edit(stack: StackId, edit: Edit): void {
    this.setProgram(
      stack,
      applyEdit(this.program(stack), edit, this.floorOf(stack), (other) => this.program(other)),
    );
  }

  floorOf(stack: StackId): number {
    return LOCATIONS[stack].floor;
  }

  /** Starts a command on a stack, with its program. */
  start(stack: StackId, args: readonly string[], env: Readonly<Record<string, string>>, seconds: number): Running {
    const { declared } = this.program(stack);
    this.folders.declare(
      declared.map((desired) => ({ name: desired.name, args: argsOf(desired), retain: desired.retain })),
      filesOf(declared),
    );
    const { name, backend } = LOCATIONS[stack];
    const isNamed = args.some((arg) => arg.startsWith("--source="));
    return this.folders.pulumi.start(isNamed ? args : [...args, "--stack", name], {
      env: { ...env, PULUMI_BACKEND_URL: `file://${this.backend(backend)}` },
      deadlineSeconds: seconds,
    });
  }

  /** Runs a command that calls no provider. */
  run(stack: StackId, args: readonly string[]): Promise<RunResult> {
    return this.start(stack, args, {}, OPERATION_SECONDS).ended;
  }

  contents(stack: StackId): StackContents {
    return readState(stack, readFileSync(this.fileOf(stack), "utf8"));
  }

  /** Returns the executions in the states of all stacks. */
  rows(): readonly Row[] {
    return this.existing.flatMap((stack) => this.contents(stack).rows);
  }

  /**
   * Returns the arguments that limit a command to targets. Targets that are neither in the state nor in the program are
   * left out. `undefined` if no target is left.
   */
  targetsOf(stack: StackId, { names, withScope }: Targets): readonly string[] | undefined {
    const { rows } = this.contents(stack);
    const { declared } = this.program(stack);
    const known = names.filter((name) => [...rows, ...declared].some((one) => one.name === name));
    if (known.length === 0) return undefined;
    const prefix = `urn:pulumi:${LOCATIONS[stack].name}::chaos::`;
    const scope = withScope && this.folders.host === "dynamic" ? [`${prefix}${SCOPE}`] : [];
    return [...known.map((name) => this.urnOf(stack, name)), ...scope].flatMap((urn) => ["--target", urn]);
  }

  urnOf(stack: StackId, name: string): string {
    const row = this.contents(stack).rows.find((one) => one.name === name);
    return row?.urn ?? `urn:pulumi:${LOCATIONS[stack].name}::chaos::${TYPES[this.folders.host]}::${name}`;
  }

  /** Declares in one stack's program the resources that were moved from the other stack. */
  adoptProgram(from: StackId, to: StackId, names?: readonly string[]): void {
    const source = this.program(from);
    const moved = source.declared.filter(({ name }) => names === undefined || names.includes(name));
    const target = this.program(to);
    const kept = target.declared.filter(({ name }) => !moved.some((desired) => desired.name === name));
    this.setProgram(to, declaring(target, [...kept, ...moved]));
  }

  /** Creates the second backend, either empty or as a copy of the first backend. */
  copyBackend(withContents: boolean): void {
    const [from, to] = [this.backend("state"), this.backend("copy")];
    if (withContents) cpSync(from, to, { recursive: true });
    else mkdirSync(to, { recursive: true });
  }

  /** Returns whether the lock of a command that has died still exists. */
  isLocked(stack: StackId): boolean {
    const { backend, name } = LOCATIONS[stack];
    const locks = join(this.backend(backend), ".pulumi", "locks", "organization", "chaos", name);
    return filesBelow(locks).some((file) => file.endsWith(".json"));
  }

  /** Removes what a killed CLI may leave next to the state. Returns whether there was something to remove. */
  repair(stack: StackId): boolean {
    return removeEmptyAttributes(this.fileOf(stack));
  }

  private backend(name: Location["backend"]): string {
    return name === "state" ? this.folders.state : join(this.folders.dir, "copied-state");
  }

  /** Returns the path of the file in which the backend stores a stack. */
  private fileOf(stack: StackId): string {
    const { backend, name } = LOCATIONS[stack];
    return join(this.backend(backend), ".pulumi", "stacks", "chaos", `${name}.json`);
  }
}

function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
}
