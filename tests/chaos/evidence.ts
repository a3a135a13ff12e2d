import type { SeenExecution } from "../harness/control";
import type { Wish } from "./desired";
import { bornAt } from "./ledger";
import type { Evidence, Trace } from "./oracle";
import type { LoggedRequest, Service } from "./service";

/** Requests that an orphan may have sent between a look at the log and an injection, or an injection and its removal. */
const UNSEEN = 3;

/** What the judge needs to know of the faults that were injected. */
export function evidenceOf(
  service: Pick<Service, "faultOf" | "injected" | "wasInForce">,
  ledger: readonly SeenExecution[],
  commands: readonly Trace[],
  wishes: ReadonlyMap<string, Wish>,
): Evidence {
  const faultOf = (request: LoggedRequest) => service.faultOf(request)?.fault;
  return {
    ledger,
    commands,
    wishes,
    wasNotDone: (request) => {
      const fault = faultOf(request);
      return fault !== undefined && (fault.commit ?? defaultCommit(fault.kind)) === "never";
    },
    wasLate: (request) => {
      const fault = faultOf(request);
      return fault !== undefined && (fault.commit ?? defaultCommit(fault.kind)) === "after";
    },
    wasHidden: (run, look) =>
      service.injected.some((injected) => {
        const { fault, after = 0, times } = injected.fault;
        if (!service.wasInForce(injected, look)) return false;
        const from = injected.nextIndex + after;
        if (look.index < from) return false;
        if (fault.kind === "lagging-list") return Date.parse(look.at) - bornAt(run) < Number(fault.seconds) * 1000;
        return fault.kind === "forget" && look.index < from + Number(times) + UNSEEN;
      }),
  };
}

function defaultCommit(kind: string): string {
  return kind === "delay" || kind === "hold" ? "after" : "never";
}
