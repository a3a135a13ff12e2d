import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { outputOf, PulumiCommands, type StackState } from "../harness/commands";
import type { ReceivedRequest } from "../harness/emulator/control";
import { Facts, labelOf } from "./facts";
import { groupsOf, ROWS } from "./rows";
import { type Row, run, SOURCE, script } from "./rows/row";
import { type Declared, Stack, urnIn, type Way } from "./ways";

/**
 * What a way does with the option of a row: `works`, an error with its code, a warning, or nothing at all.
 */
export type Cell =
  | { readonly kind: "works" | "warned" | "ignored silently" | "refused" }
  | { readonly kind: "code"; readonly code: string };

/** The cells of one way, and the output of the command of each cell. */
export type Column = ReadonlyMap<Row, { readonly cell: Cell; readonly output: string }>;

const UP = ["up", "--yes", "--skip-preview"];
/** A run that other rows read and target. */
const SEED = run("seed");

/**
 * Plays all rows of a way: one `up` for all resources, one `up` for all changes, and one `up` for each row that may
 * fail.
 */
export async function playColumn(way: Way): Promise<Column> {
  const stack = await Stack.begin(way);
  try {
    return await new Player(stack).play();
  } finally {
    await stack.killAll();
    await stack.abandon();
  }
}

class Player {
  private readonly pulumi: PulumiCommands;
  private requestsRead = 0;

  constructor(private readonly stack: Stack) {
    this.pulumi = new PulumiCommands(stack.work.program, stack.environment);
  }

  async play(): Promise<Column> {
    const [together = [], ...others] = groupsOf(this.stack.way);
    const column = new Map<Row, { cell: Cell; output: string }>();
    await this.pulumi.quietly(["stack", "init"]);
    await this.must([]);
    this.writeFiles({});
    await this.must(together.flatMap(({ before }) => before));
    this.writeFiles({ start: 0.1 });
    const facts = await this.must(together.flatMap(resourcesAfter));
    for (const row of together) column.set(row, { cell: evaluate(row, facts), output: facts.output });

    const declared = new Map(others.flat().map((row) => [row, row.before]));
    await this.must([...declared.values()].flat());
    for (const group of others) {
      for (const { first } of group) if (first !== undefined) await this.pulumi.quietly(first(this.urn));
      for (const row of group) declared.set(row, resourcesAfter(row));
      const args = [...UP, ...group.flatMap(({ flags }) => flags?.(this.urn) ?? [])];
      if (group.some((row) => row.group === "failing")) args.push("--continue-on-error");
      const own = await this.command(args, [...declared.values()].flat());
      for (const row of group) column.set(row, { cell: evaluate(row, own), output: own.output });
      // The change that made a command fail is undone, so that the next command does not fail too.
      if (own.failed) for (const row of group) declared.set(row, row.before);
    }
    return column;
  }

  private readonly urn = (name: string): string => urnIn(this.stack.way, name);

  /** Writes the Compose files that rows edit, and the file that each StoredFiles stores. */
  private writeFiles(more: object): void {
    this.stack.work.write(SOURCE, "stored\n");
    for (const { edits } of ROWS) if (edits !== undefined) this.stack.work.write(edits, script(more));
  }

  /** Runs an `up` that must not fail. */
  private async must(resources: readonly Declared[]): Promise<Facts> {
    const facts = await this.command(UP, resources);
    if (facts.failed) throw new Error(`${this.stack.way}: an up failed:\n${facts.output}`);
    return facts;
  }

  private async command(args: readonly string[], resources: readonly Declared[]): Promise<Facts> {
    const declared = [SEED, ...resources].filter(unique);
    this.stack.declare(await this.filled(declared));
    const before = await this.pulumi.exported();
    const result = await this.pulumi.start([...args, "--parallel", "16"]).ended;
    return this.facts(result.exitCode !== 0, outputOf(result), before);
  }

  private async facts(failed: boolean, output: string, before: StackState): Promise<Facts> {
    const runs = await this.stack.control.executions();
    const after = await this.pulumi.exported();
    return new Facts(failed, output, await this.newRequests(), runs, before, after, this.storedFolders());
  }

  /** The folders in the emulator's bucket, which does not exist before the first files are stored. */
  private storedFolders(): readonly string[] {
    const bucket = join(this.stack.work.emulator, "data", "bucket", "mount");
    return existsSync(bucket) ? readdirSync(bucket) : [];
  }

  private async newRequests(): Promise<readonly ReceivedRequest[]> {
    const all = await this.stack.control.requests();
    const fresh = all.slice(this.requestsRead);
    this.requestsRead = all.length;
    return fresh;
  }

  /** Writes the id of a run, and the settings of the emulator, into the declarations. */
  private async filled(resources: readonly Declared[]): Promise<readonly Declared[]> {
    const runs = await this.stack.control.executions();
    const idOf = (name: string): string =>
      runs.find(({ fileName }) => labelOf(fileName) === name)?.executionId ?? "unknown";
    const { apiKey, url } = this.stack.emulator;
    const text = JSON.stringify(resources)
      .replace(/\{run:([a-z]+)\}/g, (_, name: string) => idOf(name))
      .replaceAll("{key}", apiKey)
      .replaceAll("{url}", url);
    return JSON.parse(text) as readonly Declared[];
  }
}

const resourcesAfter = ({ before, after = before }: Row): readonly Declared[] => after;

function unique({ name }: Declared, index: number, all: readonly Declared[]): boolean {
  return all.findIndex((other) => other.name === name) === index;
}

/**
 * Evaluates the cell of a row. The code of an error counts only if the command failed. A message counts only if it is
 * about a resource of the row, and names what a program can write instead.
 */
export function evaluate(row: Row, facts: Facts): Cell {
  if (row.works(facts)) return { kind: "works" };
  const names = [...row.before, ...resourcesAfter(row)].map(({ name }) => name);
  const messages = names.map((name) => facts.messageAbout(name));
  const isFailed = row.group === "failing" ? names.some((name) => facts.failedOf(name)) : facts.failed;
  if (isFailed) {
    const errors = row.group === "failing" ? messages.join() : facts.output.slice(facts.output.indexOf("error:"));
    const [code] = /LYC\d{4}/.exec(errors) ?? [];
    return code === undefined ? { kind: "refused" } : { kind: "code", code };
  }
  const words = row.instead?.match(/`\w+`/g)?.map((word) => word.slice(1, -1)) ?? [];
  const isWarned = messages.some((message) => words.some((word) => message.includes(word)));
  return { kind: isWarned ? "warned" : "ignored silently" };
}
