import { checkAborts } from "./aborts";
import { abort, command, desired, evidence, lookup, post, row, run, second } from "./builders";
import type { Evidence, Trace } from "./evidence";

/** The run of the first command, which `dev` recorded. */
const FIRST = command([lookup(0), post(1)], { after: [row("a")] });

/** Returns a later command of `dev` that aborts the run. */
function aborting(more: Partial<Trace>): Trace {
  return command([abort(10, "a")], { before: [row("a")], ...more });
}

const replaced = { declared: [second], after: [row("b")] };

test.each<[string, readonly Trace[], Partial<Evidence>, string | undefined]>([
  ["its row is replaced", [FIRST, aborting(replaced)], {}, undefined],
  ["its row is removed", [FIRST, aborting({ declared: [] })], {}, undefined],
  ["its stack is destroyed", [FIRST, aborting({ command: "destroy" })], {}, undefined],
  [
    "its row is deleted with the next command",
    [FIRST, aborting({ before: [row("a", { isGoing: true })] })],
    {},
    undefined,
  ],
  [
    "the row of an unclear start has its key",
    [FIRST, aborting({ ...replaced, before: [row("", { key: "key1" })] })],
    {},
    undefined,
  ],
  ["the same process started it and could not record it", [command([post(1), abort(2, "a")])], {}, undefined],
  [
    "the same process recorded it",
    [command([post(1), abort(2, "a")], { after: [row("a")] })],
    {},
    "which row r0 of dev has",
  ],
  ["it is declared as it is", [FIRST, aborting({ after: [row("a")] })], {}, "which row r0 of dev has"],
  [
    "it is no target",
    [FIRST, aborting({ ...replaced, targets: { names: ["r1"], withScope: false } })],
    {},
    "which row r0 of dev has",
  ],
  [
    "another stack has it",
    [FIRST, aborting({ ...replaced, before: [row("a", { stack: "other" })] })],
    {},
    "which row r0 of other has",
  ],
  [
    "another name has it",
    [FIRST, aborting({ declared: [second, named("r0x")], before: [row("a", { name: "r0x" })] })],
    {},
    "which row r0x of dev has",
  ],
  ["its row is retained", [FIRST, aborting({ ...replaced, before: [row("a", { isRetained: true })] })], {}, "retained"],
  [
    "its row was retained when it went",
    [{ ...FIRST, after: [row("a", { isRetained: true })] }, aborting({ ...replaced, before: [row("b")] })],
    {},
    "which a person keeps",
  ],
  [
    "a person took it out of the state",
    [FIRST, aborting({ ...replaced, before: [] })],
    { takenOut: new Set(["a"]) },
    "which a person keeps",
  ],
  ["an earlier command was killed", [command([lookup(0), post(1)]), aborting({ before: [] })], {}, "to be reported"],
  [
    "a row of the same state that stays has it as well",
    [FIRST, aborting({ ...replaced, after: [row("b"), row("a", { name: "r0x" })], declared: [second, named("r0x")] })],
    {},
    "which row r0x of dev has as well",
  ],
])("an abort, where %s", (_name, commands, parts, violation) => {
  const { violations } = checkAborts(evidence({ ledger: [run("a", 1)], commands, ...parts }));
  expect(violations).toEqual(violation === undefined ? [] : [expect.stringContaining(violation)]);
});

/** Returns another resource with the text of the first resource. */
function named(name: string) {
  return { ...desired, name, origin: "r0" };
}

test("an abort of an ended run is not checked", () => {
  const ledger = [run("a", 1, { status: "aborted", at: 5 })];
  expect(checkAborts(evidence({ ledger, commands: [FIRST, aborting({ before: [] })] })).violations).toEqual([]);
});

test.each([
  ["another backend has the run as well", { stack: "dev of the copy" as const }, undefined, "copied"],
  [
    "another resource in the state has it, but a limited command does not see that",
    { name: "r0x" },
    { names: ["r0"], withScope: false },
    "adopted",
  ],
])("an end that is counted as a known limit: %s", (_name, other, targets, why) => {
  const own = aborting({ ...replaced, targets, before: [row("a"), row("a", other)] });
  expect(checkAborts(evidence({ ledger: [run("a", 1)], commands: [FIRST, own] }))).toEqual({
    violations: [],
    sharedEnds: [{ executionId: "a", why }],
  });
});
