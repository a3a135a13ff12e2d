import { printable } from "../../provider/display/printable";
import { type Command, EXIT_CODES, UsageError } from "../command";
import { fitted, widthFor } from "../layout";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { shownJson } from "../reports/json";
import { abortMany } from "./abort-many";
import { endRun } from "./end-run";
import { findRun } from "./find-run";
import { namedRun, ONE_RUN_HELP, STACK_OPTION } from "./run-options";
import { withService } from "./service";

const OPTIONS = {
  "no-wait": { type: "boolean", default: false, help: "does not wait until the run has ended" },
  json: {
    type: "boolean",
    default: false,
    help: "{executionId, status, returnCode, ended}; of several runs {runs: [{…}]}",
  },
  stack: {
    ...STACK_OPTION.stack,
    help: `${STACK_OPTION.stack.help}; without RUN, all active runs of this stack`,
  },
  all: { type: "boolean", default: false, help: "all active runs of the account, those of other people too" },
  yes: { type: "boolean", short: "y", default: false, help: "aborts several runs without a question" },
} as const satisfies OptionTable;

/** `pulumi-lyceum abort`: aborts a run, or all active runs of a stack or of the account. */
export const abort: Command = {
  synopsis: "RUN | --stack STACK | --all",
  about: [
    "Aborts a run and waits until it has ended. Its services get the grace period that it was started with (`gracefulTimeout`).",
    ONE_RUN_HELP,
    "With --stack or --all instead of RUN, it shows the runs and asks before it aborts them. Without a terminal, it needs --yes.",
    "If a stack manages the run, `whenAborted` decides what the next `pulumi up` does.",
  ],
  options: OPTIONS,
  closing: [
    "Exit code: 0 if the run has ended (with --no-wait: if Lyceum accepted the abort); 1 if the run did not end in time; 2 if the run cannot be read or Lyceum refuses the abort; 130 after ^C.",
  ],
  run(args, surface) {
    const { values, positionals } = readArguments(args, OPTIONS, { allowPositionals: true });
    const { stack, all } = values;
    if (all && (positionals.length > 0 || stack !== undefined))
      throw new UsageError("--all aborts all active runs of the account: give neither RUN nor --stack");
    if (all || (stack !== undefined && positionals.length === 0)) {
      const many = { stack, isSure: values.yes, waits: !values["no-wait"], json: values.json };
      return withService(surface, (service) => abortMany(service, surface, many));
    }
    const named = namedRun(positionals);
    return withService(surface, async (service) => {
      const { executionId, note } = await findRun(named, service, { stack, ofLabel: "only active" });
      let foundBy = note;
      // `foundBy` names the run. It is printed before the first note of `endRun`. If `endRun` writes no note, for
      // example because the run had already ended, `foundBy` is not needed: the outcome names the run too.
      const printNote = (text: string): void => {
        if (foundBy !== undefined) surface.printError(foundBy);
        foundBy = undefined;
        surface.printError(text);
      };
      const options = { waits: !values["no-wait"], note: printNote };
      const { isAccepted, hadEnded, ...run } = await endRun(service, executionId, options);
      const outcome = hadEnded
        ? `Run ${executionId} has already ended (${run.status}). Nothing was aborted.`
        : `Run ${executionId}: ${run.status}${run.ended ? "" : ", it has not ended yet"}`;
      const shown = printable(outcome);
      if (values.json) surface.print(shownJson({ executionId, ...run }));
      else surface.print(surface.columns === undefined ? shown : fitted(shown, widthFor(surface.columns)));
      return run.ended || (values["no-wait"] && isAccepted) ? EXIT_CODES.clean : EXIT_CODES.errors;
    });
  },
};
