import { timeOfLine } from "../../provider/lyceum/answers/parse-logs";
import { kindOf } from "../../provider/lyceum/answers/status";
import type { ExecutionRecord, LogLine } from "../../provider/lyceum/port";
import { API_LIMITS } from "../../provider/schema";
import { type Command, EXIT_CODES, UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { shownJson } from "../reports/json";
import { findRun } from "./find-run";
import { followRun } from "./follow";
import { linePrinter } from "./lines/log-lines";
import { countIn, momentIn, NAMES_HELP, namedRun, STACK_OPTION, TIME_HELP } from "./run-options";
import { withService } from "./service";

const OPTIONS = {
  follow: { type: "boolean", short: "f", default: false, help: "goes on until the run has ended" },
  service: { type: "string", value: "NAME", help: "only lines of this service" },
  tail: {
    type: "string",
    short: "n",
    value: "N",
    help: `only the last N lines before it follows (at most ${API_LIMITS.logLines})`,
  },
  since: { type: "string", value: "TIME", help: `only lines since this time, such as ${TIME_HELP}` },
  timestamps: { type: "boolean", short: "t", default: false, help: "the time in front of each line" },
  "no-prefix": { type: "boolean", default: false, help: "no service in front of a line" },
  raw: {
    type: "boolean",
    default: false,
    help: "each line as the program wrote it: a terminal or a pipeline acts on it",
  },
  json: { type: "boolean", default: false, help: "each line as an object {timestamp, service, message}" },
  ...STACK_OPTION,
} as const satisfies OptionTable;

/** `pulumi-lyceum logs`: prints the output of a run. */
export const logs: Command = {
  synopsis: "RUN [options]",
  about: [
    "Prints what a run has written, as `docker compose logs` does. Control characters and lines that a pipeline would take for a command (`::error::`, `##vso[…]`) are shown changed, so that they do nothing.",
    NAMES_HELP,
  ],
  options: OPTIONS,
  closing: [
    "Lyceum keeps lines for a week. ^C ends the command and never the run.",
    "Exit code: 0; 2 if the run or its lines cannot be read; 130 after ^C. With --follow: the exit code of the run, or 1 if the run failed or was aborted without an exit code.",
  ],
  run(args, surface) {
    const { values, positionals } = readArguments(args, OPTIONS, { allowPositionals: true });
    const named = namedRun(positionals);
    if (values.raw && values.json) throw new UsageError("--raw and --json exclude each other: JSON has escapes for it");
    const wanted: Wanted = {
      ...(values.tail === undefined ? {} : { tail: countIn("tail", values.tail, API_LIMITS.logLines) }),
      ...(values.since === undefined ? {} : { since: momentIn("since", values.since) }),
      ...(values.service === undefined ? {} : { service: values.service }),
    };
    const textOf = values.json
      ? (lines: readonly LogLine[]) => lines.map((line) => shownJson(line, 0)).join("\n")
      : linePrinter(surface, { timestamps: values.timestamps, prefix: !values["no-prefix"], raw: values.raw });
    return withService(surface, async (service) => {
      const { executionId, note: foundBy } = await findRun(named, service, { stack: values.stack });
      if (foundBy !== undefined) surface.printError(foundBy);
      const services = new Set<string>();
      const printChosen = chooser(wanted, (lines) => service.print(textOf(lines)));
      const printWanted = (lines: readonly LogLine[]) => {
        for (const line of lines) if (line.service !== undefined) services.add(line.service);
        printChosen(lines);
      };
      let code: number = EXIT_CODES.clean;
      if (values.follow) {
        const record = await followRun(service, executionId, { print: printWanted, note: surface.printError });
        // If the user stopped the command, `followRun` returns no record, and `withService` returns the exit code of a
        // stop.
        code = record === undefined ? EXIT_CODES.errors : exitCodeOf(record);
      } else {
        let total = 0;
        const onTotal = (lines: number): void => {
          total = lines;
        };
        const options = { signal: service.stopped, onTotal };
        const given = await service.client.logsTail(executionId, API_LIMITS.logLines, options);
        printWanted(given);
        const missing = noteOfMissing(given.length, total, wanted);
        if (missing !== undefined) surface.printError(missing);
      }
      const note = noteOfServices(values.service, services);
      if (note !== undefined) surface.printError(note);
      return code;
    });
  },
};

/** Returns a note if Lyceum has returned fewer lines than requested, although the run has written more lines. */
function noteOfMissing(given: number, total: number, { tail }: Wanted): string | undefined {
  if (total <= given || (tail !== undefined && tail <= given)) return undefined;
  return `The run has written ${total} lines. Lyceum gave only ${given} of them, so some are missing above.`;
}

/** Returns a note with the services that have written lines, if the requested service has written none. */
function noteOfServices(asked: string | undefined, services: ReadonlySet<string>): string | undefined {
  if (asked === undefined || services.has(asked)) return undefined;
  const others = [...services].sort().join(", ");
  return `No line is of the service ${asked}. ${others === "" ? "Lyceum names the service of no line." : `There are lines of ${others}.`}`;
}

interface Wanted {
  readonly tail?: number;
  readonly since?: number;
  readonly service?: string;
}

/** Returns a function that selects lines and prints them. `--tail` limits only the first call: later lines are new. */
function chooser(
  { tail, since, service }: Wanted,
  print: (lines: readonly LogLine[]) => void,
): (lines: readonly LogLine[]) => void {
  let isFirst = true;
  return (lines) => {
    const chosen = lines.filter(
      (line) =>
        (service === undefined || line.service === service) &&
        !(since !== undefined && (timeOfLine(line) ?? Number.POSITIVE_INFINITY) < since),
    );
    const shown = isFirst && tail !== undefined ? chosen.slice(chosen.length - Math.min(tail, chosen.length)) : chosen;
    isFirst = false;
    if (shown.length > 0) print(shown);
  };
}

/** Returns the exit code of the command for the record of a run. */
export function exitCodeOf(record: Pick<ExecutionRecord, "status" | "returnCode" | "endedAt">): number {
  if (kindOf(record) === "completed") return EXIT_CODES.clean;
  const { returnCode = 0 } = record;
  return returnCode > 0 && returnCode < 256 ? returnCode : 1;
}
