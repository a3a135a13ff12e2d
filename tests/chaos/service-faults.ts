import type { Fault } from "../harness/emulator/control";
import type { Phase, ServiceCell, ServiceFault } from "./plan/cells";
import type { Random } from "./random";

const START = "startComposeExecution";

/**
 * Returns the faults to inject for one fault of the emulator, in a phase of a create or delete of the next command.
 * `starts` is the number of runs that the command is expected to start. Later, the request log shows whether the fault
 * happened.
 */
export function injectionsFor({ fault, phase }: ServiceCell, starts: number, random: Random): readonly Fault[] {
  if (fault === "lagging list") {
    // Before the wait, the command sends the two requests of the lookup, then the starts, and then the first list call
    // after the starts.
    const after = phase === "waiting" ? 3 + starts : 0;
    return [{ operation: "*", after, fault: { kind: "lagging-list", seconds: random.whole(3, 9) } }];
  }
  if (fault === "forgotten record") {
    const times = random.whole(2, 8);
    // If the list no longer has the run, the wait reads the record of the run.
    if (phase === "ended") return [{ operation: "getExecution", after: 0, times, fault: { kind: "forget" } }];
    const after = phase === "deleting" ? random.whole(0, 2) : 2 + starts + random.whole(0, 10);
    return [{ operation: "*", after, times, fault: { kind: "forget" } }];
  }
  if (fault === "altered names") {
    const change = random.pick([{ upperCase: ["file_name"] }, { prefix: { file_name: "run:" } }]);
    const fault = { kind: "reshape", ...change };
    const after = { "before the look-up": 0, answered: 1 }[phase as string] ?? 2;
    return [
      { operation: "getBillingHistory", fault },
      { operation: "listWorkloads", after, fault },
    ];
  }
  if (fault === "refused list") {
    const after = { "before the look-up": 0, answered: 1, waiting: random.whole(2, 4) }[phase as string] ?? 0;
    const status = random.pick([403, 409, 423, 425, 429]);
    return [{ operation: "listWorkloads", after, times: "always", fault: { kind: "status", status } }];
  }
  if (fault === "end taken back") {
    // The answer has only a status word, without exit code and time. No later answer confirms this status.
    const change = { set: { status: "failed" }, drop: ["return_code", "end_time"] };
    const after = phase === "waiting" ? random.whole(0, 1) : 0;
    return [{ operation: "getExecution", after, times: 1, fault: { kind: "reshape", ...change } }];
  }
  const answer = answerFault(fault, phase, random);
  if (phase !== "between look-up and POST") return [{ ...aim(phase, starts, random), fault: answer }];
  // One start is refused first. Then come the first starts of the other runs, and then the second start of the refused
  // run.
  const refusal = { kind: "status", status: 429, headers: { "retry-after": "1" } };
  return [
    { operation: START, after: random.whole(0, Math.max(0, starts - 1)), fault: refusal },
    { operation: START, after: Math.max(0, starts - 1), fault: answer },
  ];
}

function aim(phase: Phase, starts: number, random: Random): Pick<Fault, "operation" | "after"> {
  switch (phase) {
    case "before the look-up":
      return { operation: random.pick(["getBillingHistory", "listWorkloads"]), after: 0 };
    case "between look-up and POST":
    case "POST, before commit":
    case "POST, after commit":
      return { operation: START, after: random.whole(0, Math.max(0, starts - 1)) };
    case "answered":
      // The first list call belongs to the lookup, so it passes.
      return { operation: "listWorkloads", after: 1 };
    case "waiting":
      return random.chance(0.7)
        ? { operation: "listWorkloads", after: random.whole(2, 5) }
        : { operation: "getExecution", after: random.whole(0, 1) };
    case "ended":
      return { operation: random.pick(["getExecution", "getExecution", "getExecutionLogs"]), after: 0 };
    case "deleting":
      return random.chance(0.7)
        ? { operation: "abortWorkload", after: random.whole(0, 1) }
        : { operation: random.pick(["getExecution", "listWorkloads"]), after: 0 };
  }
}

function answerFault(fault: ServiceFault, phase: Phase, random: Random): Fault["fault"] {
  // If the answer to a start is lost, the start may have been carried out, or may still be carried out later.
  const done = phase === "POST, after commit" ? "before" : random.pick(["before", "after"]);
  switch (fault) {
    case "delay": {
      const commit = phase === "POST, after commit" ? "before" : "after";
      return { kind: "delay", seconds: random.between(0.5, 4), commit };
    }
    case "slow answer":
      return { kind: "delay", seconds: 12, commit: phase === "POST, after commit" ? "before" : "after" };
    case "no machine":
      return { kind: "status", status: 422, body: { detail: "No machine of this execution type." }, commit: "never" };
    case "held":
      return { kind: "hold", commit: phase === "POST, after commit" ? "before" : "after" };
    case "reset, not done":
      return { kind: "reset", commit: "never" };
    case "reset, done":
      return { kind: "reset", commit: done };
    case "5xx, not done":
      return { kind: "status", status: random.pick([500, 502, 503, 504]), commit: "never" };
    case "5xx, done":
      return { kind: "status", status: random.pick([500, 502, 503, 504]), commit: done };
    case "429 with Retry-After": {
      const headers = { "retry-after": String(random.whole(1, 3)) };
      return { kind: "status", status: 429, headers, commit: "never" };
    }
    case "garbage, not done":
      return { kind: "garbage", body: "<html>502 Bad Gateway</html>", commit: "never" };
    case "garbage, done":
      return { kind: "garbage", body: '{"execution_id": 7', commit: done };
    case "lagging list":
    case "forgotten record":
    case "altered names":
    case "end taken back":
    case "refused list":
      throw new Error(`${fault} is no answer.`);
  }
}
