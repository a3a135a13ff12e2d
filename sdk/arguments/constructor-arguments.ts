import * as pulumi from "@pulumi/pulumi";
import { nearest } from "../../compose/wording";
import { ARGUMENTS, FILES_ARGUMENTS } from "../../provider/schema";
import { durationSeconds } from "./durations";

/** The facts about a class that messages contain. */
interface Constructed {
  readonly kind: string;
  readonly names: readonly string[];
  /** The name of the argument that the examples in messages set. */
  readonly main: string;
  readonly example: string;
}

const CLASSES = {
  ComposeExecution: { kind: "ComposeExecution", names: ARGUMENTS, main: "composeFile", example: "compose.yaml" },
  StoredFiles: { kind: "StoredFiles", names: FILES_ARGUMENTS, main: "source", example: "data" },
} as const satisfies Readonly<Record<string, Constructed>>;

/**
 * Throws if the arguments of a constructor have the wrong types or are in the wrong position. The provider cannot
 * report this, because it receives only the inputs.
 *
 * @throws {pulumi.RunError} LYC4010
 */
export function checkConstructor(kind: keyof typeof CLASSES, name: unknown, args: unknown, opts: unknown): void {
  const of = CLASSES[kind];
  const problem =
    nameProblem(of, name) ?? argsProblem(of, args, isObject(opts) && opts.id !== undefined) ?? optsProblem(of, opts);
  if (problem !== undefined) refuse(name, problem);
}

/**
 * Throws if `get` is called without the id of a run.
 *
 * @throws {pulumi.RunError} LYC4010
 */
export function checkId(name: unknown, id: unknown): void {
  if (pulumi.Output.isInstance(id) || id instanceof Promise || (typeof id === "string" && id !== "")) return;
  refuse(
    name,
    `ComposeExecution.get needs the id of the run, not ${shown(id)}. \`npx pulumi-lyceum list\` shows the ids.`,
  );
}

function refuse(name: unknown, problem: string): never {
  const of = typeof name === "string" && name !== "" ? `${name}: ` : "";
  throw new pulumi.RunError(`LYC4010: ${of}${problem}`);
}

function nameProblem(of: Constructed, name: unknown): string | undefined {
  if (typeof name === "string" && name !== "") return undefined;
  return `the first argument of ${of.kind} must be the name of the resource, a text, not ${shown(name)}. ${instead(of)}`;
}

function argsProblem(of: Constructed, args: unknown, isRead: boolean): string | undefined {
  if (isArguments(args)) return isRead ? undefined : sendingProblem(args);
  const written = pulumi.Output.isInstance(args)
    ? "Give the single arguments, which may be outputs."
    : typeof args === "string"
      ? `Write { ${of.main}: ${JSON.stringify(args.slice(0, LONGEST))} }.`
      : instead(of);
  return `the second argument of ${of.kind} must be an object with its arguments, not ${shown(args)}. ${written}`;
}

function instead({ kind, main, example }: Constructed): string {
  return `Write new ${kind}("NAME", { ${main}: "${example}" }).`;
}

/** The largest number of characters of a value in a message. */
const LONGEST = 60;

/**
 * Returns an error message for a value that Pulumi sends as an empty map or not at all, because this value would have
 * no effect.
 */
function sendingProblem(args: Readonly<Record<string, unknown>>): string | undefined {
  const visit = (value: unknown, path: string): string | undefined => {
    if (value instanceof Date) return `${path} is a Date, which Pulumi sends as an empty map. Write .toISOString().`;
    if (value instanceof Map)
      return `${path} is a Map, which Pulumi sends as an empty map. Write Object.fromEntries(…).`;
    if (value instanceof Set) return `${path} is a Set, which Pulumi sends as an empty map. Write [...…].`;
    if (["function", "symbol", "bigint"].includes(typeof value))
      return `${path} is ${shown(value)}, which Pulumi cannot send. Give its value.`;
    if (Array.isArray(value)) return first(value.map((item, index) => [item, `${path}[${index}]`] as const));
    if (!isLiteral(value)) return undefined;
    return first(Object.entries(value).map(([key, item]) => [item, `${path}.${key}`] as const));
  };
  const first = (values: readonly (readonly [unknown, string])[]): string | undefined => {
    for (const [value, path] of values) {
      const problem = visit(value, path);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
  return first(Object.entries(args).map(([name, value]) => [value, name] as const));
}

function optsProblem(of: Constructed, opts: unknown): string | undefined {
  if (opts === undefined) return undefined;
  if (!isObject(opts) || Array.isArray(opts))
    return `the third argument of ${of.kind} must be an object with resource options, such as { dependsOn: [other] }, not ${shown(opts)}.`;
  const argument = of.names.find((name) => opts[name] !== undefined);
  if (argument !== undefined)
    return `${argument} is an argument of ${of.kind}, and not a resource option. Move it to the second argument.`;
  return (
    timeoutsProblem(opts.customTimeouts) ??
    pathsProblem(of, "ignoreChanges", opts.ignoreChanges) ??
    pathsProblem(of, "replaceOnChanges", opts.replaceOnChanges)
  );
}

function timeoutsProblem(timeouts: unknown): string | undefined {
  if (!isObject(timeouts)) return undefined;
  const wrong = Object.entries(timeouts).find(
    ([, value]) => value !== undefined && (typeof value !== "string" || durationSeconds(value) === undefined),
  );
  if (wrong === undefined) return undefined;
  return `customTimeouts.${wrong[0]} must be a duration such as "30m" or "90s", not ${shown(wrong[1])}.`;
}

/**
 * Returns an error message if a path in a resource option begins with a misspelt argument. The engine itself ignores
 * such a path, and reports nothing.
 */
function pathsProblem({ names }: Constructed, option: string, paths: unknown): string | undefined {
  if (paths === undefined) return undefined;
  if (!Array.isArray(paths)) return `${option} must be a list of paths, such as ["triggers"], not ${shown(paths)}.`;
  for (const path of paths) {
    const root = /^[A-Za-z]{1,50}/.exec(String(path))?.[0] ?? "";
    const meant = names.includes(root) ? undefined : nearest(root, names);
    if (meant !== undefined) return `${option} names ${root}, which is not an argument; did you mean ${meant}?`;
  }
  return undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isArguments(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && !Array.isArray(value) && !pulumi.Output.isInstance(value) && !(value instanceof Promise);
}

/** Whether a value is a literal object. Other objects, such as resources and assets, may refer to themselves. */
function isLiteral(value: unknown): value is Readonly<Record<string, unknown>> {
  return isArguments(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null);
}

function shown(value: unknown): string {
  if (value === undefined || value === null || typeof value === "number") return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, LONGEST));
  if (pulumi.Output.isInstance(value)) return "an Output";
  if (value instanceof Promise) return "a promise";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
