import type { LyceumPort, StartOutcome } from "../../lyceum/port";
import { isPlaceholder } from "../state/unclear-start";
import { type DesiredRun, identityOf, readMark } from "./model-desired";
import type { CommandResult, Entry, Forced } from "./model-engine";
import { DONE_LATER } from "./model-failures";
import { isThere, policyOf, reasonToReplace, runToAdopt, type Truth } from "./model-rules";
import { END_WORDS, nameOf, type Stack, type TruthBook } from "./model-world";

export type CommandKind = "up" | "preview" | "refresh" | "destroy";

/** What a person runs. */
export interface Asked {
  readonly kind: CommandKind;
  readonly forced?: Forced | undefined;
}

/** What one command did, as far as it is needed to validate it. */
export interface Done {
  readonly result: CommandResult;
  /** Whether the provider lived to the command's end. */
  readonly providerLived: boolean;
  readonly reported: readonly string[];
  /** No injected failure and nobody died, and the service shows all it knows. */
  readonly calm: boolean;
}

/**
 * Stands between a command and the service, and validates it by the model's own rules: each start when it is sent, the
 * rest when the command is over. Breaches are collected, since what is thrown into a provider is only one more failure
 * to it.
 */
export function watchCommand(
  port: LyceumPort,
  truth: TruthBook,
  stack: Stack,
  { kind, forced }: Asked,
  now: () => number,
) {
  const breaches: string[] = [];
  const before = new Map(stack.state.entries);
  const held = new Set([...before.values(), ...stack.state.twins.map(({ entry }) => entry)].map(({ id }) => id));
  const shortBefore = new Map([...before].map(([name, entry]) => [name, truth.recorded(entry, undefined)]));
  const begunAt = now();
  /** How a run was when this command first aborted it. */
  const aborted = new Map<string, Truth>();
  /** Ids that the provider received, by resource. */
  const learned = new Map<string, string>();
  const started = new Set<string>();
  const reasons: string[] = [];
  let reported: readonly string[] = [];
  const breach = (what: string): void => void breaches.push(`${kind} of ${stack.name}: ${what}`);

  function checkStart(name: string, desired: DesiredRun | undefined): string {
    if (kind !== "up") breach(`${name} was started`);
    if (desired === undefined) return "not in the program";
    if (desired.existingExecutionId !== undefined) breach(`${name} was started though a run is wanted by its id`);
    const old = before.get(name);
    const entry = stack.state.entries.get(name);
    if (forced?.name === name && old !== undefined && !old.pendingReplacement) return `forced by ${forced.by}`;
    if (old === undefined || old.pendingReplacement || entry === undefined) {
      const known = truth
        .runsOf(stack, name, stack.state.scope)
        .filter((run) => truth.isListedAt(run, begunAt) && !aborted.has(run.executionId));
      const due = truth.areNamesReadable() ? runToAdopt(known.map(truth.trueRun), desired) : undefined;
      // Without the history nobody finds a run that has ended, which is reported before the start.
      const isHidden =
        due?.truth !== "going" && reported.some((line) => /LYC3015:.*GET \/billing\/history answered/.test(line));
      if (due !== undefined && !isHidden)
        breach(`${name} was started beside run ${due.id} (${due.truth}), which is to be taken over`);
      return "new";
    }
    if (isPlaceholder(entry.id)) return "its start got no clear answer";
    const recorded = truth.recorded(entry, aborted.get(entry.id));
    const reason = recorded && reasonToReplace(recorded, desired);
    if (reason === undefined) breach(`${name} was started though nothing calls for it: ${JSON.stringify(recorded)}`);
    return reason ?? "no reason";
  }

  function checkOthers(name: string): void {
    for (const run of truth.runsOf(stack, name)) {
      const id = run.executionId;
      const entry = stack.state.entries.get(name);
      const letGo = entry?.id === id && (entry.outputs.onDelete === "leave" || entry.outputs.missing === "lost");
      const left = entry?.id !== id && truth.markOf(run)?.onDelete === "leave";
      // What an earlier command started cannot be recognized by a name that nobody can read.
      if (!truth.areNamesReadable() && run.createdAt < begunAt && entry?.id !== id) stack.released.add(id);
      // The row of a forced replacement is deleted after the new run has been started.
      const isReplaced = forced?.name === name && !forced.deleteFirst && held.has(id);
      const excused = letGo || left || isReplaced || stack.released.has(id) || isReported(id);
      if (truth.isGoing(run) && truth.trueRun(run).visible && !excused) {
        breach(`${name} was started while run ${id} still goes on`);
      }
    }
  }

  const isReported = (id: string): boolean =>
    reported.some((line) => line.endsWith(`run \`npx pulumi-lyceum abort ${id}\`.`));

  function checkTouch(call: string, id: string): void {
    if (kind === "preview" || kind === "refresh") breach(`${call} of ${id}`);
    if (held.has(id)) return;
    if (truth.ownerOf(id) !== stack.name) breach(`${call} of ${id}, which is another's run`);
    if (kind === "destroy") breach(`${call} of ${id}, which no row holds`);
  }

  const watched: LyceumPort = {
    ...port,
    async start(request, options): Promise<StartOutcome> {
      const name = nameOf(readMark(request.user_callback_urls)?.urn);
      const reason = checkStart(name, stack.program.get(name));
      checkOthers(name);
      truth.noteStart(request, stack);
      const outcome = await port.start(request, options);
      reasons.push(reason);
      if (outcome.kind === "started") {
        if (started.has(name)) breach(`${name} was started twice`);
        started.add(name);
        learned.set(name, outcome.executionId);
      }
      return outcome;
    },
    async abort(id, options) {
      checkTouch("abort", id);
      const run = truth.find(id);
      if (run !== undefined && !aborted.has(id)) aborted.set(id, truth.truthOf(run));
      return port.abort(id, options);
    },
    async deleteRecord(id, options) {
      checkTouch("deleteRecord", id);
      const run = truth.find(id);
      if (run !== undefined && truth.isGoing(run) && !truth.isOverByItsLimits(run))
        breach(`the record of run ${id} was deleted while it goes on`);
      return port.deleteRecord(id, options);
    },
  };

  /** Notes which runs this command let go, so that later commands owe them nothing. */
  function release(done: Done): void {
    for (const [name, entry] of before) {
      const current = stack.state.entries.get(name);
      const gone = current === undefined || current.pendingReplacement || current.id !== entry.id;
      const lost =
        entry.outputs.missing === "lost" ||
        done.reported.some((line) => line.includes(`Run ${entry.id} is lost and abandoned`));
      if (gone && (entry.outputs.onDelete === "leave" || lost || current?.outputs.onDelete === "leave"))
        stack.released.add(entry.id);
    }
    // A run that must have ended by its clocks is let go, though the service of the model may go on with it.
    for (const { id, outputs } of stack.state.entries.values())
      if (outputs.missing === "forgotten") stack.released.add(id);
    // Named limits of a forced replacement that creates first: whoever dies behind its start leaves two runs, and the state has the old one;
    // so does a start without an answer where names are altered or lists lag, also one that is done later. Its error reports it.
    const isUnfinished =
      done.result.kind === "killed" ||
      !done.providerLived ||
      done.result.errors.some((error) => /LYC30(04|22)/.test(error));
    if (forced !== undefined && !forced.deleteFirst && isUnfinished)
      stack.unfinished.push({ name: forced.name, from: begunAt, to: now() + DONE_LATER * 1000 });
    // A named limit of lists that lag: the look-up before a start did not see a run that no row holds, the look-up behind the start, which
    // got no clear answer, saw that one first, and what the start has made, perhaps later, goes on beside it.
    const overtaken = done.reported.flatMap(
      (line) => /^notice: The start got .*, but run (\S+) /.exec(line)?.[1] ?? [],
    );
    const isOvertaken = (name: string): boolean =>
      truth.runsOf(stack, name).some((run) => overtaken.includes(run.executionId) && run.createdAt < begunAt);
    for (const name of namesOf())
      if (isOvertaken(name)) stack.unfinished.push({ name, from: begunAt, to: now() + DONE_LATER * 1000 });
    for (const { id } of stack.state.entries.values()) stack.recorded.add(id);
    for (const { name, from, to } of stack.unfinished) {
      for (const { createdAt, executionId } of truth.runsOf(stack, name))
        if (createdAt >= from && createdAt <= to && !stack.recorded.has(executionId)) stack.released.add(executionId);
    }
    for (const name of namesOf())
      for (const run of truth.runsOf(stack, name)) if (isReported(run.executionId)) stack.released.add(run.executionId);
  }

  const namesOf = (): string[] => [
    ...new Set([...truth.namesWithRuns(stack), ...before.keys(), ...stack.program.keys()]),
  ];

  function checkDuplicates(done: Done): void {
    for (const name of namesOf()) {
      const entry = stack.state.entries.get(name);
      const duplicates = truth.duplicates(stack, name).map((run) => run.executionId);
      // Where a run is adopted by its id nothing is looked for: a duplicate then stays until the stack goes.
      // A row whose new run is still to be started has the one that was aborted for it; the next start finds what was started meanwhile.
      const owned =
        entry !== undefined &&
        !entry.pendingReplacement &&
        entry.outputs.adopted !== true &&
        entry.outputs.awaitsStart !== true;
      const twins = stack.state.twins.map((twin) => twin.entry.id);
      const beside = owned
        ? duplicates.filter((id) => id !== entry.id && !twins.includes(id))
        : duplicates.filter((id) => !twins.includes(id)).slice(1);
      if (beside.length > 0) breach(`${name}: ${beside} go on beside ${owned ? entry.id : duplicates[0]}`);
    }
    if (kind !== "destroy" || done.result.kind !== "ok") return;
    if (stack.state.entries.size + stack.state.twins.length > 0) breach("the state is not empty");
    const isUndecided =
      !truth.areNamesReadable() ||
      done.reported.some((line) => line.includes("could not check whether an interrupted command"));
    for (const name of namesOf()) {
      const alive = truth.runsOf(stack, name).filter((run) => truth.isGoing(run) && truth.trueRun(run).visible);
      const owed = alive.filter(
        (run) => !stack.released.has(run.executionId) && truth.markOf(run)?.onDelete !== "leave",
      );
      if (isUndecided) for (const run of owed) stack.released.add(run.executionId);
      else if (owed.length > 0) breach(`${owed.map((run) => run.executionId)} alive after destroy, and not reported`);
    }
  }

  function checkEntry(name: string, entry: Entry, desired: DesiredRun, done: Done): void {
    if (entry.pendingReplacement) breach(`${name} has no run`);
    const run = truth.find(entry.id);
    if (run === undefined) {
      breach(`${name} is recorded with ${entry.id}, which was never given out`);
      return;
    }
    if (desired.existingExecutionId !== undefined) {
      if (entry.id !== desired.existingExecutionId) breach(`${name} is not the run wanted by its id, but ${entry.id}`);
    } else {
      if (truth.ownerOf(entry.id) !== stack.name) breach(`${name} took over ${entry.id}, which is another stack's`);
      if (truth.markOf(run)?.identity !== identityOf(desired)) breach(`${name} is ${entry.id}, which has other inputs`);
    }
    const was = shortBefore.get(name);
    // A row whose old run was deleted before is created like a new one, which may take over a run that has ended.
    const isForced = forced?.name === name && desired.existingExecutionId === undefined;
    if (isForced && before.get(name)?.pendingReplacement !== true && done.calm && entry.id === before.get(name)?.id) {
      if (forced.by === "replacementTrigger" || forced.deleteFirst) breach(`${name} was not replaced`);
      else if (!done.reported.some((line) => line.includes("deleteBeforeReplace"))) breach(`${name}: silently kept`);
    }
    // What nobody could see cannot be held against anybody.
    if (!done.calm || was === undefined || !was.run.visible || before.get(name)?.pendingReplacement) return;
    // A lost run that has turned up again is found by a refresh, and is then lost no more.
    const reason = was.lost ? undefined : reasonToReplace(was, desired);
    if (reason !== undefined && entry.id === was.run.id) breach(`${name} was not started anew: ${reason}`);
    if (entry.id === was.run.id && (was.run.truth === "failed" || was.run.truth === "aborted")) {
      if (policyOf(was.run.truth, desired) === "fail") breach(`${name} ended ${was.run.truth}, and nothing stopped`);
    }
    const now = truth.trueRun(run);
    const fell = now.truth === "failed" || now.truth === "aborted" ? now.truth : undefined;
    const keeps = fell !== undefined && policyOf(fell, desired) === "keep";
    // A run that had been where it was wanted, and fell since, has done what the up asked of it.
    const fellAfter = desired.waitFor === "accepted" || (desired.waitFor === "running" && now.hasRun);
    const lostKept = entry.outputs.missing === "lost" && policyOf("lost", desired) === "keep";
    if (!isThere(desired.waitFor, now) && !keeps && !(now.truth !== "going" && fellAfter) && !lostKept)
      breach(`${name} (${now.truth}) is not ${desired.waitFor}`);
  }

  return {
    port: watched,
    note: (lines: readonly string[]) => {
      reported = lines;
    },
    /** Validates the command, now that it is over. */
    check(done: Done): { readonly breaches: readonly string[]; readonly reasons: readonly string[] } {
      const { result } = done;
      for (const error of result.errors) if (/BREACH|LYC3999/.test(error)) breach(error);
      release(done);
      if (kind === "refresh") {
        for (const [name, { id }] of before) {
          if (stack.state.entries.get(name)?.id !== id) breach(`${name} is no longer run ${id}`);
        }
      }
      for (const [name, { id, outputs }] of stack.state.entries) {
        const run = truth.find(id);
        if (run === undefined || !truth.isGoing(run) || truth.isOverByItsLimits(run)) continue;
        if (END_WORDS.includes(outputs.status)) breach(`${name} is recorded as ${outputs.status}, and its run goes on`);
      }
      if (result.kind !== "killed" && done.providerLived) {
        for (const [name, id] of learned) {
          if (stack.state.entries.get(name)?.id !== id) breach(`${name}: run ${id} was answered and is not recorded`);
        }
      }
      checkDuplicates(done);
      if (kind === "up" && result.kind === "ok") {
        for (const [name, desired] of stack.program) {
          const entry = stack.state.entries.get(name);
          if (entry === undefined) breach(`${name} is not in the state`);
          else checkEntry(name, entry, desired, done);
        }
      }
      return { breaches, reasons };
    },
  };
}
