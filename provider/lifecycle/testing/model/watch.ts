import type { LyceumPort, StartOutcome, StartRequest } from "../../../lyceum/port";
import type { ModelRun } from "../model-service";
import type { CommandOptions } from "./engine";
import { createRowBook } from "./rows";
import { type DesiredRun, identityOf, readMark, reasonToReplace, runToAdopt, type Truth } from "./rules";
import { type Entry, isUnclear, nameOf, rowsOf } from "./state";
import type { Stack, TruthBook } from "./world";

export type CommandKind = "up" | "preview" | "refresh" | "destroy";

/** The command that a person gives. */
export interface Asked extends CommandOptions {
  readonly kind: CommandKind;
}

/** A run that was active and in no state when another run of the same resource was started. */
interface Beside {
  readonly name: string;
  readonly id: string;
}

/** What is recorded about one command: its requests so far, and the violations. */
export type Watch = ReturnType<typeof watchCommand>;

/**
 * Maximum age in milliseconds of the list that a create uses when it sends its start. The list may be older than the
 * create, because creates share lists.
 */
const LIST_MAY_BE_OLD = 3000;

/**
 * Makes the client of a command, which checks each start and abort by the model's own rules before it is sent.
 * `checkCommand` checks the rest after the command. Violations are collected and not thrown, because the provider would
 * treat a thrown error as another failed call.
 */
export function watchCommand(port: LyceumPort, truth: TruthBook, stack: Stack, asked: Asked, now: () => number) {
  const { kind, forced, target } = asked;
  const breaches: string[] = [];
  const before = new Map(stack.state.entries);
  const shortBefore = new Map([...before].map(([name, entry]) => [name, truth.recorded(entry, undefined)]));
  const begunAt = now();
  const rows = createRowBook(truth, now);
  /** The state of each run when this command aborted it for the first time. */
  const aborted = new Map<string, Truth>();
  /** By resource: the id of the run that the provider received from a start. */
  const learned = new Map<string, string>();
  /** The starts of this command, oldest first. */
  const sent: { readonly name: string; readonly request: StartRequest }[] = [];
  const beside: Beside[] = [];
  const reasons: string[] = [];
  let reported: readonly string[] = [];
  const breach = (what: string): void => void breaches.push(`${kind} of ${stack.name}: ${what}`);

  const rowsBefore = rowsOf(stack.state);
  const scopeBefore = stack.state.scope;
  /**
   * The scope of the stack. An `up` may make the scope, and a destroy removes it from the state: the scope before the
   * command then counts.
   */
  const scope = (): string | undefined => stack.state.scope ?? scopeBefore;
  const unheldBefore = new Set(
    truth
      .namesOf(scope())
      .flatMap((name) => truth.runsOf(scope(), name))
      .filter(truth.isUnheld)
      .map(({ executionId }) => executionId),
  );

  const isSentHere = (run: ModelRun): boolean => sent.some(({ request }) => request === run.request);

  function checkStart(name: string, desired: DesiredRun | undefined): string {
    if (kind !== "up") breach(`${name} was started`);
    if (target !== undefined && target !== name) breach(`${name} was started, which is no target`);
    if (desired === undefined) return "not in the program";
    if (desired.existingExecutionId !== undefined) breach(`${name} was started though a run is wanted by its id`);
    const old = before.get(name);
    const entry = stack.state.entries.get(name);
    if (forced?.name === name && old !== undefined && !old.pendingReplacement) return `forced by ${forced.by}`;
    if (old === undefined || old.pendingReplacement || entry === undefined) return checkNew(name, desired);
    if (isUnclear(entry)) return checkUnclear(name, entry, desired);
    const recorded = truth.recorded(entry, aborted.get(truth.idOf(entry)));
    const reason = recorded && reasonToReplace(recorded, desired);
    if (reason === undefined) breach(`${name} was started though nothing calls for it: ${JSON.stringify(recorded)}`);
    return reason ?? "no reason";
  }

  /**
   * Checks the start of a resource that is not in the state. If a run with the start key exists and no stack has it,
   * this run must be adopted instead.
   */
  function checkNew(name: string, desired: DesiredRun): string {
    const all = truth.runsOf(scope(), name);
    const known = all.filter((run) => truth.isListedAt(run, begunAt) && !aborted.has(run.executionId));
    const free = known.filter(({ executionId: id }) => truth.holdersOf(id).length === 0 && !rows.isDropped(id));
    // After a rename, the outputs of the renamed resource still have its old URN. The provider may then count the run
    // of this resource as the latest run of the old name, and need not adopt an ended run.
    const isRecorded = rowsBefore.some((row) => row.name !== name && nameOf(row.entry.outputs.resourceUrn) === name);
    const isLast = free.at(-1) === all.at(-1) && !isRecorded;
    const due = runToAdopt(free.map(truth.trueRun), desired);
    if (due === undefined || !truth.areNamesReadable() || (due.truth !== "going" && !isLast)) return "new";
    // Without the history, no call shows an ended run. The provider must have warned of this before the start.
    const isHidden =
      due.truth !== "going" && reported.some((line) => /LYC3015:.*GET \/billing\/history answered/.test(line));
    if (!isHidden) breach(`${name} was started beside run ${due.id} (${due.truth}), which is to be taken over`);
    return "new";
  }

  /**
   * Checks the start of a resource whose last start got no clear answer. The last start must have made no run that is
   * still active, and must not make one later. This holds even if lists show no start keys. It does not hold if the
   * inputs have changed: the provider may then abandon the run of the last start and report it.
   */
  function checkUnclear(name: string, entry: Entry, desired: DesiredRun): string {
    const request = truth.startOf(entry);
    const run = truth.runOf(entry);
    if (readMark(request?.user_callback_urls)?.identity !== identityOf(desired)) return "unclear, and inputs changed";
    const what = `${name} was started again after an unclear start`;
    if (request !== undefined && truth.mayCome(request)) breach(`${what}, whose run may still come`);
    const isActive = run !== undefined && truth.isGoing(run) && truth.trueRun(run).visible;
    if (isActive) breach(`${what}, which had made run ${run.executionId}`);
    return "unclear, and not done";
  }

  const isReported = (id: string): boolean =>
    reported.some((line) => line.endsWith(`run \`npx pulumi-lyceum abort ${id}\`.`));

  /** Whether a printed line names a start by its start key. This is required if the start may have made a run. */
  function isKeyReported({ file_name: name }: StartRequest): boolean {
    const key = name.split("-")[0] ?? name;
    return reported.some((line) => line.includes(key));
  }

  const isForcedBlindly = (name: string): boolean => forced?.name === name && !forced.deleteFirst;

  /**
   * Checks that the resource's own run has ended before another run replaces it. A run that the command abandons may
   * continue.
   */
  function checkOwn(name: string): void {
    const old = before.get(name);
    const run = old === undefined || old.pendingReplacement ? undefined : truth.runOf(old);
    if (old === undefined || run === undefined || !truth.isGoing(run) || !truth.trueRun(run).visible) return;
    const { executionId: id } = run;
    const { outputs } = stack.state.entries.get(name) ?? old;
    const isElsewhere = truth.holdersOf(id).some(({ row }) => row !== old.row);
    const isLetGo = outputs.onDelete === "leave" || outputs.missing === "lost" || letGoIn(reported).has(id);
    const isNamed = isReported(id) || isKeyReported(run.request);
    // In a forced replacement, the engine may delete the old resource after the start of the new run.
    if (!isElsewhere && !isForcedBlindly(name) && !isLetGo && !isNamed && !rows.isDropped(id))
      breach(`${name} was started while run ${id} still goes on`);
  }

  /**
   * Records active runs of the resource that are in no state. These runs may continue next to a new run, but the
   * command has to name them. Records nothing in a forced replacement that creates first: the provider does not receive
   * the old resource, so any active run may be the run of the old resource.
   */
  function noteBeside(name: string): void {
    if (isForcedBlindly(name)) return;
    const own = before.get(name);
    for (const run of truth.runsOf(scope(), name)) {
      const { executionId: id } = run;
      const isOwn = own !== undefined && truth.idOf(own) === id;
      const isOld = truth.isListedAt(run, now() - LIST_MAY_BE_OLD);
      // If file names cannot be read, the provider cannot recognize a run of an earlier command.
      const isReadable = truth.areNamesReadable() || isSentHere(run);
      if (isOld && isReadable && !isOwn && !rows.isDropped(id) && truth.isUnheld(run)) beside.push({ name, id });
    }
  }

  /**
   * Checks an abort. It is allowed in only two cases. Either the run's resource is deleted or replaced, and the process
   * knows no other resource with the run. Or this process started the run, and no state has it.
   */
  function checkTouch(call: string, id: string): void {
    if (kind === "preview" || kind === "refresh") breach(`${call} of ${id}`);
    const run = truth.find(id);
    if (rows.isDeleted(id)) {
      const others = rows.othersSeen(id).map(({ inputs }) => nameOf(inputs.urn));
      if (others.length > 0) breach(`${call} of ${id}, which row ${others} has, too, as this command has seen`);
    } else if (run === undefined || !isSentHere(run) || truth.holdersOf(id).length > 0) {
      breach(`${call} of ${id}, which ${truth.whose(id)}`);
    }
  }

  const watched: LyceumPort = {
    ...port,
    async start(given, options): Promise<StartOutcome> {
      // Each request gets its own object here, because a provider may send the same object twice.
      const request = { ...given };
      const name = nameOf(readMark(request.user_callback_urls)?.urn);
      const reason = checkStart(name, stack.program.get(name));
      checkOwn(name);
      noteBeside(name);
      truth.noteStart(request, stack);
      sent.push({ name, request });
      const outcome = await port.start(request, options);
      reasons.push(reason);
      if (outcome.kind === "started") {
        if (learned.has(name)) breach(`${name} was started twice`);
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

  return {
    asked,
    stack,
    scope,
    truth,
    port: watched,
    rows,
    breaches,
    breach,
    before,
    rowsBefore,
    shortBefore,
    unheldBefore,
    begunAt,
    aborted,
    learned,
    sent,
    beside,
    reasons,
    isReported,
    isKeyReported,
    isSentHere,
    isForcedBlindly,
    reported: () => reported,
    /** Sets the lines that the command has printed so far. */
    note: (lines: readonly string[]): void => {
      reported = lines;
    },
  };
}

/** Returns the ids of the runs that these lines abandon: nothing aborts such a run, and no state has it any more. */
export function letGoIn(lines: readonly string[]): Set<string> {
  const patterns = [
    /Run (\S+) .*is not aborted, because onDelete is "leave"/,
    /Run (\S+) is lost and abandoned/,
    /Run (\S+) could not be aborted and may still be active\. It is removed/,
    /did not report the end of run (\S+), because it refuses/,
  ];
  return new Set(lines.flatMap((line) => patterns.flatMap((pattern) => pattern.exec(line)?.[1] ?? [])));
}
