import type { Random } from "./random";

/** What the next `up` is to do about a run that ended badly, as a program says it. */
type Policy = "rerun" | "keep" | "fail";

/** One declared execution, as the script wants it. Seconds. */
export interface Wish {
  readonly name: string;
  /** Counts the texts that the resource has had: each is a wish of its own. */
  readonly incarnation: number;
  readonly waitFor: "accepted" | "running" | "completed";
  readonly whenFailed?: Policy;
  readonly run: number;
  readonly exitCode: number;
  readonly queue: number;
  readonly stopTakes: number;
  /** Whether the program holds the text, or names a file that does: the provider then makes the text, and forgets it when it dies. */
  readonly form: "text" | "file";
}

/** Deadlines that every execution is given. Seconds. */
export const CLOCKS = { queue: 60, run: 60, total: 120, delete: 30 };

/** What stands in the text of this wish and no other. */
export function markerOf({ name, incarnation }: Pick<Wish, "name" | "incarnation">): string {
  return `${name}.${incarnation}`;
}

/** The marker in a text that was started. */
export function markerIn(text: unknown): string | undefined {
  return typeof text === "string" ? /CHAOS: "?([\w.]+)/.exec(text)?.[1] : undefined;
}

/** The resource that a marker belongs to. */
export function resourceOf(marker: string): string {
  return marker.slice(0, marker.lastIndexOf("."));
}

function textOf(wish: Wish): string {
  const { queue, run, exitCode, stopTakes } = wish;
  return `services:
  app:
    image: busybox:stable
    environment: { CHAOS: "${markerOf(wish)}" }
x-lyceum-sim: ${JSON.stringify({ queue, start: 0.1, run, exitCode, stopTakes, output: [] })}
`;
}

/** Files that the program names, by their names. */
export function filesOf(wishes: readonly Wish[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    wishes.filter(({ form }) => form === "file").map((wish) => [fileName(wish), textOf(wish)] as const),
  );
}

function fileName({ name }: Wish): string {
  return `${name}.compose.yaml`;
}

/** Arguments of the resource. */
export function argsOf(wish: Wish): Readonly<Record<string, unknown>> {
  const { waitFor, whenFailed } = wish;
  return {
    ...(wish.form === "file" ? { composeFile: fileName(wish) } : { composeFileCode: textOf(wish) }),
    waitFor,
    ...(whenFailed === undefined ? {} : { whenFailed }),
    timeout: 600,
    gracefulTimeout: 5,
    clocks: CLOCKS,
  };
}

/** Whether the script wants another run after this one ended badly: its own reading of the policies. */
export function wantsRerun({ waitFor, whenFailed }: Wish): boolean {
  return (whenFailed ?? (waitFor === "completed" ? "rerun" : "keep")) === "rerun";
}

/** A run that goes on until it is deleted. */
export function longRun(name: string, random: Random): Wish {
  return {
    name,
    incarnation: 1,
    waitFor: random.pick(["accepted", "running", "running"]),
    run: 400,
    exitCode: 0,
    queue: random.pick([0, 0, 0.5, 2]),
    stopTakes: random.between(0.3, 4),
    form: random.chance(0.4) ? "file" : "text",
  };
}

/** A run that is waited for to its end. */
export function job(name: string, random: Random): Wish {
  return { ...longRun(name, random), waitFor: "completed", run: random.between(1, 5) };
}

/** A run that ends badly, before or after it has reached what is waited for. */
function failing(name: string, random: Random): Wish {
  const policy = random.pick([undefined, "rerun", "keep", "fail"] as const);
  return {
    ...longRun(name, random),
    waitFor: random.pick(["running", "completed", "completed"]),
    ...(policy === undefined ? {} : { whenFailed: policy }),
    run: random.between(0.3, 2),
    exitCode: 3,
  };
}

/** Any of them. */
export function anyWish(name: string, random: Random): Wish {
  const kind = random.next();
  if (kind < 0.45) return longRun(name, random);
  return kind < 0.85 ? job(name, random) : failing(name, random);
}

/** The same resource with another text. */
export function changed(wish: Wish): Wish {
  return { ...wish, incarnation: wish.incarnation + 1 };
}

/** What somebody does about a run that ended badly: another text, which works. */
export function mended(wish: Wish): Wish {
  const { whenFailed: _dropped, ...rest } = changed(wish);
  return { ...rest, exitCode: 0 };
}
