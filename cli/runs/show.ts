import { printable } from "../../provider/display/printable";
import { shellWord } from "../../provider/display/shell-word";
import { sizeText } from "../../provider/display/sizes";
import { shortDuration } from "../../provider/display/wording";
import { type DescribedRun, describeRun, reportedPhases } from "../../provider/reads";
import { codeOf, failureOf, furtherErrors, money } from "../../provider/reads/report";
import { type Artifact, readUrn } from "../../provider/schema";
import { type Command, EXIT_CODES } from "../command";
import { hanging, widthFor } from "../layout";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { shownJson } from "../reports/json";
import { findRun } from "./find-run";
import { NAMES_HELP, namedRun, STACK_OPTION, unknownRun } from "./run-options";
import { withService } from "./service";

const OPTIONS = {
  json: {
    type: "boolean",
    default: false,
    help: "one object: the record, the seconds of each phase, the services that failed, and with --stack the artifacts",
  },
  ...STACK_OPTION,
} as const satisfies OptionTable;

/** `pulumi-lyceum show`: shows one run. */
export const show: Command = {
  synopsis: "RUN [options]",
  about: ["Shows what Lyceum knows of one run: status, times, machine, and why it failed.", NAMES_HELP],
  options: OPTIONS,
  closing: ["Exit code: 0, or 2 if the run cannot be read."],
  run(args, surface) {
    const { values, positionals } = readArguments(args, OPTIONS, { allowPositionals: true });
    const named = namedRun(positionals);
    return withService(surface, async (service) => {
      const { executionId, choice } = await findRun(named, service, { stack: values.stack });
      if (choice !== undefined) surface.printError(choice);
      const run = await describeRun(service.client, executionId, service.stopped);
      if (run === undefined) throw unknownRun(executionId);
      const hasState = values.stack !== undefined || readUrn(named) !== undefined;
      const artifacts = hasState ? service.artifacts(named, values.stack) : {};
      if (values.json) service.print(shownJson(hasState ? { ...run, artifacts } : run));
      else {
        service.print(printed(run, artifacts, widthFor(surface.columns)));
        if (Object.keys(artifacts).length > 0) service.print(fetchHint(named, values.stack));
      }
      return EXIT_CODES.clean;
    });
  },
};

function fetchHint(named: string, stack: string | undefined): string {
  const words = [named, ...(stack === undefined ? [] : ["--stack", stack])];
  return `Fetch the artifacts: npx pulumi-lyceum files get ${words.map(shellWord).join(" ")} -o FOLDER`;
}

function printed(run: DescribedRun, artifacts: Readonly<Record<string, Artifact>>, width: number): string {
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
    ...Object.entries(artifacts).map(
      ([name, { key, bytes }]) => ["artifact", `${name}: ${key} (${sizeText(bytes)})`] as const,
    ),
    ...furtherErrors(run.errors).map((error) => ["error", error] as const),
  ];
  return rows
    .flatMap(([name, value]) => (value === undefined ? [] : hanging(`${name.padEnd(9)}`, printable(value), width)))
    .join("\n");
}
