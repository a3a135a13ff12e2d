import type { OptionalCall } from "../../lyceum/capability";
import { DEVIATIONS, type DeviationName } from "./testing/deviations";
import { type Cell, COMMANDS, type CommandName, play } from "./testing/matrix";

// Tests every optional call with every deviation, in every command that makes the call. The expected results are only
// in this file.

const CALLS: readonly OptionalCall[] = ["list", "history", "record", "olderStatus", "abort", "logs"];
const NAMES = Object.keys(DEVIATIONS) as readonly DeviationName[];

/** The expected result of a command. */
interface Expected {
  /** "ok", or the code of the command's only error. */
  readonly result: string;
  readonly warnings: number;
  /** The starts and aborts that the command sends. */
  readonly writes: readonly string[];
}

const START = "startComposeExecution";
const ABORT = "abortWorkload";
const STATUSES: readonly DeviationName[] = ["401", "403", "404"];
const SHAPES: readonly DeviationName[] = ["HTML", "id called uid", "empty 204"];

/** The requests and result of each command without a deviation. */
const PLAIN: Readonly<Record<CommandName, Expected>> = {
  "first up": { result: "ok", warnings: 0, writes: [START] },
  "no-change up": { result: "ok", warnings: 0, writes: [] },
  "replacement of a running run": { result: "ok", warnings: 0, writes: [ABORT, START] },
  "recovery after SIGKILL": { result: "ok", warnings: 0, writes: [] },
  refresh: { result: "ok", warnings: 0, writes: [] },
  destroy: { result: "ok", warnings: 0, writes: [ABORT] },
  "up to a completed run": { result: "ok", warnings: 0, writes: [START] },
  "up to a failed run": { result: "LYC3001", warnings: 0, writes: [START] },
};

const LOOKUPS: readonly CommandName[] = COMMANDS.filter(
  (command) => !["no-change up", "refresh", "destroy"].includes(command),
);

/**
 * Returns the expected result of a command with a deviation. The first rule that matches counts. In all other cases the
 * deviation changes nothing. The older status call works if the record fails, and the record works if the older status
 * call fails. The logs only explain a failure, and the client accepts other forms of answers.
 */
function expected(command: CommandName, call: OptionalCall, name: DeviationName): Expected {
  const plain = PLAIN[command];
  const isLookup = call === "list" || call === "history";
  // If the lookup proves nothing, the command stops before it aborts or starts a run.
  if (isLookup && name === "500 always" && LOOKUPS.includes(command))
    return { result: "LYC1108", warnings: 0, writes: [] };
  // An empty list has no entry, so the deviation has no effect.
  const isEmptyList = name === "id called uid" && (command === "first up" || command.startsWith("up to"));
  if (isLookup && isEmptyList) return plain;
  if (isLookup && [...STATUSES, ...SHAPES].includes(name) && LOOKUPS.includes(command))
    return { ...plain, warnings: 1 };
  // An `up` without changes reads the history only if the list does not show the run. The `up` waits at most 2 s for
  // the history.
  if (call === "list" && STATUSES.includes(name) && command === "no-change up") return { ...plain, warnings: 1 };
  // A list without file names cannot show whether an earlier start made a run. The command reports this if the list
  // shows a run of this stack.
  if (call === "list" && name === "no file_name" && LOOKUPS.includes(command)) return { ...plain, warnings: 1 };
  // Without the record of a completed run, its exit code is unknown. An answer of 404 to the record is not a refusal.
  const noRecord: readonly DeviationName[] = [
    ...STATUSES.filter((status) => status !== "404"),
    "HTML",
    "{items}",
    "empty 204",
  ];
  if (call === "record" && noRecord.includes(name) && command === "up to a completed run")
    return { ...plain, warnings: 1 };
  if (call === "abort") {
    // If the answer to an abort is unclear, the provider reads the run. While the run is active, it sends the abort
    // again.
    if (name === "500 always") return { result: "LYC3005", warnings: 0, writes: Array(5).fill(ABORT) };
    if (name === "404") return { result: "LYC3018", warnings: 0, writes: Array(5).fill(ABORT) };
    if (STATUSES.includes(name)) return { result: "LYC3018", warnings: 0, writes: [ABORT] };
  }
  return plain;
}

/**
 * Returns the calls that a command makes, because only these can change its result. A command reads output only after a
 * failure, and not every command aborts a run.
 */
function callsOf(command: CommandName): readonly OptionalCall[] {
  const isAsked = { abort: PLAIN[command].writes.includes(ABORT), logs: command === "up to a failed run" };
  return CALLS.filter((call) => (call === "abort" || call === "logs" ? isAsked[call] : true));
}

function summary(cell: Cell): Expected {
  const result = cell.kind === "ok" ? "ok" : cell.errors.map((error) => error.slice(0, 7)).join(" ");
  return { result, warnings: cell.warnings.length, writes: cell.writes };
}

/** Checks what must be true in every case: no run is lost or ended by mistake. */
function expectNoHarm(command: CommandName, cell: Cell): void {
  expect(cell.recovery).toBe("ok");
  expect([...cell.errors, ...cell.warnings].join("\n")).not.toMatch(/LYC3999|\n\s+at /);
  if (command === "replacement of a running run") expect(cell.running).toHaveLength(1);
  expect(cell.running.length).toBeLessThanOrEqual(1);
}

describe.each(COMMANDS)("the command %s", (command) => {
  describe.each(callsOf(command))("with a deviation in %s", (call) => {
    test.each(NAMES)("%s: the result is the one in the table", async (name) => {
      const cell = await play(command, { [call]: name });
      expect(summary(cell)).toEqual(expected(command, call, name));
      expectNoHarm(command, cell);
    });
  });
});

describe("with every call but the start refused, and waitFor accepted", () => {
  const commands = ["first up", "no-change up", "refresh", "destroy"] as const;
  describe.each(commands)("%s succeeds with one warning", (command) => {
    test.each(["403", "404"] as const)("for the answer %s", async (name) => {
      const everything = Object.fromEntries([...CALLS, "deleteRecord"].map((call) => [call, name]));
      const cell = await play(command, everything, { waitFor: "accepted" });
      expect(cell.errors).toEqual([]);
      expect(cell.warnings).toEqual([expect.stringMatching(/^LYC3015: /)]);
      expect(cell.recovery).toBe("ok");
    });
  });

  test("401 for every call is a refused credential, and nothing is started", async () => {
    const everything = Object.fromEntries(CALLS.map((call) => [call, "401"]));
    const cell = await play("first up", everything, { waitFor: "accepted" });
    expect(summary(cell)).toEqual({ result: "LYC1101", warnings: 0, writes: [] });
  });

  test("another waitFor stops before the start", async () => {
    const everything = Object.fromEntries(CALLS.map((call) => [call, "403"]));
    const cell = await play("first up", everything, { waitFor: "completed" });
    expect(summary(cell)).toEqual({ result: "LYC3017", warnings: 0, writes: [] });
  });
});

describe("a second start is announced first, or not sent", () => {
  const nameless = { list: "no file_name", history: "no file_name" } as const;
  test("a service without file names, with an active run of a killed command", async () => {
    const cell = await play("recovery after SIGKILL", nameless);
    expect(cell.writes).toEqual([START]);
    expect(cell.warnings[0]).toMatch(/^LYC3015: The service does not show file names, and 1 run is active/);
    const careful = await play("recovery after SIGKILL", nameless, { whenUnverified: "fail" });
    expect(summary(careful)).toEqual({ result: "LYC3016", warnings: 0, writes: [] });
  });

  test("a lookup that shows nothing", async () => {
    const blind = { list: "403", history: "404" } as const;
    const cell = await play("recovery after SIGKILL", blind);
    expect(cell.warnings[0]).toMatch(/GET \/workloads\/list answered 403.*GET \/billing\/history answered 404/);
    const careful = await play("recovery after SIGKILL", blind, { whenUnverified: "fail" });
    expect(summary(careful)).toEqual({ result: "LYC3016", warnings: 0, writes: [] });
  });

  test("a replacement whose start is refused does not abort the running run", async () => {
    const cell = await play("replacement of a running run", { history: "403" }, { whenUnverified: "fail" });
    expect(summary(cell)).toEqual({ result: "LYC3016", warnings: 0, writes: [] });
    expect(cell.running).toEqual(["run-1"]);
  });
});
