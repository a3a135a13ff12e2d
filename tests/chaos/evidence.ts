import type { LedgerRun } from "../harness/emulator/control";
import type { DesiredRun } from "./desired";
import { bornAt } from "./ledger";
import type { Evidence, Trace } from "./oracle";
import type { LoggedRequest, Service } from "./service";

/**
 * Requests that an abandoned process may have sent between a reading of the log and an injection, or an injection and
 * its removal.
 */
const UNSEEN = 3;

/** What the oracle needs to know of the faults that were injected. */
export function evidenceOf(
  service: Pick<Service, "faultOf" | "injected" | "wasInForce">,
  ledger: readonly LedgerRun[],
  commands: readonly Trace[],
  desiredRuns: ReadonlyMap<string, DesiredRun>,
): Evidence {
  const faultOf = (request: LoggedRequest) => service.faultOf(request)?.fault;
  return {
    ledger,
    commands,
    desiredRuns,
    wasNotDone: (request) => {
      const fault = faultOf(request);
      return fault !== undefined && (fault.commit ?? defaultCommit(fault.kind)) === "never";
    },
    wasLate: (request) => {
      const fault = faultOf(request);
      return fault !== undefined && (fault.commit ?? defaultCommit(fault.kind)) === "after";
    },
    wasHidden: (run, lookup) =>
      service.injected.some((injected) => {
        const { fault, after = 0, times } = injected.fault;
        if (!service.wasInForce(injected, lookup)) return false;
        const from = injected.nextIndex + after;
        if (lookup.index < from || Date.parse(lookup.at) < bornAt(run)) return false;
        if (fault.kind === "lagging-list") return Date.parse(lookup.at) - bornAt(run) < Number(fault.seconds) * 1000;
        return fault.kind === "forget" && lookup.index < from + Number(times) + UNSEEN;
      }),
  };
}

function defaultCommit(kind: string): string {
  if (kind === "reshape") return "before";
  return kind === "delay" || kind === "hold" ? "after" : "never";
}
