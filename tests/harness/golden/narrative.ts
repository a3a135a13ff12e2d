import { join } from "node:path";
import type { ProgramName } from "../commands";
import type { LedgerRun, ReceivedRequest } from "../emulator/control";
import type { EngineName } from "../emulator/emulator";
import { settle } from "./display";
import { compareGolden } from "./golden";
import type { Names } from "./names";
import { describeRequests, type RequestStyle } from "./requests";

/** One step as it is written down. */
export interface StepRecord {
  readonly title: string;
  readonly program?: ProgramName | undefined;
  readonly args: readonly string[];
  /** How the command ended: `exit 0`, `killed`. */
  readonly ending: string;
  /** What the command printed; undefined where its last words depend on the moment it was killed. */
  readonly output?: string | undefined;
  readonly requests: readonly ReceivedRequest[];
  readonly style: RequestStyle;
}

/** More runs than these are counted, not listed. */
const MANY_RUNS = 40;

/** The text of a scenario: what was typed, what came of it, and which requests were sent. */
export class Narrative {
  private readonly lines: string[] = [];

  /** @param files texts of the program's files as they are now */
  constructor(
    private readonly names: Names,
    private readonly files: () => ReadonlyMap<string, string>,
  ) {}

  print(line: string): void {
    this.lines.push(this.names.apply(line));
  }

  step({ title, program = "pulumi", args, ending, output, requests, style }: StepRecord): void {
    this.lines.push("", `# ${title}`, `$ ${program} ${args.map((arg) => this.names.apply(arg)).join(" ")}`, ending);
    // The requests first: they number ids and keys in the order in which they were met.
    const lines = this.requestLines(requests, style);
    if (output !== undefined) this.lines.push(...indent(inOrder(this.names, output)));
    this.lines.push("requests", ...lines);
  }

  /** Compares the whole with its golden file; the runs there ever were end it. */
  compare(folder: string, variant: string | undefined, engine: EngineName, runs: readonly LedgerRun[]): void {
    const ledger = runs.map(({ executionId, status, returnCode, fileName }) =>
      [this.names.execution(executionId), status, returnCode ?? "-", this.names.fileName(fileName ?? "")].join(" "),
    );
    if (this.names.byLabel) ledger.sort();
    const shown = ledger.length > MANY_RUNS ? counted(runs) : ledger;
    const text = [
      ...this.lines,
      "",
      "# the runs there ever were",
      ...indent(shown.length === 0 ? ["none"] : shown),
    ].join("\n");
    const file = variant === undefined ? engine : `${variant}-${engine}`;
    compareGolden(join(folder, `${file}.txt`), `${text.trim()}\n`);
  }

  private requestLines(requests: readonly ReceivedRequest[], style: RequestStyle): readonly string[] {
    const lines = describeRequests(requests, this.names, this.files(), style);
    return indent(lines.length === 0 ? ["none"] : lines);
  }
}

function counted(runs: readonly LedgerRun[]): readonly string[] {
  const kinds = runs.map(({ status, returnCode }) => `${status} ${returnCode ?? "-"}`);
  return [...new Set(kinds)].sort().map((kind) => `${kinds.filter((one) => one === kind).length} × ${kind}`);
}

/** The end of what a command printed: how many resources were made, changed, kept. */
export function totalsOf(output: string): string {
  const from = output.search(/^Resources:/m);
  return from < 0 ? output : output.slice(from);
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === "" ? "" : `  ${line}`.trimEnd()));
}

/** The lines of an output in an order that holds: what sorts them needs the names, since ids differ from one run to the next. */
export function inOrder(names: Names, output: string): readonly string[] {
  return names.apply(settle(names.known(output))).split("\n");
}
