import { command, evidence, list, lookup, post, row, run, second } from "./builders";
import type { Evidence, Trace } from "./evidence";
import { checkDestroyed, checkLeft, checkNamed } from "./left";

const NAMED = "To end it now, run `npx pulumi-lyceum abort a`.";
const recorded = command([lookup(0), post(1)], { after: [row("a")] });
const killed = command([lookup(0), post(1)]);
const destroy = (more: Partial<Trace> = {}) => command([], { command: "destroy", declared: [], ...more });
const hiding = list(10);
const wasHidden: Evidence["wasHidden"] = (_run, reading) => reading === hiding;

test.each<[string, readonly Trace[], Partial<Evidence>, "dynamic" | "plugin", "violation" | "named" | "kept"]>([
  ["that a state had", [recorded, destroy({ before: [row("a")] })], {}, "dynamic", "violation"],
  ["that some command named", [killed, destroy({ output: NAMED })], {}, "dynamic", "named"],
  ["of which a command named the key", [killed, destroy({ output: "start key key1" })], {}, "dynamic", "named"],
  [
    "that could not be asked for",
    [killed, destroy({ output: "The provider could not check whether an interrupted command left an active run" })],
    {},
    "dynamic",
    "named",
  ],
  ["that a person took out", [recorded, destroy()], { takenOut: new Set(["a"]) }, "dynamic", "kept"],
  ["whose row was retained", [recorded, destroy({ before: [row("a", { isRetained: true })] })], {}, "plugin", "kept"],
  [
    "that was started to be left alone",
    [killed, destroy()],
    { ledger: [run("a", 1, undefined, { fileName: "scope1resour1inputs1l001-r0" })] },
    "dynamic",
    "kept",
  ],
  ["of a killed command", [killed, destroy()], {}, "dynamic", "violation"],
  ["that every list hid", [killed, destroy({ requests: [hiding] })], { wasHidden }, "dynamic", "kept"],
  ["that one list showed", [killed, destroy({ requests: [hiding, list(11)] })], { wasHidden }, "dynamic", "violation"],
  ["that no list was asked for", [killed, destroy()], { wasHidden }, "dynamic", "violation"],
  ["of a killed command, with nothing to ask the plugin for", [killed, destroy()], {}, "plugin", "kept"],
  ["of a killed command, with the plugin asked", [killed, destroy({ before: [row("b")] })], {}, "plugin", "violation"],
])("a run after the last destroy %s: %s", (_name, commands, parts, host, outcome) => {
  const { violations, named, kept } = checkLeft(evidence({ ledger: [run("a", 1)], commands, ...parts }), host);
  expect({ violation: violations.length, named, kept }).toEqual({ violation: 0, named: 0, kept: 0, [outcome]: 1 });
});

test("an ended run is not left behind", () => {
  const ledger = [run("a", 1, { status: "aborted", at: 4 })];
  expect(checkLeft(evidence({ ledger, commands: [killed, destroy()] }), "dynamic")).toEqual({
    violations: [],
    named: 0,
    kept: 0,
  });
});

/** Returns the next `up`. The emulator shows it the run of the killed command. */
function next(more: Partial<Trace> = {}): Trace {
  return command([lookup(10), list(10), post(11, second, "key2-r0")], {
    declared: [second],
    after: [row("b")],
    ...more,
  });
}

test.each<[string, Trace, Partial<Evidence>, number]>([
  ["and does not name it", next(), {}, 1],
  ["and names it", next({ output: NAMED }), {}, 0],
  ["and adopts it", next({ after: [row("a")] }), {}, 0],
  ["while another stack has it", next({ after: [row("a", { stack: "other" })] }), {}, 0],
  ["while a person keeps it", next(), { takenOut: new Set(["a"]) }, 0],
  ["but no longer declares its resource", next({ declared: [] }), {}, 0],
  ["but acts on other resources alone", next({ targets: { names: ["r1"], withScope: false } }), {}, 0],
  ["but the service hides it", next(), { wasHidden: () => true }, 0],
  ["but its list is refused", next({ requests: [{ ...list(10), status: 403 }] }), {}, 0],
  ["of another stack", next({ stack: "other" }), {}, 0],
])("the service shows an up the run of a killed one %s", (_name, up, parts, violations) => {
  const found = checkNamed(up, evidence({ ledger: [run("a", 1)], commands: [killed, up], ...parts }));
  expect(found).toHaveLength(violations);
});

test.each<[string, Trace, ReturnType<typeof row>, number]>([
  ["nothing lives", destroy(), row("gone"), 0],
  ["its run lives", destroy(), row("a"), 1],
  ["its run lives, which was retained", destroy(), row("a", { isRetained: true }), 0],
  ["its run lives, which another stack has", destroy({ after: [row("a", { stack: "other" })] }), row("a"), 0],
  ["its row is there", destroy({ after: [row("gone")] }), row("gone"), 1],
  ["the run of an unclear start lives", destroy(), row("", { key: "key1" }), 1],
  ["the run of an unclear start lives, and its key is named", destroy({ output: "key1" }), row("", { key: "key1" }), 0],
])("after a destroy, %s", (_name, command, atBegin, violations) => {
  expect(checkDestroyed(command, [atBegin], { ledger: [run("a", 1)], commands: [command] })).toHaveLength(violations);
});

test("a destroy that is limited leaves the others alone", () => {
  const limited = destroy({ targets: { names: ["r0"], withScope: false }, after: [row("b", { name: "r1" })] });
  expect(checkDestroyed(limited, [row("b", { name: "r1" })], { ledger: [run("b", 1)], commands: [limited] })).toEqual(
    [],
  );
});
