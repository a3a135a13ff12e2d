import { join } from "node:path";
import type { ProgramName } from "../commands";
import type { LedgerRun, ReceivedRequest } from "../emulator/control";
import type { EngineName } from "../emulator/emulator";
import { settle } from "./display";
import { compareGolden } from "./golden";
import type { Names } from "./names";
import { describeRequests, type RequestStyle } from "./requests";

/** One step of the narrative, which is the text of a scenario. */
export interface StepRecord {
  readonly title: string;
  readonly program?: ProgramName | undefined;
  readonly args: readonly string[];
  /** How the command ended: `exit 0`, `killed`. */
  readonly ending: string;
  /** The output of the command. Undefined if the moment of a kill decides where the output ends. */
  readonly output?: string | undefined;
  readonly requests: readonly ReceivedRequest[];
  readonly style: RequestStyle;
}

/** If the number of runs is larger, the narrative has only the number. */
const MANY_RUNS = 40;

/** The text of a scenario: its commands, their results, and the requests. */
export class Narrative {
  private readonly lines: string[] = [];

  /** @param files returns the current texts of the program's files */
  constructor(
    private readonly names: Names,
    private readonly files: () => ReadonlyMap<string, string>,
  ) {}

  print(line: string): void {
    this.lines.push(this.names.apply(line));
  }

  step({ title, program = "pulumi", args, ending, output, requests, style }: StepRecord): void {
    this.lines.push("", `# ${title}`, `$ ${program} ${args.map((arg) => this.names.apply(arg)).join(" ")}`, ending);
    // Requests come first, because the numbers of ids and keys follow their order.
    const lines = this.requestLines(requests, style);
    if (output !== undefined) this.lines.push(...indent(inOrder(this.names, output)));
    this.lines.push("requests", ...lines);
  }

  /** Compares the whole text with its golden file. The text ends with the list of all runs. */
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

/** The end of a command's output: the number of resources that were created, changed and kept. */
export function totalsOf(output: string): string {
  const from = output.search(/^Resources:/m);
  return from < 0 ? output : output.slice(from);
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => (line === "" ? "" : `  ${line}`.trimEnd()));
}

/** The lines of an output in a fixed order. Names are replaced before sorting, because ids differ between runs. */
export function inOrder(names: Names, output: string): readonly string[] {
  return names.apply(settle(names.known(output))).split("\n");
}
