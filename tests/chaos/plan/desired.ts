import type { Random } from "../random";

/** What the next `up` does with a failed run, according to the program's arguments. */
type Policy = "rerun" | "keep" | "fail";

/**
 * How a program keeps the run of a resource that it removes. `class`: by the option of the class, from which the
 * provider gets `onDelete: "leave"`. `engine`: by the engine's own option, which YAML and transformations set. The
 * provider does not get the engine's option.
 */
export type Retained = "class" | "engine";

/** An execution that the program declares. Times are seconds. */
export interface DesiredRun {
  readonly name: string;
  /** The earlier name of the resource. The resource got its text under this name. */
  readonly origin?: string;
  /** The number of the resource's text. Each text stands for another run. */
  readonly incarnation: number;
  readonly retain?: Retained;
  readonly waitFor: "accepted" | "running" | "completed";
  readonly whenFailed?: Policy;
  readonly run: number;
  readonly exitCode: number;
  readonly queue: number;
  readonly stopTakes: number;
  /**
   * Whether the program contains the text or names a file. The provider makes the text of the file, and loses this text
   * if the provider dies.
   */
  readonly form: "text" | "file";
}

/** The length in seconds of a run that ends only when it is deleted. A whole chaos run takes less time. */
export const LASTS = 400;

/** Deadlines of every execution, in seconds. */
export const CLOCKS = { queue: 60, run: 60, total: 120, delete: 30 };

/** Returns the marker that only the text of this run contains. */
export function markerOf({ name, origin, incarnation }: Pick<DesiredRun, "name" | "origin" | "incarnation">): string {
  return `${origin ?? name}.${incarnation}`;
}

/** Returns the marker in the text of a start. */
export function markerIn(text: unknown): string | undefined {
  return typeof text === "string" ? /CHAOS: "?([\w.]+)/.exec(text)?.[1] : undefined;
}

function textOf(desired: DesiredRun): string {
  const { queue, run, exitCode, stopTakes } = desired;
  return `services:
  app:
    image: busybox:stable
    environment: { CHAOS: "${markerOf(desired)}" }
x-lyceum-sim: ${JSON.stringify({ queue, start: 0.1, run, exitCode, stopTakes, output: [] })}
`;
}

/** Returns the files that the program names. */
export function filesOf(desiredRuns: readonly DesiredRun[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    desiredRuns.filter(({ form }) => form === "file").map((desired) => [fileName(desired), textOf(desired)] as const),
  );
}

function fileName({ name }: DesiredRun): string {
  return `${name}.compose.yaml`;
}

/** Returns the arguments of the resource. */
export function argsOf(desired: DesiredRun): Readonly<Record<string, unknown>> {
  const { waitFor, whenFailed } = desired;
  return {
    ...(desired.form === "file" ? { composeFile: fileName(desired) } : { composeFileCode: textOf(desired) }),
    waitFor,
    ...(whenFailed === undefined ? {} : { whenFailed }),
    timeout: 600,
    gracefulTimeout: Math.max(5, Math.ceil(desired.stopTakes)),
    clocks: CLOCKS,
  };
}

/**
 * Returns true if another run must start after this run has failed. This is the test's own definition of the policies.
 */
export function wantsRerun({ waitFor, whenFailed }: DesiredRun): boolean {
  return (whenFailed ?? (waitFor === "completed" ? "rerun" : "keep")) === "rerun";
}

/** Makes a run that continues until it is deleted. */
export function longRun(name: string, random: Random): DesiredRun {
  return {
    name,
    incarnation: 1,
    waitFor: random.pick(["accepted", "running", "running"]),
    run: LASTS,
    exitCode: 0,
    queue: random.pick([0, 0, 0.5, 2]),
    stopTakes: random.between(0.3, 4),
    form: random.chance(0.4) ? "file" : "text",
  };
}

/** Makes a run that ends by itself. The command waits for its end. */
export function job(name: string, random: Random): DesiredRun {
  return { ...longRun(name, random), waitFor: "completed", run: random.between(1, 5) };
}

/** Makes a run that fails before or after it has reached its `waitFor`. */
function failing(name: string, random: Random): DesiredRun {
  const policy = random.pick([undefined, "rerun", "keep", "fail"] as const);
  return {
    ...longRun(name, random),
    waitFor: random.pick(["running", "completed", "completed"]),
    ...(policy === undefined ? {} : { whenFailed: policy }),
    run: random.between(0.3, 2),
    exitCode: 3,
  };
}

/** Makes a run of any of these kinds. */
export function anyDesiredRun(name: string, random: Random): DesiredRun {
  const kind = random.next();
  if (kind < 0.45) return longRun(name, random);
  return kind < 0.85 ? job(name, random) : failing(name, random);
}

/**
 * Returns the same resource with another text.
 *
 * @param floor the smallest number for a new text
 */
export function changed({ origin: _written, ...desired }: DesiredRun, floor = 0): DesiredRun {
  return { ...desired, incarnation: Math.max(desired.incarnation, floor) + 1 };
}

/** Returns the run after a person has fixed it: with another text, which does not fail. */
export function fixed(desired: DesiredRun, floor = 0): DesiredRun {
  const { whenFailed: _dropped, ...rest } = changed(desired, floor);
  return { ...rest, exitCode: 0 };
}

/** Returns a run as text, for a person who reads a scenario. */
export function describe(desired: DesiredRun): string {
  const { name, waitFor, run, exitCode, whenFailed, retain } = desired;
  const what = markerOf(desired).startsWith(`${name}.`) ? markerOf(desired) : `${markerOf(desired)} as ${name}`;
  const policy = whenFailed === undefined ? "" : `, whenFailed ${whenFailed}`;
  const kept = retain === undefined ? "" : `, retained (${retain})`;
  return `${what} waits for ${waitFor}, runs ${run.toFixed(1)} s, exits ${exitCode}${policy}${kept}`;
}
