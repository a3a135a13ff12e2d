import { type DesiredRun, markerOf } from "../plan/desired";
import { command, desired, evidence, list, lookup, post, row, run } from "./builders";
import type { Evidence } from "./evidence";
import { checkStarts } from "./starts";

const once = command([lookup(0), post(1)], { after: [row("a")] });

test("one run for each desired run is correct", () => {
  expect(checkStarts(evidence({ ledger: [run("a", 1)], commands: [once] }))).toEqual({
    violations: [],
    secondStarts: [],
  });
});

test("a run of a text that no program declared is a violation", () => {
  const outcome = checkStarts(evidence({ ledger: [run("a", 1)], commands: [once], desiredRuns: new Map() }));
  expect(outcome.violations).toEqual([expect.stringContaining("no program ever declared it")]);
});

test("a second start after the lookup showed the first run is a violation", () => {
  const outcome = checkStarts(
    evidence({
      ledger: [run("a", 1), run("b", 11)],
      commands: [command([lookup(0), post(1)]), command([lookup(10), post(11)], { after: [row("b")] })],
    }),
  );
  expect(outcome.violations).toEqual(["r0.1 was started twice: a, b, though the look-up was shown the first"]);
});

test.each<[string, Partial<Evidence>, number]>([
  ["another name of the stack had the first", { commands: [once, later({ before: [row("a", { name: "r0x" })] })] }, 0],
  ["another stack had the first", { commands: [once, later({ before: [row("a", { stack: "other" })] })] }, 0],
  ["another stack's command started the first", { commands: [{ ...once, stack: "dev of the copy" }, later({})] }, 0],
  ["a person had taken the first out", { commands: [once, later({})], takenOut: new Set(["a"]) }, 0],
  [
    "the first was retained when its row went",
    { commands: [{ ...once, after: [row("a", { isRetained: true })] }, later({})] },
    0,
  ],
  [
    "the first was deleted with its row",
    {
      ledger: [run("a", 1, { status: "aborted", at: 5 }), run("b", 11)],
      commands: [once, command([list(4)], { command: "destroy", before: [row("a")] }), later({})],
    },
    0,
  ],
  ["the row of its own had the first", { commands: [once, later({ before: [row("a")] })] }, 1],
])("a second start of the same text, where %s", (_name, parts, violations) => {
  const outcome = checkStarts(evidence({ ledger: [run("a", 1), run("b", 11)], ...parts }));
  expect(outcome.violations).toHaveLength(violations);
});

/** Returns a second command, which has looked for runs and then started one. */
function later(more: Parameters<typeof command>[1]) {
  return command([lookup(10), post(11)], { after: [row("b")], ...more });
}

test.each([
  ["within the time of one lookup, another run's wait may have read the history", 10.5, 0],
  ["what was read long before the start does not count", 15, 1],
])("a late run that came between two readings of the history: %s", (_name, second, violations) => {
  const first = post(1);
  const outcome = checkStarts(
    evidence({
      ledger: [run("a", 10.2), run("b", second + 0.5)],
      commands: [
        command([lookup(0), first]),
        command([lookup(10), lookup(second), post(second + 0.5)], { after: [row("b")] }),
      ],
      wasLate: (request) => request === first,
    }),
  );
  expect(outcome.violations).toHaveLength(violations);
});

test("an answer without the first run is no excuse when a later answer showed it", () => {
  const hidden = lookup(10);
  const outcome = checkStarts(
    evidence({
      ledger: [run("a", 1), run("b", 11)],
      commands: [command([lookup(0), post(1)]), command([hidden, lookup(10.5), post(11)], { after: [row("b")] })],
      wasHidden: (_run, reading) => reading === hidden,
    }),
  );
  expect(outcome.violations).toHaveLength(1);
});

test("a second start without a lookup is a violation", () => {
  const outcome = checkStarts(
    evidence({
      ledger: [run("a", 1), run("b", 11)],
      commands: [command([lookup(0), post(1)]), command([post(11)], { after: [row("b")] })],
    }),
  );
  expect(outcome.violations).toEqual(["r0.1 was started twice: a, b, the second time without a look-up"]);
});

test.each<[string, Partial<DesiredRun>, string, number]>([
  ["failed, as a policy calls for", { whenFailed: "rerun" }, "failed", 0],
  ["failed, though the policy keeps it", { whenFailed: "keep" }, "failed", 1],
  ["was aborted, as a policy calls for", { waitFor: "completed" }, "aborted", 0],
  ["was aborted, though the policy keeps it", {}, "aborted", 1],
])("another run after one that %s", (_name, policy, status, violations) => {
  const failing = { ...desired, ...policy };
  const outcome = checkStarts(
    evidence({
      ledger: [run("a", 1, { status, at: 5 }, { of: failing }), run("b", 11, undefined, { of: failing })],
      commands: [
        command([lookup(0), post(1, failing)], { after: [row("a")] }),
        command([lookup(10), post(11, failing)], { before: [row("a")], after: [row("b")] }),
      ],
      desiredRuns: new Map([[markerOf(failing), failing]]),
    }),
  );
  expect(outcome.violations).toHaveLength(violations);
});

/** Returns evidence in which the emulator holds the first start until the second command has looked for runs. */
function held(output: string): Evidence {
  const first = post(1);
  return evidence({
    ledger: [run("b", 11), run("a", 12)],
    commands: [command([lookup(0), first]), command([lookup(10), post(11), list(13)], { after: [row("b")], output })],
    wasLate: (request) => request === first,
  });
}

test.each([
  ["named", "To end it now, run `npx pulumi-lyceum abort a`.", "named"],
  ["not named", "", "open"],
])("a start that was held until the next command had looked is a known limit: %s", (_name, output, fate) => {
  expect(checkStarts(held(output))).toEqual({
    violations: [],
    secondStarts: [{ marker: "r0.1", why: "held", duplicateId: "a", fate }],
  });
});

test("a first run that the service hid from the lookup is a limit of the service", () => {
  const outcome = checkStarts(
    evidence({
      ledger: [run("a", 1, { status: "completed", at: 20 }), run("b", 11)],
      commands: [command([lookup(0), post(1)]), command([lookup(10), post(11)], { after: [row("b")] })],
      wasHidden: ({ executionId }) => executionId === "a",
    }),
  );
  expect(outcome).toMatchObject({
    violations: [],
    secondStarts: [{ why: "hidden", duplicateId: "a", fate: "ended" }],
  });
});
