import { isEndKind } from "../answers/status";
import { readValue, recordLookup } from "./answers";
import { mountShown, volumeText } from "./mount";
import {
  abortRun,
  type CleanedUp,
  type Draft,
  END_SECONDS,
  QUEUE_SECONDS,
  readKind,
  readOutput,
  startRun,
  until,
  type WalkPorts,
} from "./run";

/**
 * What the first or second run of a probe may leave in the account: a run whose start got no answer, or a run whose end
 * the probe did not observe.
 */
export interface LeftRun {
  /** The file name of a run whose id is not known. Set if Lyceum may have started this run. */
  lostRun?: string;
  /** The result of aborting the run. Set if the probe did not observe the end of the run. */
  cleanedUp?: CleanedUp;
}

/**
 * If the output of the ended first run shows no bucket, starts a second run. The service of the second run mounts a
 * folder of the bucket.
 *
 * @param left receives what the second run leaves in the account, even if the user stops the probe
 */
export async function tryVolume(ports: WalkPorts, draft: Draft, left: LeftRun): Promise<void> {
  if (!draft.run.ended || mountShown(readValue(draft.output), ports.marker.content) !== "none") return;
  const { id: _first, ...run } = draft.run;
  const own: Draft = { run: { ...run, fileName: `${ports.fileName}-volume`, ended: false } };
  try {
    if (await startRun(ports, own, volumeText(ports.marker), true)) left.lostRun = own.run.fileName;
    const { id } = own.run;
    if (id === undefined) return;
    ports.progress("Waiting for its end");
    await until(ports, QUEUE_SECONDS + END_SECONDS, async () => {
      const kind = await readKind(ports, own, id);
      own.run = { ...own.run, ended: kind !== undefined && isEndKind(kind) };
      return own.run.ended;
    });
    await readOutput(ports, own, id);
    if (own.run.ended) await recordLookup("deleteExecutionRecord", ports.client.deleteRecord(id));
  } finally {
    const { id, ended } = own.run;
    if (id !== undefined && !ended) left.cleanedUp = await abortRun(ports.client, id);
    if (own.output !== undefined) draft.volumeOutput = own.output;
  }
}
