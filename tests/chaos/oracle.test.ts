import type { LedgerRun } from "../harness/emulator/control";
import { argsOf, type DesiredRun, markerOf } from "./desired";
import { checkConverged, checkDestroyed, checkStarts, type Evidence, type Trace } from "./oracle";
import type { LoggedRequest } from "./service";

/** Seconds into a run of chaos, as a moment. */
const moment = (seconds: number): string => new Date(Date.parse("2026-03-01T12:00:00Z") + seconds * 1000).toISOString();

const desired: DesiredRun = {
  name: "r0",
  incarnation: 1,
  waitFor: "running",
  run: 400,
  exitCode: 0,
  queue: 0,
  stopTakes: 1,
  form: "text",
};

function run(
  executionId: string,
  bornAt: number,
  end?: { readonly status: string; readonly at: number },
  of = desired,
) {
  return {
    executionId,
    composeFileCode: String(argsOf(of).composeFileCode),
    timeline: [
      { status: "pending", at: moment(bornAt) },
      ...(end === undefined ? [] : [{ status: end.status, at: moment(end.at) }]),
    ],
  } as unknown as LedgerRun;
}

let index = 0;
function request(operation: string, at: number, more: Partial<LoggedRequest> = {}): LoggedRequest {
  const path = `/${operation}`;
  return { life: 1, index: index++, operation, path, at: moment(at), status: 200, ...more } as unknown as LoggedRequest;
}

const lookup = (at: number) => request("getBillingHistory", at);
const list = (at: number) => request("listWorkloads", at);
const post = (at: number, of = desired) =>
  request("startComposeExecution", at, { body: { compose_file_code: argsOf(of).composeFileCode } });
const abort = (at: number, id: string) => request("abortWorkload", at, { path: `/workloads/abort/${id}` });

function command(requests: readonly LoggedRequest[], recorded: readonly string[]): Trace {
  return { endedAt: Date.parse(requests.at(-1)?.at ?? moment(0)), requests, recorded };
}

function evidence(parts: Partial<Evidence>): Evidence {
  return {
    ledger: [],
    commands: [],
    desiredRuns: new Map([[markerOf(desired), desired]]),
    wasNotDone: () => false,
    wasLate: () => false,
    wasHidden: () => false,
    ...parts,
  };
}

const once = command([lookup(0), post(1)], ["a"]);

test("one run of each desired run is right", () => {
  expect(checkStarts(evidence({ ledger: [run("a", 1)], commands: [once] }))).toEqual({
    violations: [],
    secondStarts: [],
  });
});

test("a run of a text that no program declared is none of ours to start", () => {
  const outcome = checkStarts(evidence({ ledger: [run("a", 1)], commands: [once], desiredRuns: new Map() }));
  expect(outcome.violations).toEqual([expect.stringContaining("no program ever declared it")]);
});

test("a second start of what the lookup had shown is a violation", () => {
  const outcome = checkStarts(
    evidence({
      ledger: [run("a", 1), run("b", 11)],
      commands: [command([lookup(0), post(1)], []), command([lookup(10), post(11)], ["b"])],
    }),
  );
  expect(outcome.violations).toEqual(["r0.1 was started twice: a, b, though the look-up was shown the first"]);
});

test.each([
  ["within what a look-up serves, it may be another run's wait that read the history", 10.5, 0],
  ["what was read long before the start does not count", 15, 1],
])("a late run that came between two readings of the history: %s", (_name, second, violations) => {
  const first = post(1);
  const outcome = checkStarts(
    evidence({
      ledger: [run("a", 10.2), run("b", second + 0.5)],
      commands: [
        command([lookup(0), first], []),
        command([lookup(10), lookup(second), post(second + 0.5), abort(second + 1, "a")], ["b"]),
      ],
      wasLate: (request) => request === first,
    }),
  );
  expect(outcome.violations).toHaveLength(violations);
});

test("a reading that hid the first run excuses nothing where a later one showed it", () => {
  const hidden = lookup(10);
  const outcome = checkStarts(
    evidence({
      ledger: [run("a", 1), run("b", 11)],
      commands: [command([lookup(0), post(1)], []), command([hidden, lookup(10.5), post(11)], ["b"])],
      wasHidden: (_run, reading) => reading === hidden,
    }),
  );
  expect(outcome.violations).toHaveLength(1);
});

test("a second start without a lookup is a violation", () => {
  const outcome = checkStarts(
    evidence({
      ledger: [run("a", 1), run("b", 11)],
      commands: [command([lookup(0), post(1)], []), command([post(11)], ["b"])],
    }),
  );
  expect(outcome.violations).toEqual(["r0.1 was started twice: a, b, the second time without a look-up"]);
});

test.each<[string, Partial<DesiredRun>, number]>([
  ["is called for by a policy that says so", { whenFailed: "rerun" }, 0],
  ["is a violation where the policy keeps the failure", { whenFailed: "keep" }, 1],
])("another run behind a failed one %s", (_name, policy, violations) => {
  const failing = { ...desired, ...policy };
  const outcome = checkStarts(
    evidence({
      ledger: [run("a", 1, { status: "failed", at: 5 }, failing), run("b", 11, undefined, failing)],
      commands: [command([lookup(0), post(1, failing)], ["a"]), command([lookup(10), post(11, failing)], ["b"])],
      desiredRuns: new Map([[markerOf(failing), failing]]),
    }),
  );
  expect(outcome.violations).toHaveLength(violations);
});

/** The first start is held until the second command has looked; `lists` are what that one reads before it aborts. */
function held(lists: readonly number[]): Evidence {
  const first = post(1);
  const second = [lookup(10), post(11), ...lists.map(list), abort(30, "a")];
  return evidence({
    ledger: [run("b", 11), run("a", 12)],
    commands: [command([lookup(0), first], []), command(second, ["b"])],
    wasLate: (request) => request === first,
  });
}

test("a start that was held until the next command had looked is the named limit", () => {
  const outcome = checkStarts(held([13, 15]));
  expect(outcome).toEqual({
    violations: [],
    secondStarts: [{ marker: "r0.1", why: "held", duplicateId: "a", ticks: 2 }],
  });
});

test("and a violation when it was shown three times before it was aborted", () => {
  expect(checkStarts(held([13, 15, 17])).violations).toEqual(["r0.1: a was shown 3 times before it was aborted"]);
});

test("what is shown before the command's own run is there is not counted: nobody can tell the two apart", () => {
  const first = post(1);
  const evidenceOfLate = evidence({
    ledger: [run("a", 12), run("b", 16)],
    commands: [
      command([lookup(0), first], []),
      command([lookup(10), post(11), list(13), list(14), list(15), list(17), abort(18, "a")], ["b"]),
    ],
    wasLate: (request) => request === first,
  });
  expect(checkStarts(evidenceOfLate)).toMatchObject({ violations: [], secondStarts: [{ duplicateId: "a", ticks: 1 }] });
});

test("a first run that the service hid from the lookup is a limit of the service", () => {
  const outcome = checkStarts(
    evidence({
      ledger: [run("a", 1), run("b", 11)],
      commands: [command([lookup(0), post(1)], []), command([lookup(10), post(11), abort(12, "a")], ["b"])],
      wasHidden: ({ executionId }) => executionId === "a",
    }),
  );
  expect(outcome).toMatchObject({ violations: [], secondStarts: [{ why: "hidden", duplicateId: "a" }] });
});

test.each<[string, Parameters<typeof checkConverged>, string | undefined]>([
  ["the declared run, recorded", [[desired], [{ name: "r0", executionId: "a" }], [run("a", 1)], []], undefined],
  ["no record", [[desired], [], [], []], "r0 is recorded 0 times"],
  ["a run that never was", [[desired], [{ name: "r0", executionId: "z" }], [], []], "never had"],
  [
    "an older text's run",
    [[{ ...desired, incarnation: 2 }], [{ name: "r0", executionId: "a" }], [run("a", 1)], []],
    "an older text's run",
  ],
  [
    "a wait that was not waited for",
    [[{ ...desired, waitFor: "completed" }], [{ name: "r0", executionId: "a" }], [run("a", 1)], []],
    "is still going behind an up that waited for its end",
  ],
  [
    "a run that nobody knows of",
    [[desired], [{ name: "r0", executionId: "a" }], [run("a", 1), run("b", 2)], []],
    "goes on and nobody knows of it",
  ],
  [
    "a resource that is no longer declared",
    [[], [{ name: "r0", executionId: "a" }], [run("a", 1)], []],
    "r0 is recorded, though no longer declared",
  ],
])("after an up: %s", (_name, args, expected) => {
  const found = checkConverged(...args);
  if (expected === undefined) expect(found).toEqual([]);
  else expect(found.join("\n")).toContain(expected);
});

test("after a destroy nothing is recorded and nothing lives", () => {
  expect(checkDestroyed([], [run("a", 1, { status: "aborted", at: 4 })])).toEqual([]);
  expect(checkDestroyed([{ name: "r0" }], [run("a", 1)])).toHaveLength(2);
});
