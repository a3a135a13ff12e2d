import type { LedgerRun } from "../../harness/emulator/control";
import type { LoggedRequest } from "../service";
import type { Host } from "../workspace";
import { type Evidence, isKept, isNamed, isTargeted, originsOf, type Trace } from "./evidence";
import { bornAt, nameOf, resourceOf, resultOf } from "./ledger";
import { holds } from "./rows";

/** The result of the check at the end of a chaos run: which runs are still active after all stacks were destroyed. */
export interface LeftCheck {
  readonly violations: readonly string[];
  /** The number of runs that a command named, together with the command that ends each run. */
  readonly named: number;
  /**
   * The number of runs that no command had to name, because a person keeps the run, the emulator hid it, or Pulumi
   * calls no provider for it.
   */
  readonly kept: number;
}

/** The text that a destroy prints in place of the runs, if the emulator does not answer. */
const COULD_NOT_CHECK = "could not check whether an interrupted command";

/**
 * Checks all runs that are active after all stacks were destroyed. Some command must have named each run, together with
 * the command that ends the run.
 *
 * | the run                                                           | result |
 * |-------------------------------------------------------------------|--------|
 * | a person removed the run from the state, or its resource was retained  | kept: no provider is called |
 * | started with `onDelete: "leave"`, by a killed command             | kept: the run is not reported |
 * | some command named the run, or could not ask the emulator         | named |
 * | the emulator hid the run from every list that a destroy read      | kept: nobody can know of the run |
 * | the plugin's stack never recorded the run, and does not record its resource at the end | kept: the plugin is not called |
 * | anything else                                                     | a violation |
 */
export function checkLeft(evidence: Evidence, host: Host): LeftCheck {
  const origins = originsOf(evidence);
  const left = { violations: [] as string[], named: 0, kept: 0 };
  for (const run of evidence.ledger) {
    if (resultOf(run) !== undefined) continue;
    const stack = origins.get(run)?.command.stack;
    const destroys = evidence.commands.filter((one) => one.command === "destroy" && one.stack === stack);
    if (isNamed(evidence.commands, run)) left.named += 1;
    else if (isKept(evidence, run)) left.kept += 1;
    else if (destroys.some(({ output }) => output.includes(COULD_NOT_CHECK))) left.named += 1;
    else if (wasHiddenFromAll(run, destroys, evidence)) left.kept += 1;
    else if (host === "plugin" && stack !== undefined && isUnasked(run, evidence.commands, destroys)) left.kept += 1;
    else left.violations.push(`${nameOf(run)} goes on behind the last destroy, and no command named it`);
  }
  return left;
}

/**
 * Returns true if the destroys of a run's stack read lists of runs, and the emulator left the run out of every list.
 */
function wasHiddenFromAll(run: LedgerRun, destroys: readonly Trace[], evidence: Evidence): boolean {
  const lists = destroys.flatMap(({ requests }) => requests.filter((request) => couldShow(request, run)));
  return lists.length > 0 && lists.every((list) => evidence.wasHidden(run, list));
}

/** Returns true if a request is a list call that the emulator answered after a run had begun. */
function couldShow({ operation, status, at }: LoggedRequest, run: LedgerRun): boolean {
  return operation === "listWorkloads" && status === 200 && bornAt(run) < Date.parse(at);
}

/** Returns true if the engine could not call the plugin for a run's resource when the stack was destroyed. */
function isUnasked(run: LedgerRun, commands: readonly Trace[], destroys: readonly Trace[]): boolean {
  if (commands.some(({ before, after }) => [...before, ...after].some((row) => holds(row, run)))) return false;
  const isAsked = ({ before, stack }: Trace): boolean =>
    before.some((row) => row.stack === stack && row.name === resourceOf(run));
  return !destroys.some(isAsked);
}

/**
 * Checks that a successful `up` named the active runs of its own resources that are in no state. A run counts if it
 * belongs to the command's stack, existed before the command began, and was in one of the emulator's answers.
 */
export function checkNamed(command: Trace, evidence: Evidence): readonly string[] {
  if (command.command !== "up" || command.targets !== undefined) return [];
  const origins = originsOf(evidence);
  const isShown = (run: LedgerRun): boolean =>
    command.requests.some((request) => couldShow(request, run) && !evidence.wasHidden(run, request));
  return evidence.ledger
    .filter((run) => resultOf(run) === undefined && bornAt(run) < command.begunAt)
    .filter((run) => origins.get(run)?.command.stack === command.stack)
    .filter((run) => command.declared.some(({ name }) => name === resourceOf(run)))
    .filter((run) => !command.after.some((row) => holds(row, run)))
    .filter((run) => isShown(run) && !isNamed(evidence.commands, run) && !isKept(evidence, run))
    .map((run) => `up of ${command.stack} did not name ${nameOf(run)}, which no row has`);
}

/**
 * Checks that a successful `destroy` left no resource of its stack, and no active run of its resources. Runs of
 * retained resources may stay. Runs that another resource also has may stay too.
 *
 * @param atBegin the resources of the stack when the first attempt began
 */
export function checkDestroyed(
  command: Trace,
  atBegin: Trace["before"],
  evidence: Pick<Evidence, "ledger" | "commands">,
): readonly string[] {
  const isOwn = ({ stack, name }: Trace["before"][number]): boolean =>
    stack === command.stack && isTargeted(command, name);
  const gone = atBegin.filter((row) => isOwn(row) && !row.isRetained);
  // After a start without a clear answer, the run may be unknown. Then it is enough that the command named the start
  // key.
  const isOver = (run: LedgerRun): boolean =>
    !gone.some((row) => holds(row, run) && !(row.key !== undefined && isNamed(evidence.commands, run)));
  return [
    ...command.after.filter(isOwn).map(({ name }) => `${name} is still recorded behind destroy of ${command.stack}`),
    ...evidence.ledger
      .filter((run) => resultOf(run) === undefined && !isOver(run))
      .filter((run) => !command.after.some((row) => holds(row, run)))
      .map((run) => `${nameOf(run)} is alive behind destroy of ${command.stack}`),
  ];
}
