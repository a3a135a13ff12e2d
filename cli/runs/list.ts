import { shortDuration } from "../../provider/display/duration";
import { printable } from "../../provider/display/printable";
import { listExecutions } from "../../provider/queries";
import { FUNCTIONS, MOST_LISTED, type ObjectOf } from "../../provider/schema";
import { type Command, exitCodes, UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { countIn, momentIn } from "./run-options";
import { withService } from "./service";

const { whenAbsent: DEFAULT_LIMIT } = FUNCTIONS.listExecutions.inputs.limit;

const options = {
  all: { type: "boolean", short: "a", default: false, help: "also runs that have ended, newest first" },
  status: { type: "string", value: "STATUS", help: "only runs with this status, such as failed" },
  label: { type: "string", value: "TEXT", help: "only runs whose label contains TEXT" },
  since: { type: "string", value: "TIME", help: "only runs created since this time, such as 2026-03-01T12:00:00Z" },
  limit: {
    type: "string",
    value: "N",
    default: String(DEFAULT_LIMIT),
    help: `at most N runs, up to ${MOST_LISTED} (default: ${DEFAULT_LIMIT})`,
  },
  json: { type: "boolean", default: false, help: "{executions: [{executionId, status, label, …}], complete}" },
} as const satisfies OptionTable;

/** `pulumi-lyceum list`: which runs there are. */
export const list: Command = {
  synopsis: "[options]",
  about: ["Lists the runs of the account that have not ended, those of other stacks and programs too."],
  options,
  closing: ["Exit code: 0, or 2 where the runs cannot be read."],
  run(args, surface) {
    const { values, positionals } = readArguments(args, options, { allowPositionals: true });
    if (positionals.length > 0) throw new UsageError("list takes options only; `pulumi-lyceum show RUN` shows one run");
    const { all, status, label, since, json } = values;
    const given = {
      state: all ? "all" : "active",
      limit: countIn("limit", values.limit, MOST_LISTED),
      ...(status === undefined ? {} : { status }),
      ...(label === undefined ? {} : { fileName: label }),
      ...(since === undefined ? {} : { since: new Date(momentIn("since", since)).toISOString() }),
    } as const;
    return withService(surface, async ({ client, now, stopped }) => {
      const found = await listExecutions(client, given, stopped);
      if (json) surface.print(JSON.stringify(found, null, 2));
      else if (found.executions.length === 0) surface.complain(all ? "No runs." : "No active runs.");
      else
        surface.print(
          table(
            COLUMNS,
            found.executions.map((run) => cells(run, now())),
          ),
        );
      if (!json && !found.complete)
        surface.complain("There may be more runs: raise --limit, or ask for fewer with --since.");
      return exitCodes.clean;
    });
  },
};

const COLUMNS = ["ID", "STATUS", "LABEL", "MACHINE", "CREATED", "RAN"] as const;

function cells(run: ObjectOf<"ExecutionSummary">, now: number): readonly string[] {
  const [created, started] = [Date.parse(run.createdAt ?? ""), Date.parse(run.startedAt ?? "")];
  const ended = Date.parse(run.endedAt ?? "");
  const age = Number.isNaN(created) ? "" : `${shortDuration((now - created) / 1000)} ago`;
  const ran = Number.isNaN(started) ? "" : shortDuration(((Number.isNaN(ended) ? now : ended) - started) / 1000);
  return [run.executionId, run.status, run.label, run.hardwareProfile ?? "", age, ran].map(printable);
}

/** Rows under their heads, each column as wide as its widest cell. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  return [heads, ...rows]
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
