import { isExecutionType } from "../../provider/declared";
import { observeRecorded } from "../../provider/queries";
import { withService } from "../runs/service";
import { driftCode, driftData } from "./drift-data";
import { driftMarkdown } from "./drift-markdown";
import { ciExitCodes } from "./exit-codes";
import { runEngine, type Session } from "./session";
import { recordedStack } from "./state";
import { typeOf } from "./urn";
import { writeReports } from "./write";

/**
 * `ci drift`: what has become of the runs of a stack. The service is asked for them, because a refresh reports no change of a run that failed after
 * it was `running`; a refresh that changes nothing finds the changes of other resources.
 */
export async function drift(session: Session): Promise<number> {
  const { request, surface, open, stop } = session;
  const { executions } = await recordedStack(open.stack);
  const refresh = await runEngine(session, (options) => open.stack.previewRefresh(options)).finally(open.removeIfNew);
  if (stop.signal.aborted) return ciExitCodes.stopped;
  if (refresh.kind !== "succeeded") {
    surface.complain("The refresh failed: the drift is not known.");
    return ciExitCodes.error;
  }
  const others = refresh.observed.refreshed.filter(({ urn }) => !isExecutionType(typeOf(urn)));
  const outputs = executions.map((one) => one.outputs);
  let code: number = ciExitCodes.error;
  // Its own codes mean something else here.
  await withService(surface, async ({ client, now, sleep, stopped }) => {
    const observed = await observeRecorded(client, outputs, { now: now(), sleep, signal: stopped });
    const pairs = executions.flatMap((one, at) => (observed[at] === undefined ? [] : [[one, observed[at]] as const]));
    const data = driftData({ project: open.project, stack: request.stack }, pairs, others);
    writeReports(request, surface, driftMarkdown(data), data);
    surface.print(driftMarkdown(data).trimEnd());
    code = driftCode(data);
    return code;
  });
  return stop.signal.aborted ? ciExitCodes.stopped : code;
}
