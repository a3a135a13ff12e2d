import type { LedgerRun } from "../../harness/emulator/control";
import { type DesiredRun, markerIn, markerOf } from "../plan/desired";
import { isTargeted, type Trace } from "./evidence";
import { resultOf } from "./ledger";
import type { Row } from "./rows";

/**
 * Checks the state after a successful `up`. Each declared run on which the command acts must have exactly one resource
 * in the state, with a run of its text.
 */
export function checkConverged(command: Trace, ledger: readonly LedgerRun[]): readonly string[] {
  const rows = command.after.filter(({ stack, name }) => stack === command.stack && isTargeted(command, name));
  const violations: string[] = [];
  for (const desired of command.declared.filter(({ name }) => isTargeted(command, name))) {
    const own = rows.filter(({ name }) => name === desired.name);
    const run = ledger.find(({ executionId }) => executionId === own[0]?.executionId);
    if (own.length !== 1) violations.push(`${desired.name} is recorded ${own.length} times`);
    else if (run === undefined) violations.push(`${desired.name} is recorded with a run that the service never had`);
    else if (markerIn(run.composeFileCode) !== markerOf(desired))
      violations.push(`${desired.name} is recorded with an older text's run`);
    else if (desired.waitFor === "completed" && !isDone(run, desired))
      violations.push(
        `${desired.name} is ${resultOf(run)?.status ?? "still going"} behind an up that waited for its end`,
      );
  }
  const names = new Set(command.declared.map(({ name }) => name));
  const extra = rows.filter(({ name }) => !names.has(name));
  return [...violations, ...extra.map(({ name }) => `${name} is recorded, though no longer declared`)];
}

function isDone(run: LedgerRun, desired: DesiredRun): boolean {
  const result = resultOf(run);
  return result !== undefined && (result.status === "completed" || desired.whenFailed === "keep");
}

/**
 * Checks that no `up` gave a resource the run of another resource of the same stack. Two cases are known limits: an
 * `up` with targets does not see the other resources, and an `up` that no longer declares the other resource may delete
 * this resource first.
 */
export function checkAdoptions(commands: readonly Trace[]): readonly string[] {
  return commands
    .filter(({ command, targets }) => command === "up" && targets === undefined)
    .flatMap((command) => {
      const own = ({ stack, executionId }: Row): boolean => stack === command.stack && executionId !== "";
      const before = command.before.filter(own);
      const had = (row: Row): boolean =>
        before.some(({ urn, executionId }) => urn === row.urn && executionId === row.executionId);
      const rows = command.after.filter(own);
      const isDeclared = ({ name }: Row): boolean => command.declared.some((desired) => desired.name === name);
      return rows
        .filter((row) => !had(row))
        .flatMap((row) => {
          const other = rows.find((one) => one.executionId === row.executionId && had(one) && isDeclared(one));
          return other === undefined ? [] : [`${row.name} has adopted ${row.executionId}, which ${other.name} has`];
        });
    });
}
