import { nearest } from "../../compose/wording";
import { printable } from "../../provider/display/printable";
import { shortDuration } from "../../provider/display/wording";
import { ACTIVE_KINDS, classifyStatus, STATUS_WORDS } from "../../provider/lyceum/answers/status";
import { listExecutions } from "../../provider/reads";
import { FUNCTIONS, MOST_LISTED, type ObjectOf } from "../../provider/schema";
import { type Command, EXIT_CODES, UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { shownJson } from "../reports/json";
import { countIn, momentIn, TIME_HELP } from "./run-options";
import { withService } from "./service";

const { whenAbsent: DEFAULT_LIMIT } = FUNCTIONS.listExecutions.inputs.limit;

const OPTIONS = {
  all: { type: "boolean", short: "a", default: false, help: "also runs that have ended, newest first" },
  status: {
    type: "string",
    value: "STATUS",
    help: "only runs with this status, such as failed; of one that is an end, --all",
  },
  label: { type: "string", value: "TEXT", help: "only runs whose label contains TEXT" },
  since: { type: "string", value: "TIME", help: `only runs created since this time, such as ${TIME_HELP}` },
  limit: {
    type: "string",
    value: "N",
    default: String(DEFAULT_LIMIT),
    help: `at most N runs, up to ${MOST_LISTED} (default: ${DEFAULT_LIMIT})`,
  },
  json: { type: "boolean", default: false, help: "{executions: [{executionId, status, label, …}], complete}" },
} as const satisfies OptionTable;

/** `pulumi-lyceum list`: lists runs. */
export const list: Command = {
  synopsis: "[options]",
  about: ["Lists the active runs of the account, also those of other stacks and programs."],
  options: OPTIONS,
  closing: ["Exit code: 0, or 2 if the runs cannot be read."],
  run(args, surface) {
    const { values, positionals } = readArguments(args, OPTIONS, { allowPositionals: true });
    if (positionals.length > 0)
      throw new UsageError("list takes options only; `npx pulumi-lyceum show RUN` shows one run");
    const { status, label, since, json } = values;
    // The list of active runs has no ended runs. So `--status failed` needs the list of all runs. A status that this
    // package does not know needs this list too, because a run with this status may have ended.
    const all = values.all || (status !== undefined && !isActive(status));
    const given = {
      state: all ? "all" : "active",
      limit: countIn("limit", values.limit, MOST_LISTED),
      ...(status === undefined ? {} : { status }),
      ...(label === undefined ? {} : { fileName: label }),
      ...(since === undefined ? {} : { since: new Date(momentIn("since", since)).toISOString() }),
    } as const;
    return withService(surface, async ({ client, now, stopped }) => {
      const found = await listExecutions(client, given, stopped);
      if (status !== undefined && found.executions.length === 0) refuseUnknown(status);
      if (json) surface.print(shownJson(found));
      else if (found.executions.length === 0) surface.printError(all ? "No runs." : "No active runs.");
      else
        surface.print(
          table(
            COLUMNS,
            found.executions.map((run) => cells(run, now())),
            surface.columns || Number.POSITIVE_INFINITY,
          ),
        );
      if (!json && !found.complete)
        surface.printError("There may be more runs: raise --limit, or ask for fewer with --since.");
      return EXIT_CODES.clean;
    });
  },
};

const isActive = (status: string): boolean => (ACTIVE_KINDS as readonly string[]).includes(classifyStatus(status));

/**
 * Throws an error for a status that this package does not know. Lyceum may have such a status, so the function is
 * called only if no run has it.
 */
function refuseUnknown(status: string): void {
  if (classifyStatus(status) !== "unknown") return;
  const meant = nearest(status.toLowerCase(), STATUS_WORDS);
  throw new UsageError(
    `No run has the status ${status}${meant === undefined ? "." : `; did you mean ${meant}?`} The known ones are ${STATUS_WORDS.join(", ")}`,
  );
}

const COLUMNS = ["ID", "STATUS", "LABEL", "MACHINE", "CREATED", "RAN"] as const;

function cells(run: ObjectOf<"ExecutionSummary">, now: number): readonly string[] {
  const [created, started] = [Date.parse(run.createdAt ?? ""), Date.parse(run.startedAt ?? "")];
  const ended = Date.parse(run.endedAt ?? "");
  const age = Number.isNaN(created) ? "" : `${shortDuration((now - created) / 1000)} ago`;
  const ran = Number.isNaN(started) ? "" : shortDuration(((Number.isNaN(ended) ? now : ended) - started) / 1000);
  return [run.executionId, run.status, run.label, run.hardwareProfile ?? "", age, ran].map((cell) =>
    printable(cell).replaceAll("\n", "·"),
  );
}

/** The columns that are left out on a narrow terminal, in this order. */
const LEFT_OUT: readonly string[] = ["MACHINE", "CREATED", "RAN"];

/**
 * Returns a table with a heading. Each column is as wide as its widest cell. If the table is wider than the terminal,
 * columns are left out, and then labels are shortened. Ids are never shortened, so that users can copy them.
 */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], columns: number): string {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const shown = new Set(heads.keys());
  const total = (): number => [...shown].reduce((sum, at) => sum + (widths[at] ?? 0) + 2, -2);
  for (const head of LEFT_OUT) if (total() > columns) shown.delete(heads.indexOf(head));
  const label = heads.indexOf("LABEL");
  const widestLabel = Math.max("LABEL".length, (widths[label] ?? 0) - Math.max(0, total() - columns));
  widths[label] = widestLabel;
  const shortened = (cell: string, at: number): string =>
    at === label && cell.length > widestLabel ? `${cell.slice(0, widestLabel - 1)}…` : cell;
  return [heads, ...rows]
    .map((row) =>
      [...shown]
        .map((at) => shortened(row[at] ?? "", at).padEnd(widths[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
