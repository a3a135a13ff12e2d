import { printable } from "../../provider/display/printable";
import { hasEnded } from "../../provider/lyceum/status";
import { type Command, exitCodes, UsageError } from "../command";
import type { OptionTable } from "../option-table";
import { readArguments } from "../options";
import { findRun } from "./find-run";
import { NAMES_HELP, namedRun, stackOption } from "./run-options";
import { type RunService, withService } from "./service";

const options = {
  "no-wait": { type: "boolean", default: false, help: "does not wait until the run has ended" },
  json: { type: "boolean", default: false, help: "{executionId, status, returnCode, ended}" },
  ...stackOption,
} as const satisfies OptionTable;

/** No grace is longer than 300 s. */
const LONGEST_WAIT_SECONDS = 330;
const PAUSE_SECONDS = 1;

/** `pulumi-lyceum abort`: ends a run with its grace. */
export const abort: Command = {
  synopsis: "RUN [options]",
  about: [
    "Aborts a run and waits until it has ended. Its services get the grace that it was started with (`gracefulTimeout`).",
    NAMES_HELP,
    "A run that a stack manages is a run that was aborted elsewhere for the next `pulumi up`: `whenAborted` decides what that does.",
  ],
  options,
  closing: [
    "Exit code: 0 the run has ended (or the abort was noted, with --no-wait), 1 it had not ended in time, 2 it cannot be read.",
  ],
  run(args, surface) {
    const { values, positionals } = readArguments(args, options, { allowPositionals: true });
    const named = namedRun(positionals);
    return withService(surface, async (service) => {
      const { executionId, note } = await findRun(named, service, values.stack);
      if (note !== undefined) surface.complain(note);
      const run = await end(service, executionId, !values["no-wait"], surface.complain);
      if (values.json) surface.print(JSON.stringify({ executionId, ...run }, null, 2));
      else surface.print(printable(`Run ${executionId}: ${run.status}${run.ended ? "" : ", it has not ended yet"}`));
      return run.ended || values["no-wait"] ? exitCodes.clean : exitCodes.errors;
    });
  },
};

interface Ending {
  readonly status: string;
  readonly returnCode?: number;
  readonly ended: boolean;
}

async function end(
  { client, now, sleep, stopped }: RunService,
  executionId: string,
  waits: boolean,
  complain: (text: string) => void,
): Promise<Ending> {
  const before = await client.record(executionId, { signal: stopped });
  if (before.kind === "missing") throw new UsageError(`Lyceum knows no run ${executionId}`);
  if (hasEnded(before.value)) {
    complain("It had ended before: nothing was aborted.");
    return endingOf(before.value);
  }
  // 404 is "unknown or already ended": the record says which.
  await client.abort(executionId, { signal: stopped });
  if (waits) complain("The abort was sent; waiting until the run has ended. ^C ends the wait, not the abort.");
  let last = endingOf(before.value);
  for (const begun = now(); waits && now() - begun < LONGEST_WAIT_SECONDS * 1000 && !stopped.aborted; ) {
    const found = await client.record(executionId, { signal: stopped }).catch((): undefined => undefined);
    if (found?.kind === "found") last = endingOf(found.value);
    if (last.ended) break;
    await sleep(PAUSE_SECONDS, stopped);
  }
  return last;
}

function endingOf(record: {
  readonly status: string;
  readonly returnCode?: number;
  readonly endedAt?: string;
}): Ending {
  const { status, returnCode } = record;
  return { status, ...(returnCode === undefined ? {} : { returnCode }), ended: hasEnded(record) };
}
