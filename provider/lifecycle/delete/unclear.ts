import { isRefusedForGood } from "../../lyceum/capability";
import { findUnclear, type UnclearLook, untilListsShow } from "../account/find-unclear";
import type { Effects } from "../process/context";
import { messageOf } from "../run/errors";
import { mustHaveEnded } from "../run/record/ended";
import { type ExecutionOutputs, withRecord } from "../run/record/record";
import { isSameTarget } from "../run/target";
import { bounded } from "../watch/deadline";

/** Seconds for the lookup, which sends two requests and may repeat them. */
const LOOK_SECONDS = 30;

/**
 * Looks for the run of a start that got no clear answer, when the resource is deleted. The first row that matches
 * counts.
 *
 * | condition                                                    | result                              |
 * |--------------------------------------------------------------|-------------------------------------|
 * | a list shows the run with the start key                      | the outputs with the run's id       |
 * | all time limits of the run have passed                       | undefined                           |
 * | a failed request may work later, and `onDelete` is not "leave" | an error: the resource stays in the state |
 * | anything else, for example no run, or another base URL       | undefined, with a warning           |
 *
 * @param isNamed whether the program now sets `existingExecutionId`, so that the warning mentions it
 */
export async function withRunOfStart(
  context: Effects,
  recorded: ExecutionOutputs,
  isNamed: boolean,
  cancel: AbortSignal,
): Promise<ExecutionOutputs | undefined> {
  const { client, clock, report } = context;
  const { baseUrl } = recorded;
  // If the start was sent to another base URL, the provider neither looks for the run nor aborts it.
  const isElsewhere = !isSameTarget(recorded, client);
  const { run, errors } = isElsewhere ? { run: undefined, errors: [] } : await look(context, recorded, cancel);
  if (run !== undefined) return withRecord({ ...recorded, executionId: run.executionId }, run);
  if (mustHaveEnded(recorded, clock.now())) return undefined;
  const failure = mayWorkLater(errors);
  if (failure !== undefined && recorded.onDelete !== "leave") throw failure;
  const [refused] = errors;
  const seen = isElsewhere
    ? `It was sent to ${baseUrl}, and is not looked for there`
    : refused === undefined
      ? "Lyceum shows no run with this key"
      : `It cannot be looked for (${messageOf(refused)})`;
  const limit = recorded.timeout === undefined ? "its `timeout`" : `its \`timeout\` of ${recorded.timeout} s`;
  const other = isNamed ? ", and `existingExecutionId` names another run" : "";
  report.warning(
    `The start with the key ${recorded.startKey} got no clear answer. ${seen}. If there is one${other}, Lyceum ends it by ${limit}. \`npx pulumi-lyceum list\` shows the active runs, and \`npx pulumi-lyceum abort ID\` ends one.`,
  );
  return undefined;
}

/**
 * Returns an error after which a later search for the run may work: an error that is not a permanent refusal, or a 401
 * to both the list and the history. Two answers of 401 mean that Lyceum refuses the API key, and not these two
 * requests. Returns undefined if there is no such error.
 */
function mayWorkLater(errors: readonly unknown[]): unknown {
  const refusals = errors.filter(isRefusedForGood);
  const isCredential = refusals.length > 1 && refusals.every(({ status }) => status === 401);
  return isCredential ? errors[0] : errors.find((error) => !isRefusedForGood(error));
}

async function look(context: Effects, recorded: ExecutionOutputs, cancel: AbortSignal): Promise<UnclearLook> {
  const { client, clock } = context;
  await untilListsShow(context, recorded, cancel);
  const find = (signal: AbortSignal) =>
    findUnclear(
      { listActive: () => client.listActive({ signal }), history: (page) => client.history(page, { signal }) },
      recorded,
    );
  return bounded(clock, LOOK_SECONDS, find);
}
