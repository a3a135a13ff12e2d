import { printable } from "../../provider/display/printable";
import { classifyStatus, isEndKind } from "../../provider/lyceum/answers/status";
import type { ExecutionRecord } from "../../provider/lyceum/port";
import { API_LIMITS } from "../../provider/schema";
import { type Command, exitCodes } from "../command";
import { shownJson } from "../compose/json";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { findRun } from "./find-run";
import { isOver } from "./follow";
import { namedRun, ONE_RUN_HELP, stackOption, unknownRun } from "./run-options";
import { type RunService, withService } from "./service";

const options = {
  "no-wait": { type: "boolean", default: false, help: "does not wait until the run has ended" },
  json: { type: "boolean", default: false, help: "{executionId, status, returnCode, ended}" },
  ...stackOption,
} as const satisfies OptionTable;

const LONGEST_WAIT_SECONDS = API_LIMITS.gracefulTimeout + 30;
const PAUSE_SECONDS = 1;

/** `pulumi-lyceum abort`: aborts a run with its grace period. */
export const abort: Command = {
  synopsis: "RUN [options]",
  about: [
    "Aborts a run and waits until it has ended. Its services get the grace period that it was started with (`gracefulTimeout`).",
    ONE_RUN_HELP,
    "If a stack manages the run, `whenAborted` decides what the next `pulumi up` does.",
  ],
  options,
  closing: [
    "Exit code: 0 the run has ended (with --no-wait: Lyceum accepted the abort), 1 it had not ended in time, 2 it cannot be read, 130 after ^C.",
  ],
  run(args, surface) {
    const { values, positionals } = readArguments(args, options, { allowPositionals: true });
    const named = namedRun(positionals);
    return withService(surface, async (service) => {
      const { executionId, note } = await findRun(named, service, { stack: values.stack, ofLabel: "only active" });
      if (note !== undefined) surface.printError(note);
      const { wasNoted, hadEnded, ...run } = await end(service, executionId, !values["no-wait"], surface.printError);
      if (values.json) surface.print(shownJson({ executionId, ...run }));
      else if (hadEnded)
        surface.print(printable(`Run ${executionId} has already ended (${run.status}). Nothing was aborted.`));
      else surface.print(printable(`Run ${executionId}: ${run.status}${run.ended ? "" : ", it has not ended yet"}`));
      return run.ended || (values["no-wait"] && wasNoted) ? exitCodes.clean : exitCodes.errors;
    });
  },
};

interface Ending {
  readonly status: string;
  readonly returnCode?: number;
  readonly ended: boolean;
  /** Whether Lyceum accepted the abort. */
  readonly wasNoted: boolean;
  /** Whether it had ended before. */
  readonly hadEnded?: true;
}

async function end(
  { client, now, sleep, stopped }: RunService,
  executionId: string,
  waits: boolean,
  printError: (text: string) => void,
): Promise<Ending> {
  const before = await client.record(executionId, { signal: stopped });
  if (before.kind === "missing") throw unknownRun(executionId);
  let last = await endingOf(before.value);
  // An end that the status itself does not report may be reported too early: such a run is aborted as well.
  if (isEndKind(classifyStatus(before.value.status))) return { ...last, hadEnded: true };
  const aborted = await client.abort(executionId, { signal: stopped });
  // 404 is "unknown or already ended": the record shows which.
  const wasNoted = aborted.kind === "found";
  if (waits) printError("The abort was sent; waiting until the run has ended. ^C ends the wait, not the abort.");
  for (const begun = now(); now() - begun < LONGEST_WAIT_SECONDS * 1000 && !stopped.aborted; ) {
    const found = await client.record(executionId, { signal: stopped }).catch((): undefined => undefined);
    if (found?.kind === "found") last = await endingOf(found.value);
    if (last.ended || !waits) break;
    await sleep(PAUSE_SECONDS, stopped);
  }
  return { ...last, wasNoted };

  async function endingOf(record: ExecutionRecord): Promise<Ending> {
    const { status, returnCode } = record;
    const ended = await isOver(client, executionId, record, stopped);
    return { status, ...(returnCode === undefined ? {} : { returnCode }), ended, wasNoted: true };
  }
}
