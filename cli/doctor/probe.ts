import { LyceumError } from "../../provider/lyceum/errors";
import type { LyceumPort } from "../../provider/lyceum/port";
import { ASSUMPTIONS, type Assumption } from "../../provider/lyceum/probe/assumptions";
import type { Finding } from "../../provider/lyceum/probe/finding";
import { type Marker, RUN_TIMEOUT_SECONDS } from "../../provider/lyceum/probe/mount";
import { type Walked, walk } from "../../provider/lyceum/probe/walk";
import { type Bucket, StorageError } from "../../provider/storage";
import { EXIT_CODES, type Surface } from "../command";
import { paragraph } from "../layout";
import type { Machine } from "./machine";
import type { DoctorOptions } from "./options";
import type { DoctorCheck } from "./print";

/** Prints what a probe does and costs, and asks for consent. Without consent, no probe is made. */
export async function isAllowed(
  options: DoctorOptions,
  machine: Machine,
  surface: Surface,
  width: number,
): Promise<boolean> {
  const plan = `The probe starts one run of busybox:stable on ${options.machine}, aborts it, and deletes its record. Lyceum ends the run after ${RUN_TIMEOUT_SECONDS} s at the latest, so it costs at most ${RUN_TIMEOUT_SECONDS} s of that machine. The probe also stores a small file in the bucket, and removes it. If a service of the run does not see this file, the probe starts a second run of at most ${RUN_TIMEOUT_SECONDS} s, which mounts it.`;
  surface.printError(`\n${paragraph(plan, width)}`);
  if (options.yes) return true;
  if (machine.ask === undefined) {
    surface.printError("No probe was made: there is no terminal to ask on. Add --yes to start it without being asked.");
    return false;
  }
  if (/^y(es)?$/i.test((await machine.ask("Start it? (y/N) ")).trim())) return true;
  surface.printError("No probe was made.");
  return false;
}

/**
 * Runs the probe of `doctor`. The first signal stops the probe and aborts its run. A second signal ends the process at
 * once.
 */
export async function makeProbe(
  options: DoctorOptions,
  machine: Machine,
  surface: Surface,
  client: LyceumPort,
): Promise<Walked> {
  const stop = new AbortController();
  const bucket = machine.bucketOf(client);
  const release = machine.onStop(() => {
    if (stop.signal.aborted) return machine.exit(EXIT_CODES.stopped);
    surface.printError("Stopping; a run that was started is aborted first.");
    stop.abort();
  });
  try {
    const id = machine.newId();
    const walked = await walk({
      client,
      now: machine.now,
      sleep: machine.sleep,
      unknownId: id,
      signal: stop.signal,
      progress: (text) => surface.printError(`${text} …`),
      machine: options.machine,
      fileName: `pulumi-lyceum-probe-${id.slice(0, 8)}`,
      marker: markerIn(bucket, id.slice(0, 8), stop.signal),
    });
    for (const line of describeCleanup(walked)) surface.printError(line);
    return walked;
  } finally {
    release();
    await bucket.close();
  }
}

/** Returns the small file with which the probe finds out whether a service sees the bucket. */
function markerIn(bucket: Bucket, id: string, signal: AbortSignal): Marker {
  const key = `pulumi-lyceum-probe/${id}.txt`;
  const content = `pulumi-lyceum-probe-file-${id}`;
  const bytes = Buffer.from(`${content}\n`);
  const read = async (offset: number, length: number) => bytes.subarray(offset, offset + length);
  return {
    key,
    content,
    async store() {
      try {
        await bucket.upload(key, { bytes: bytes.length, read }, { signal });
        return { kind: "stored" };
      } catch (error) {
        if (StorageError.isInstance(error) || LyceumError.isInstance(error))
          return { kind: "failed", code: error.code };
        if (signal.aborted) return { kind: "failed", code: "a stop" };
        throw error;
      }
    },
    remove: () =>
      bucket.remove([key]).then(
        () => true,
        () => false,
      ),
  };
}

/** Returns the sentences about what the probe had to clean up: its run, and its file in the bucket. */
function describeCleanup({ leftKey, ...walked }: Walked): readonly string[] {
  const left = leftKey === undefined ? [] : [`The file ${leftKey} could not be removed from the bucket.`];
  return [...describeRun(walked), ...left];
}

function describeRun({ cleanedUp, lostRun }: Walked): readonly string[] {
  const bound = `Lyceum ends it after ${RUN_TIMEOUT_SECONDS} s.`;
  if (lostRun !== undefined) return [`A run ${lostRun} may have been started, and no list shows it. ${bound}`];
  switch (cleanedUp?.kind) {
    case undefined:
      return [];
    case "aborted":
      return [`The run ${cleanedUp.id} was aborted.`];
    case "over":
      return [`The run ${cleanedUp.id} has ended, or Lyceum does not know it (404).`];
    case "left":
      return [`The run ${cleanedUp.id} could not be aborted. ${bound}`];
  }
}

/**
 * Returns one check for each assumption about Lyceum. The checks repeat no texts of Lyceum except status words, because
 * users attach the output to issues.
 */
export function checkAssumptions({ answers }: Walked): readonly DoctorCheck[] {
  return ASSUMPTIONS.map((assumption) => checkOf(assumption, assumption.evaluate(answers)));
}

function checkOf({ id, statement, certainty, otherwise }: Assumption, finding: Finding): DoctorCheck {
  const group = "What the provider assumes of the service";
  const check = { id, group, name: id, text: `${statement} (${certainty})` } as const;
  switch (finding.result) {
    case "confirmed":
      return { ...check, state: "ok" };
    case "not tried":
      return { ...check, state: "skipped", todo: `Not tried: ${finding.why}.` };
    case "different":
    case "refused":
      return { ...check, state: "attention", todo: `Observed: ${finding.shown}. ${otherwise}` };
  }
}
