import type { StartEffects } from "../process/context";
import { keepSecretsOut } from "../process/known-secrets";
import { waitClocks } from "../run/clocks";
import { lifecycleErrors } from "../run/errors";
import { identify, requireScope } from "../run/identity/identity";
import { containsUnknown, type ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import { type Cancellation, deadlineIn } from "../watch/deadline";
import { findExisting, lookUpAndVerify } from "./lookup";
import { storeFiles } from "./store-files";

/**
 * Looks for runs, checks the start and stores the files of mounts, as a create does. Starts and adopts nothing. A
 * replacement calls this function before it aborts the old run.
 *
 * @returns the folder of the stored files, which `releaseFiles` marks as unused if the old run is not aborted
 */
export async function rehearseCreate(
  context: StartEffects,
  inputs: ExecutionInputs,
  replaced?: ExecutionOutputs,
  cancel?: Cancellation,
): Promise<string | undefined> {
  requireScope(inputs);
  const deadline = deadlineIn(context.clock, waitClocks(inputs, inputs.customTimeouts.create).total, cancel);
  keepSecretsOut(context, inputs);
  if (!(await context.engine.isAlive())) throw lifecycleErrors.engineGone();
  const id = inputs.existingExecutionId;
  if (id !== undefined) {
    await findExisting(context, id, deadline);
    return undefined;
  }
  const identity = identify(inputs);
  const { kind, attempt } = (await lookUpAndVerify(context, inputs, identity, deadline)).decision;
  let folder: string | undefined;
  if (kind === "start") {
    if (replaced !== undefined) await requireMachine(context, inputs.executionType, replaced);
    // If the files cannot be stored, the old run is not aborted.
    ({ folder } = await storeFiles(context, inputs, { ...identity.key, attempt }, deadline));
  }
  context.processCache.rehearsed(inputs.urn, context.clock.now());
  return folder;
}

/**
 * Checks the machine of a replacement if `executionType` has changed. Throws if Lyceum's list of the account's machines
 * lacks the new machine. Does not throw if the list is empty or cannot be read, nor for an unknown name or the default
 * machine `cpu`.
 */
async function requireMachine(context: StartEffects, machine: string, replaced: ExecutionOutputs): Promise<void> {
  if (machine === replaced.executionType || machine === "cpu" || containsUnknown(machine)) return;
  const names = (await context.machines()).map(({ hardwareProfile }) => hardwareProfile);
  const isListed = names.some((name) => name.toLowerCase() === machine.toLowerCase());
  if (names.length > 0 && !isListed) throw lifecycleErrors.noMachine(replaced.executionId, machine, names);
}
