import type { ModelRun } from "../model-service";
import type { CommandResult } from "./engine";
import { CLOCKS, type DesiredRun, identityOf, isThere, policyOf, reasonToReplace } from "./rules";
import { type Entry, isUnclear, rowsOf } from "./state";
import { letGoIn, type Watch } from "./watch";
import { END_WORDS } from "./world";

/** The facts that are needed to check one command after its end. */
export interface Done {
  readonly result: CommandResult;
  /** Whether the provider was still alive at the end of the command. */
  readonly providerLived: boolean;
  /** The calls that failed, with their answers: "abort 500", "listActive hangs". */
  readonly failed: ReadonlySet<string>;
  /**
   * Whether no call failed, no process died, the lists do not lag, and no record will show an end that is later
   * withdrawn (`takenBack` of the model service).
   */
  readonly calm: boolean;
}

/**
 * Milliseconds after the beginning of a delete. If the run has ended by then, the delete clock is no reason for the
 * delete to fail. If the run ends later, the delete clock may run out before the provider observes the end.
 */
const WITHIN_DELETE_CLOCK = (CLOCKS.delete - 10) * 1000;

/** Checks a command that has ended against the rules of the model. Reports each violation to `watch.breach`. */
export function checkCommand(watch: Watch, done: Done): void {
  const { breach, truth, stack } = watch;
  const { kind, target } = watch.asked;
  const { result } = done;
  const isWhole = result.kind !== "killed" && done.providerLived;
  for (const error of result.errors) {
    if (/BREACH|LYC3999/.test(error)) breach(error);
    if (/\bcancelled\b/.test(error)) breach(`nobody cancelled anything: ${error}`);
  }
  noteUnclearStarts(watch);
  release(watch);
  checkRecorded(watch);
  checkAdoptions(watch, done, isWhole);
  if (isWhole) {
    for (const [name, id] of watch.learned) {
      const entry = stack.state.entries.get(name);
      if (entry === undefined || truth.idOf(entry) !== id)
        breach(`${name}: run ${id} was answered and is not recorded`);
    }
    checkStarts(watch);
    checkNamed(watch, done);
    checkDeletions(watch, done);
  }
  if (kind === "destroy") checkDestroy(watch, done);
  if (kind !== "up" || result.kind !== "ok") return;
  for (const [name, desired] of stack.program) {
    if (target !== undefined && target !== name) continue;
    const entry = stack.state.entries.get(name);
    if (entry === undefined) breach(`${name} is not in the state`);
    else checkEntry(watch, name, entry, desired, done);
  }
}

/** Remembers, for each resource with a placeholder id, the last start of this resource. */
function noteUnclearStarts({ stack, sent, truth }: Watch): void {
  for (const { name, entry } of rowsOf(stack.state)) {
    const last = sent.filter((start) => start.name === name).at(-1);
    if (isUnclear(entry) && last !== undefined) truth.noteUnclear(entry.outputs.startKey, last.request);
  }
}

/** Remembers the runs that this command abandoned or named, because later commands need not name these runs again. */
function release({ rowsBefore, truth, scope, reported, isReported, isKeyReported }: Watch): void {
  for (const id of letGoIn(reported())) truth.letGo.add(id);
  for (const { entry } of rowsBefore) {
    const run = truth.runOf(entry);
    if (run === undefined || truth.holdersOf(run.executionId).length > 0) continue;
    // A run for which `missing` is recorded counts as abandoned, although it may still be active in the model service.
    const isOver = entry.outputs.missing !== undefined;
    if (isOver || entry.outputs.onDelete === "leave" || (isUnclear(entry) && isKeyReported(run.request)))
      truth.letGo.add(run.executionId);
  }
  for (const name of truth.namesOf(scope())) {
    for (const { executionId: id } of truth.runsOf(scope(), name)) if (isReported(id)) truth.named.add(id);
  }
}

function checkRecorded({ asked, before, breach, truth, stack }: Watch): void {
  if (asked.kind === "refresh") {
    for (const [name, entry] of before) {
      const now = stack.state.entries.get(name);
      if (now === undefined || truth.idOf(now) !== truth.idOf(entry)) breach(`${name} is no longer ${entry.id}`);
    }
  }
  for (const { name, entry } of rowsOf(stack.state)) {
    const run = truth.runOf(entry);
    if (run === undefined || !truth.isGoing(run) || truth.isOverByItsLimits(run)) continue;
    const { status } = entry.outputs;
    if (END_WORDS.includes(status)) breach(`${name} is recorded as ${status}, and its run goes on`);
  }
}

/**
 * Checks the adoption of a run that no program named by its id. It is allowed under three conditions: the resource
 * belongs to the run's scope, the process does not know another resource with the run (`wasKnown`), and a printed line
 * names the run. A process does not know a resource that no call of its command showed.
 */
function checkAdoptions(watch: Watch, { calm }: Done, isWhole: boolean): void {
  const { rows, before, breach, truth, scope, reported, isSentHere } = watch;
  // In a command without failures, the engine passes all resources of the program to the process before the lookup of a
  // create ends. So the process must not adopt a run of any of these resources.
  const when = calm ? "at answer" : "at create";
  for (const [name, entry] of rows.answered()) {
    const run = truth.runOf(entry);
    const old = before.get(name);
    // The resource keeps its old run, which was aborted for a replacement that did not start. This is not an adoption.
    const isOld = entry.outputs.awaitsStart === true;
    if (run === undefined || isOld || isSentHere(run) || entry.outputs.adopted === true) continue;
    const { executionId: id } = run;
    // It is not an adoption if the resource gets the run of its own unclear start, or keeps the run that it had. After
    // an unclear start, the resource may adopt another run, because an interrupted command may have repeated the start.
    const wasUnclear = old !== undefined && isUnclear(old);
    if (wasUnclear ? run.request === truth.startOf(old) : old?.row === entry.row) continue;
    if (truth.scopeOf(run) !== scope()) breach(`${name} took over ${id}, which is of another scope`);
    if (rows.wasKnown(name, id, when)) breach(`${name} took over ${id}, which this command has seen recorded`);
    const isNamed = reported().some((line) => line.split(/[^\w-]+/).includes(id));
    if (isWhole && !isNamed) breach(`${name} took over ${id} without a word`);
  }
}

/**
 * Checks the starts of this process: each one is recorded (even an unclear one), or its run is ended or named in a
 * printed line.
 */
function checkStarts({ sent, breach, truth, scope, stack, isReported }: Watch): void {
  for (const { name, request } of sent) {
    const run = truth.runsOf(scope(), name).find((candidate) => candidate.request === request);
    const isRowed = rowsOf(stack.state).some(({ entry }) => isUnclear(entry) && truth.startOf(entry) === request);
    if (truth.mayCome(request) && !isRowed) breach(`${name}: a start whose run may still come is not recorded`);
    if (run === undefined || !truth.isUnheld(run) || isReported(run.executionId)) continue;
    breach(`${name}: run ${run.executionId}, which an unclear start made, is not recorded`);
  }
}

/**
 * Checks that a printed line names each active run that no resource has:
 *
 * - A command that starts a run of a resource names the other active runs of this resource (`beside`).
 * - An `up` that compares or creates a resource names the runs that an earlier command left without such a line, for
 *   example because it was interrupted. Only runs that were started after the resource's own run are required, because
 *   an earlier run may belong to a renamed resource.
 *
 * If lists fail or show no start keys, or if the resource is not a target, a later command names the run. Only the
 * destroy of the scope names the runs of a resource that is in neither program nor state (see `checkDestroy`).
 */
function checkNamed(watch: Watch, { failed }: Done): void {
  const { asked, beside, breach, truth, stack, rows, isReported } = watch;
  const listsFail = [...failed].some((failure) => /^(listActive|history) /.test(failure));
  for (const { name, id } of beside) {
    const run = truth.find(id);
    if (isReported(id) || listsFail || run === undefined || !truth.isUnheld(run)) continue;
    breach(`${name} was started beside run ${id}, which ${truth.whose(id)}, and nobody was told`);
  }
  const isReadable = truth.areNamesReadable() && !listsFail;
  const owed = (run: ModelRun): boolean =>
    isReadable &&
    truth.isUnheld(run) &&
    watch.unheldBefore.has(run.executionId) &&
    !truth.named.has(run.executionId) &&
    truth.isListedAt(run, watch.begunAt);
  const names = asked.kind === "up" ? [...rows.concerned].filter((name) => !watch.isForcedBlindly(name)) : [];
  for (const name of names) {
    // If the program names a run by its id, the provider looks for no other runs.
    if (stack.program.get(name)?.existingExecutionId !== undefined) continue;
    if (watch.before.get(name)?.outputs.adopted === true) continue;
    const own = watch.before.get(name);
    const since = own === undefined || own.pendingReplacement ? undefined : truth.runOf(own)?.createdAt;
    const isLater = (run: ModelRun): boolean => since === undefined || run.createdAt > since;
    for (const run of truth.runsOf(watch.scope(), name).filter((each) => owed(each) && isLater(each)))
      breach(`${name}: run ${run.executionId}, which ${truth.whose(run.executionId)}, goes on, and nobody was told`);
  }
}

function checkDestroy(watch: Watch, { result, calm }: Done): void {
  const { asked, breach, truth, stack, rows, rowsBefore, reported } = watch;
  const isShown = rowsBefore.every(({ entry }) => {
    const run = truth.runOf(entry);
    return isUnclear(entry) || (run !== undefined && truth.trueRun(run).visible);
  });
  if (calm && result.kind === "failed" && isShown)
    breach(`nothing is wrong, and it failed: ${result.errors.join(" | ")}`);
  if (result.kind !== "ok" || asked.target !== undefined) return;
  if (stack.state.entries.size + stack.state.twins.length > 0) breach("the state is not empty");
  const isUndecided =
    !truth.areNamesReadable() ||
    reported().some((line) => line.includes("could not check whether an interrupted command"));
  const owed = truth
    .namesOf(watch.scope())
    .flatMap((name) => truth.runsOf(watch.scope(), name))
    .filter((run) => truth.isUnheld(run) && !rows.isDropped(run.executionId) && !truth.named.has(run.executionId))
    .map(({ executionId }) => executionId);
  if (isUndecided) for (const id of owed) truth.letGo.add(id);
  else if (owed.length > 0) breach(`${owed} alive after destroy, and not reported`);
}

/**
 * Checks deletions. If the model service shows the end of the run within the delete clock, the delete succeeds after
 * any answer to the abort, except a clear refusal. The delete of a resource with a placeholder id names the runs that
 * the start of the resource may have made.
 */
function checkDeletions(watch: Watch, { failed }: Done): void {
  const { rows, aborted, breach, truth, isReported, isKeyReported } = watch;
  const isRefused = [...failed].some((failure) => /^abort (401|403|429)/.test(failure));
  const readsFail = [...failed].some((failure) => /^(record|listActive|history) /.test(failure));
  for (const { name, entry, begunAt, error } of rows.deletions.values()) {
    const run = truth.runOf(entry);
    const id = run?.executionId;
    if (error !== undefined) {
      if (run === undefined || id === undefined || isRefused || readsFail || !aborted.has(id)) continue;
      const isShown = truth.trueRun(run).visible && truth.hasEndedAt(run, begunAt + WITHIN_DELETE_CLOCK);
      if (isShown) breach(`${name}: run ${id} ended in time, and its delete failed: ${error}`);
      continue;
    }
    const request = truth.startOf(entry);
    if (!isUnclear(entry) || request === undefined) continue;
    const isLeft = run === undefined ? truth.mayCome(request) : truth.isGoing(run) && run.abortedAt === undefined;
    const isNamed = isKeyReported(request) || (id !== undefined && isReported(id));
    const isHeld = id !== undefined && (truth.holdersOf(id).length > 0 || truth.letGo.has(id));
    if (isLeft && !isNamed && !isHeld) breach(`${name}: what the unclear start made is let go without a word`);
  }
}

function checkEntry(watch: Watch, name: string, entry: Entry, desired: DesiredRun, done: Done): void {
  const { asked, breach, truth, before, shortBefore, rows, reported } = watch;
  const { forced } = asked;
  const run = truth.runOf(entry);
  if (entry.pendingReplacement || isUnclear(entry)) breach(`${name} has no run`);
  else if (run === undefined) breach(`${name} is recorded with ${entry.id}, which was never given out`);
  if (run === undefined) return;
  const id = run.executionId;
  if (desired.existingExecutionId !== undefined) {
    if (id !== desired.existingExecutionId) breach(`${name} is not the run wanted by its id, but ${id}`);
  } else if (truth.markOf(run)?.identity !== identityOf(desired)) breach(`${name} is ${id}, which has other inputs`);
  const old = before.get(name);
  // A resource with a placeholder id had no known run before this command.
  const was = old !== undefined && isUnclear(old) ? undefined : shortBefore.get(name);
  // This check of a forced replacement leaves out two cases. With `pendingReplacement`, an earlier command has deleted
  // the old resource, and the create may adopt an ended run. If the engine removed the old resource from the state
  // without a delete (`isDropped`), the provider does not know that its run was recorded.
  const isForced = forced?.name === name && desired.existingExecutionId === undefined;
  const isReplaced = isForced && old?.pendingReplacement !== true && !rows.isDropped(id);
  if (isReplaced && done.calm && old !== undefined && id === truth.idOf(old)) {
    if (forced.by === "replacementTrigger" || forced.deleteFirst) breach(`${name} was not replaced`);
    else if (!reported().some((line) => line.includes("deleteBeforeReplace"))) breach(`${name}: silently kept`);
  }
  // A command need not act on a run that no call shows.
  if (!done.calm || was === undefined || !was.run.visible || old?.pendingReplacement || rows.isDropped(id)) return;
  // A run that was recorded as lost before this command may have reappeared. A refresh in this command then finds it,
  // and the command may keep it.
  const reason = was.lost ? undefined : reasonToReplace(was, desired);
  if (reason !== undefined && id === was.run.id) breach(`${name} was not started anew: ${reason}`);
  if (id === was.run.id && (was.run.truth === "failed" || was.run.truth === "aborted")) {
    if (policyOf(was.run.truth, desired) === "fail") breach(`${name} ended ${was.run.truth}, and nothing stopped`);
  }
  const now = truth.trueRun(run);
  const fell = now.truth === "failed" || now.truth === "aborted" ? now.truth : undefined;
  const keeps = fell !== undefined && policyOf(fell, desired) === "keep";
  // Whether the run had reached its desired state before it ended. The `up` then succeeds, even if the run failed.
  const fellAfter = desired.waitFor === "accepted" || (desired.waitFor === "running" && now.hasRun);
  const lostKept = entry.outputs.missing === "lost" && policyOf("lost", desired) === "keep";
  if (!isThere(desired.waitFor, now) && !keeps && !(now.truth !== "going" && fellAfter) && !lostKept)
    breach(`${name} (${now.truth}) is not ${desired.waitFor}`);
}
