import { resolve } from "node:path";
import type { Diagnostic } from "../../compose";
import { type Surface, UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { countIn } from "../runs/run-options";
import { PIPELINES, type PipelineKind } from "./init/init-files";

/** The commands for pipelines that use a stack, each with its own options. They also have the options in `COMMON`. */
export const OPERATIONS = {
  preview: ["all", "parallel-projects", "since", "format", "sarif", "codequality", "policy", "policy-ref", "save"],
  apply: ["all", "parallel-projects", "lock-wait", "codequality", "policy", "policy-ref", "reviewed"],
  drift: ["all", "parallel-projects"],
  destroy: ["lock-wait", "preview-only", "run-program", "policy", "policy-ref"],
} as const satisfies Readonly<Record<string, readonly (keyof typeof CI_OPTIONS)[]>>;

/** The options of `init`, which uses no stack. */
export const INIT_OPTIONS = [
  "cwd",
  "stacks",
  "schedule",
  "force",
] as const satisfies readonly (keyof typeof CI_OPTIONS)[];

/** The name of a command. */
export type Operation = keyof typeof OPERATIONS;

/** The options of all commands for pipelines. */
export const CI_OPTIONS = {
  cwd: { type: "string", value: "DIR", help: "the folder of the Pulumi project (default: this one)" },
  all: {
    type: "boolean",
    default: false,
    help: "all stacks of the projects in this folder and below; with --stack, those of this name",
  },
  since: {
    type: "string",
    value: "REF",
    help: "preview --all: only stacks that a change since this branch or commit may concern",
  },
  "parallel-projects": {
    type: "string",
    value: "N",
    default: "2",
    help: "--all: works on at most N stacks at once (default: 2)",
  },
  stack: { type: "string", short: "s", value: "NAME", help: "the stack; default: the variable PULUMI_STACK" },
  summary: {
    type: "string",
    value: "FILE",
    help: "writes a summary in Markdown; with GITHUB_STEP_SUMMARY it is appended to that file as well",
  },
  json: { type: "string", value: "FILE", help: "writes the same as JSON" },
  install: {
    type: "boolean",
    default: false,
    help: "runs `pulumi install` first, if the project has packages of its own",
  },
  parallel: { type: "string", value: "N", help: "at most N operations at once (default: Pulumi's, 4 for each core)" },
  format: {
    type: "string",
    value: "FORMAT",
    default: "text",
    help: "preview: text, or github for annotations of what --sarif writes, on the lines of a pull request",
  },
  sarif: {
    type: "string",
    value: "FILE",
    help: "preview: writes compose diagnostics, and what the policy does not allow, as SARIF 2.1.0",
  },
  codequality: {
    type: "string",
    value: "FILE",
    help: "preview, apply: writes what --sarif writes as a Code Quality report of GitLab",
  },
  policy: {
    type: "string",
    value: "FILE",
    help: `preview, apply, destroy: a policy in YAML; what it does not allow is an error, and nothing is changed (default: lyceum-policy.yaml in
    the folder of the project, where there is one)`,
  },
  "policy-ref": {
    type: "string",
    value: "REF",
    help: `preview, apply, destroy: reads the policy from this commit, such as origin/main, so that a pull request cannot change the policy that it is
    checked with`,
  },
  save: {
    type: "string",
    value: "FILE",
    help: "preview: writes what was previewed, for `apply --reviewed`; secrets are left out",
  },
  reviewed: {
    type: "string",
    value: "FILE",
    help: "apply: a file of `preview --save`; applies what it has or less, and ends with 4 before anything changes if there is more",
  },
  "lock-wait": {
    type: "string",
    value: "SECONDS",
    default: "600",
    help: "apply, destroy: how long to wait for a stack that another command has locked (default: 600; 0: not at all)",
  },
  "preview-only": {
    type: "boolean",
    default: false,
    help: "destroy: shows what would be deleted, and deletes nothing",
  },
  "run-program": {
    type: "boolean",
    default: false,
    help: `destroy: runs the program, so that the current settings of its providers hold, and stops where the program declares another end of a run
    than is recorded`,
  },
  stacks: {
    type: "string",
    value: "NAMES",
    help: "init: the stacks, in the order in which they are applied (default: those of the pipeline and of the projects, or dev,prod)",
  },
  schedule: {
    type: "string",
    value: "CRON",
    help: 'init github, init gitlab: also applies at these times (UTC), such as "0 3 * * *"; an existing schedule stays. For gitlab, the output has the command that creates the schedule',
  },
  force: { type: "boolean", default: false, help: "init: overwrites files that others have written or changed" },
} as const satisfies OptionTable;

/** The parsed options of a `ci` command. All paths are absolute. */
export type CiRequest = ReturnType<typeof readRequest> & {
  /** Called with the diagnostics and violations of each stack, for a report about several stacks. */
  readonly onFound?: (found: readonly Diagnostic[]) => void;
};

/** The request of `ci init`. */
export type InitRequest = ReturnType<typeof readInitRequest>;

/** Reads the words after `ci init`. */
export function readInitRequest(args: readonly string[]) {
  const { values, positionals } = readArguments(args, CI_OPTIONS, { allowPositionals: true });
  const [kind, ...others] = positionals;
  const kinds = Object.keys(PIPELINES).join(", ");
  if (others.length > 0 || (kind !== undefined && !isKind(kind))) throw new UsageError(`init takes one of ${kinds}`);
  refuseOthers("init", INIT_OPTIONS, values);
  if (values.cwd !== undefined && kind !== "policy-pack") {
    throw new UsageError(
      "--cwd is for policy-pack: the other pipelines find the projects of the repository themselves",
    );
  }
  const { cwd, force, stacks, schedule } = values;
  return { kind, cwd: cwd?.replace(/^\.\/|\/$/g, ""), stacks, schedule, force };
}

function isKind(name: string): name is PipelineKind {
  return Object.hasOwn(PIPELINES, name);
}

const MOST_PARALLEL = 10_000;
const MOST_PROJECTS = 100;
const LONGEST_LOCK_WAIT = 86_400;

/** Reads a command line. */
export function readRequest(args: readonly string[], surface: Pick<Surface, "folder" | "variable">) {
  const { values, positionals } = readArguments(args, CI_OPTIONS, { allowPositionals: true });
  const [operation = "", ...others] = positionals;
  const names = [...Object.keys(OPERATIONS), "init"].join(", ");
  if (!isOperation(operation)) throw new UsageError(`Which command: ${names}`);
  if (others.length > 0) throw new UsageError(`${operation} takes options only`);
  refuseOthers(operation, ["cwd", ...COMMON, ...OPERATIONS[operation]], values);
  const stack = values.stack ?? surface.variable("PULUMI_STACK") ?? "";
  const { all, since } = values;
  if (!all && (since !== undefined || values["parallel-projects"] !== "2")) {
    throw new UsageError("--since and --parallel-projects need --all");
  }
  if (stack === "" && !all) throw new UsageError("The stack is missing: --stack NAME, or the variable PULUMI_STACK");
  if (values.format !== "text" && values.format !== "github") throw new UsageError("--format takes text or github");
  const path = (given: string | undefined) => (given === undefined ? undefined : resolve(surface.folder, given));
  const { parallel } = values;
  const wait = values["lock-wait"];
  return {
    operation,
    all,
    since,
    parallelProjects: countIn("parallel-projects", values["parallel-projects"], MOST_PROJECTS),
    /** With `--all`, `--stack` selects the stacks with this name. */
    only: stack === "" ? undefined : stack,
    folder: resolve(surface.folder, values.cwd ?? "."),
    stack,
    summary: path(values.summary),
    json: path(values.json),
    sarif: path(values.sarif),
    codequality: path(values.codequality),
    install: values.install,
    policy: path(values.policy),
    policyRef: values["policy-ref"],
    save: path(values.save),
    reviewed: path(values.reviewed),
    parallel: parallel === undefined ? undefined : countIn("parallel", parallel, MOST_PARALLEL),
    annotates: values.format === "github",
    lockWaitSeconds: secondsOfWait(wait),
    previewOnly: values["preview-only"],
    // If one of these variables is set, Pulumi runs the program even without `--run-program`.
    runProgram:
      values["run-program"] ||
      ["PULUMI_RUN_PROGRAM", "PULUMI_OPTION_RUN_PROGRAM"].some((name) => isTruthy(surface.variable(name))),
  };
}

function secondsOfWait(text: string): number {
  const isWhole = /^\d{1,9}$/.test(text) && Number(text) <= LONGEST_LOCK_WAIT;
  if (isWhole) return Number(text);
  throw new UsageError(`--lock-wait takes whole seconds from 0 to ${LONGEST_LOCK_WAIT}, got ${JSON.stringify(text)}`);
}

/** Returns whether a variable has a value that Pulumi reads as true. */
function isTruthy(value: string | undefined): boolean {
  return value === "1" || value?.toLowerCase() === "true";
}

function isOperation(name: string): name is Operation {
  return Object.hasOwn(OPERATIONS, name);
}

/** Options of every command that uses a stack. */
export const COMMON = [
  "stack",
  "summary",
  "json",
  "install",
  "parallel",
] as const satisfies readonly (keyof typeof CI_OPTIONS)[];

/**
 * Refuses options of other commands, because such an option would have no effect, although the user expects an effect.
 */
function refuseOthers(operation: string, own: readonly string[], values: Readonly<Record<string, unknown>>): void {
  for (const [name, option] of Object.entries(CI_OPTIONS)) {
    const { default: usual } = option as { readonly default?: unknown };
    if (!own.includes(name) && values[name] !== usual) throw new UsageError(`${operation} has no option --${name}`);
  }
}
