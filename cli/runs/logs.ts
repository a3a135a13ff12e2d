import { timeOfLine } from "../../provider/lyceum/parse-logs";
import type { ExecutionRecord, LogLine } from "../../provider/lyceum/port";
import { kindOf } from "../../provider/lyceum/status";
import { API_LIMITS } from "../../provider/schema";
import { type Command, exitCodes, type Surface } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { findRun } from "./find-run";
import { followRun } from "./follow";
import { linePrinter } from "./log-lines";
import { countIn, momentIn, NAMES_HELP, namedRun, stackOption } from "./run-options";
import { type RunService, withService } from "./service";

const options = {
  follow: { type: "boolean", short: "f", default: false, help: "goes on until the run has ended" },
  service: { type: "string", value: "NAME", help: "only lines of this service" },
  tail: {
    type: "string",
    short: "n",
    value: "N",
    help: `only the last N lines before it follows (at most ${API_LIMITS.logLines})`,
  },
  since: { type: "string", value: "TIME", help: "only lines since this time, such as 2026-03-01T12:00:00Z" },
  timestamps: { type: "boolean", short: "t", default: false, help: "the time in front of each line" },
  "no-prefix": { type: "boolean", default: false, help: "no service in front of a line" },
  json: { type: "boolean", default: false, help: "each line as an object {timestamp, service, message}" },
  ...stackOption,
} as const satisfies OptionTable;

/** `pulumi-lyceum logs`: what a run has written. */
export const logs: Command = {
  synopsis: "RUN [options]",
  about: ["Prints what a run has written, as `docker compose logs` does.", NAMES_HELP],
  options,
  closing: [
    "Lyceum keeps lines for a week. ^C ends the command and never the run.",
    "Exit code: 0, or 2 where the run or its lines cannot be read. With --follow: the exit code of the run; 1 for a run that failed or was aborted without one. 130 after ^C.",
  ],
  run(args, surface) {
    const { values, positionals } = readArguments(args, options, { allowPositionals: true });
    const named = namedRun(positionals);
    const wanted: Wanted = {
      ...(values.tail === undefined ? {} : { tail: countIn("tail", values.tail, API_LIMITS.logLines) }),
      ...(values.since === undefined ? {} : { since: momentIn("since", values.since) }),
      ...(values.service === undefined ? {} : { service: values.service }),
    };
    const textOf = values.json
      ? (lines: readonly LogLine[]) => lines.map((line) => JSON.stringify(line)).join("\n")
      : linePrinter(surface, { timestamps: values.timestamps, prefix: !values["no-prefix"] });
    return withService(surface, async (service) => {
      const { executionId, note } = await findRun(named, service, { stack: values.stack });
      if (note !== undefined) surface.complain(note);
      const printWanted = chooser(wanted, (lines) => service.print(textOf(lines)));
      if (values.follow) return follow(service, executionId, printWanted, surface);
      printWanted(await service.client.logsTail(executionId, API_LIMITS.logLines, { signal: service.stopped }));
      return exitCodes.clean;
    });
  },
};

interface Wanted {
  readonly tail?: number;
  readonly since?: number;
  readonly service?: string;
}

/** Leaves out what is not wanted; `tail` counts for the first lines alone. */
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

async function follow(
  service: RunService,
  executionId: string,
  print: (lines: readonly LogLine[]) => void,
  surface: Surface,
): Promise<number> {
  const record = await followRun(service, executionId, { print, note: surface.complain });
  // Stopped: then the code is that of the stop.
  return record === undefined ? exitCodes.errors : exitCodeOf(record);
}

/** The exit code of a run as that of a command. */
export function exitCodeOf(record: Pick<ExecutionRecord, "status" | "returnCode" | "endedAt">): number {
  if (kindOf(record) === "completed") return exitCodes.clean;
  const { returnCode = 0 } = record;
  return returnCode > 0 && returnCode < 256 ? returnCode : 1;
}
