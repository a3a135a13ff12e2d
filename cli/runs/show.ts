import { printable } from "../../provider/display/printable";
import { shortDuration } from "../../provider/display/wording";
import { type DescribedRun, describeRun, reportedPhases } from "../../provider/reads";
import { codeOf, failureOf, furtherErrors, money } from "../../provider/reads/report";
import { type Command, EXIT_CODES } from "../command";
import { shownJson } from "../compose/json";
import { hanging, widthFor } from "../layout";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { findRun } from "./find-run";
import { NAMES_HELP, namedRun, STACK_OPTION, unknownRun } from "./run-options";
import { withService } from "./service";

const OPTIONS = {
  json: {
    type: "boolean",
    default: false,
    help: "one object: the record, the seconds of each phase, the services that failed",
  },
  ...STACK_OPTION,
} as const satisfies OptionTable;

/** `pulumi-lyceum show`: shows one run. */
export const show: Command = {
  synopsis: "RUN [options]",
  about: ["Shows what Lyceum knows of one run: status, times, machine, and why it failed.", NAMES_HELP],
  options: OPTIONS,
  closing: ["Exit code: 0, or 2 where the run cannot be read."],
  run(args, surface) {
    const { values, positionals } = readArguments(args, OPTIONS, { allowPositionals: true });
    const named = namedRun(positionals);
    return withService(surface, async (service) => {
      const { executionId } = await findRun(named, service, { stack: values.stack });
      const run = await describeRun(service.client, executionId, service.stopped);
      if (run === undefined) throw unknownRun(executionId);
      if (values.json) service.print(shownJson(run));
      else service.print(printed(run, widthFor(surface.columns)));
      return EXIT_CODES.clean;
    });
  },
};

function printed(run: DescribedRun, width: number): string {
  const phases = reportedPhases(run.timing).map(({ name, seconds }) => `${name} ${shortDuration(seconds)}`);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ["run", run.executionId],
    ["label", run.label || undefined],
    ["status", `${run.status}${codeOf(run)}`],
    ["failed", failureOf(run)],
    ["machine", run.hardwareProfile],
    ["created", run.createdAt],
    ["started", run.startedAt],
    ["ended", run.endedAt],
    ["cost", run.cost === undefined ? undefined : `${money(run.cost)} in the currency of the account`],
    ["phases", phases.length === 0 ? undefined : phases.join(", ")],
    ...furtherErrors(run.errors).map((error) => ["error", error] as const),
  ];
  return rows
    .flatMap(([name, value]) => (value === undefined ? [] : hanging(`${name.padEnd(9)}`, printable(value), width)))
    .join("\n");
}
