import type { Facts } from "../facts";
import type { Declared, Options, Way } from "../ways";

/** An option or a combination of options, and what a command must do with it. */
export interface Row {
  /** As a program in Node.js writes it. */
  readonly option: string;
  /** What the command does, in the words of Pulumi's documentation. */
  readonly effect: string;
  /** The resources before the command. */
  readonly before: readonly Declared[];
  /** The resources with which the command runs. Default: the same. */
  readonly after?: readonly Declared[];
  /**
   * The rows of a group share one `up`. Default: all rows that cannot fail. `alone`: a row with a separate command.
   * `forced`: forced replacements. `failing`: failures of single resources, in the last command.
   */
  readonly group?: "alone" | "forced" | "failing";
  /** Arguments that the row adds to the command. */
  readonly flags?: (urn: UrnOf) => readonly string[];
  /** A command that runs before. */
  readonly first?: (urn: UrnOf) => readonly string[];
  /** The file that the row has edited before the command. */
  readonly edits?: string;
  /** Whether the command did what the documentation says. */
  readonly works: (facts: Facts) => boolean;
  /** Whether the oldest CLI does not have the option, because Pulumi added it later. */
  readonly isNewer?: true;
  /** Why a way has no such option. */
  readonly absent?: Partial<Readonly<Record<Way, string>>>;
  /**
   * What a program can write if the engine does not give the provider this option. A message of the command names it.
   */
  readonly instead?: string;
  /** Ways in which the option has no effect and no message can report this, and what a program can write instead. */
  readonly lost?: Partial<Readonly<Record<Way, string>>>;
}

/** Returns the URN of a resource without a parent. */
type UrnOf = (name: string) => string;

/** A flag for one resource. */
export const flag =
  (name: string, resource: string): NonNullable<Row["flags"]> =>
  (urn) => [name, urn(resource)];

/** A text whose run continues until a client ends it. */
export const TEXT = script({});

/** A Compose text with a script for the emulator. */
export function script(more: object): string {
  return JSON.stringify({ services: { job: { image: "busybox" } }, "x-lyceum-sim": { start: 0, run: 600, ...more } });
}

/** A run. */
export function run(name: string, args: Declared["args"] = {}, options: Options = {}): Declared {
  const source = args.composeFile === undefined && args.existingExecutionId === undefined;
  return { name, args: { ...(source ? { composeFileCode: TEXT } : {}), timeout: 600, ...args }, options };
}

/** The file that each StoredFiles stores. */
export const SOURCE = "stored.txt";

/** Files in the folder of the bucket that has the name of the resource. */
export function files(name: string, options: Options = {}): Declared {
  return { name, kind: "files", args: { source: SOURCE, prefix: name }, options };
}

/** A provider resource with the settings of the emulator. */
export function provider(name: string): Declared {
  return { name, kind: "provider", args: { apiKey: "{key}", baseUrl: "{url}" } };
}

/** The resources of a row in which a run gets other arguments. */
export function changed(
  name: string,
  options: Options,
  before: Declared["args"],
  after: Declared["args"],
): Pick<Row, "before" | "after"> {
  return { before: [run(name, before, options)], after: [run(name, after, options)] };
}

/** The resources of a row in which a run is removed from the program. */
export function removed(name: string, options: Options, args: Declared["args"] = {}): Pick<Row, "before" | "after"> {
  return { before: [run(name, args, options)], after: [] };
}

export const NOT_IN_YAML = { yaml: "a program in YAML has no such option" } as const;
export const NOT_IN_OLD_YAML = { yaml: "Pulumi's YAML 1.25, which the tests use, has no such option" } as const;
export const NO_COMPONENT = { yaml: "a program in YAML cannot declare a component" } as const;
/** Rows about provider resources, which a dynamic provider does not have. */
export const NO_PROVIDER = { dynamic: "the dynamic provider has no provider resource" } as const;
