import type { Connection } from "../../provider/lyceum/http/connection";
import { evaluateAnswers, needsAttention } from "../../provider/lyceum/probe/table";
import { RUN_TIMEOUT_SECONDS, type Walked, walk } from "../../provider/lyceum/probe/walk";
import { exitCodes, type Surface } from "../command";
import { paragraph } from "../layout";
import type { Machine } from "./machine";
import type { DoctorOptions } from "./options";
import { printFindings } from "./print";

/** Why no probe was made. */
export type Declined = "no terminal" | "answered no";

/** States what a probe does and costs, and asks. Undefined: go on. */
export async function askForConsent(
  options: DoctorOptions,
  machine: Machine,
  surface: Surface,
  width: number,
): Promise<Declined | undefined> {
  const what = options.composeFileCode === undefined ? `the image ${options.image}` : "the compose file you named";
  const how = options.endsBy === "abort" ? "aborts it" : "lets it end";
  const plan = `The probe starts one run on ${options.machine} with ${what}, ${how}, and deletes its record. Lyceum ends the run after ${RUN_TIMEOUT_SECONDS} s at the latest, so it costs at most ${RUN_TIMEOUT_SECONDS} s of that machine.`;
  surface.printError(paragraph(plan, width));
  if (options.yes) return undefined;
  if (machine.ask === undefined) return "no terminal";
  return /^y(es)?$/i.test((await machine.ask("Start it? (y/N) ")).trim()) ? undefined : "answered no";
}

/** Makes the probe. A first signal stops it, and the run is aborted; a second one ends the process at once. */
export async function makeProbe(
  options: DoctorOptions,
  machine: Machine,
  surface: Surface,
  connection: Connection,
): Promise<Walked> {
  const stop = new AbortController();
  const release = machine.onStop(() => {
    if (stop.signal.aborted) return machine.exit(exitCodes.stopped);
    surface.printError("Stopping; a run that was started is aborted first.");
    stop.abort();
  });
  try {
    const id = machine.newId();
    const walked = await walk(
      {
        call: connection.call,
        redact: connection.redact,
        now: machine.now,
        sleep: machine.sleep,
        unknownId: id,
        signal: stop.signal,
        progress: (text) => surface.printError(`${text} …`),
      },
      { ...options, fileName: `pulumi-lyceum-probe-${id.slice(0, 8)}` },
    );
    for (const line of describeCleanup(walked)) surface.printError(line);
    return walked;
  } finally {
    release();
  }
}

/** Sentences about a run whose end was not observed. */
export function describeCleanup({ cleanedUp, startLost, answers }: Walked): readonly string[] {
  const bound = `Lyceum ends it after ${RUN_TIMEOUT_SECONDS} s.`;
  const lost = startLost ? [`A run ${answers.run.fileName} may have been started, and no list shows it. ${bound}`] : [];
  switch (cleanedUp?.kind) {
    case undefined:
      return lost;
    case "aborted":
      return [...lost, `The run ${cleanedUp.id} was aborted.`];
    case "over":
      return [...lost, `The run ${cleanedUp.id} has ended, or Lyceum does not know it (404).`];
    case "left":
      return [...lost, `The run ${cleanedUp.id} could not be aborted. ${bound}`];
  }
}

/** The table of findings with its summary. */
export function printProbe(walked: Walked, width: number): string {
  const evaluated = evaluateAnswers(walked.answers);
  const counts = (["confirmed", "different", "refused", "not tried"] as const)
    .map((result) => [evaluated.filter(({ finding }) => finding.result === result).length, result] as const)
    .filter(([count]) => count > 0)
    .map(([count, result]) => `${count} ${result}`);
  return `What the provider assumes of the service\n${printFindings(evaluated, width)}\n\n${counts.join(", ")}`;
}

/** Whether a probe found something that needs attention. */
export function hasFindings(walked: Walked): boolean {
  return evaluateAnswers(walked.answers).some(needsAttention) || walked.cleanedUp !== undefined || walked.startLost;
}
