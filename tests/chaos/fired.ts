import type { LedgerRun } from "../harness/emulator/control";
import type { Phase, ServiceCell } from "./cells";
import { bornAt, resultOf } from "./ledger";
import { phaseOf, type Scene } from "./phase";
import type { InjectedFault, LoggedRequest, Service } from "./service";

/** A fault that met something, and when. */
export interface Fired {
  readonly kind: "signal" | "service";
  /** Its name in tables. */
  readonly cell: string;
  readonly phase: Phase;
}

/** A fault of the service, as it was injected. */
export interface InjectedCell {
  readonly cell: ServiceCell;
  readonly injected: InjectedFault;
}

/** Which of the faults have met a request of the command. One that fired several times counts once. */
export function firedOf(
  service: Pick<Service, "faultOf" | "wasInForce">,
  cells: readonly InjectedCell[],
  scene: Scene,
): readonly Fired[] {
  return cells.flatMap(({ cell, injected }) => {
    const { fault } = injected.fault;
    const hides = fault.kind === "lagging-list" || fault.kind === "forget";
    const met = scene.requests.find((request) =>
      hides
        ? service.wasInForce(injected, request) &&
          request.index >= injected.nextIndex + (injected.fault.after ?? 0) &&
          isHidden(request, injected, scene.ledger)
        : request.life === injected.life && request.fault === injected.id && service.faultOf(request) !== undefined,
    );
    if (met === undefined) return [];
    const phase = phaseOf(met, scene, fault.commit === "before");
    return [{ kind: "service" as const, cell: cell.fault, phase }];
  });
}

/** Whether a request was shown less than there is: only then has such a fault done anything. */
function isHidden(request: LoggedRequest, injected: InjectedFault, ledger: readonly LedgerRun[]): boolean {
  const { fault } = injected.fault;
  const at = Date.parse(request.at);
  if (request.fault !== undefined) return false;
  if (fault.kind === "forget") {
    const run = ledger.find(({ executionId }) => request.path.includes(executionId));
    if (run === undefined || request.status !== 404) return false;
    return request.operation !== "abortWorkload" || (resultOf(run)?.at ?? Number.POSITIVE_INFINITY) > at;
  }
  if (request.status !== 200 || (request.operation !== "listWorkloads" && request.operation !== "getBillingHistory"))
    return false;
  const lag = Number(fault.seconds) * 1000;
  return ledger.some((run) => {
    const age = at - bornAt(run);
    const going = (resultOf(run)?.at ?? Number.POSITIVE_INFINITY) > at;
    return age > 0 && age < lag && (going || request.operation === "getBillingHistory");
  });
}
