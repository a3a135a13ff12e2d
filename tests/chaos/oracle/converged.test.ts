import { command, desired, row, run, second } from "./builders";
import { checkAdoptions, checkConverged } from "./converged";
import type { Trace } from "./evidence";

const done = (more: Partial<Trace>): Trace => command([], { after: [row("a")], ...more });

test.each<[string, Trace, string | undefined]>([
  ["the declared run, recorded", done({}), undefined],
  [
    "the declared run, next to the rows of another stack",
    done({ after: [row("a"), row("z", { stack: "other" })] }),
    undefined,
  ],
  ["no record", done({ after: [] }), "r0 is recorded 0 times"],
  ["a run that never was", done({ after: [row("z")] }), "never had"],
  ["an older text's run", done({ declared: [second] }), "an older text's run"],
  [
    "a wait that was not waited for",
    done({ declared: [{ ...desired, waitFor: "completed" }] }),
    "is still going behind an up that waited for its end",
  ],
  ["a resource that is no longer declared", done({ declared: [] }), "r0 is recorded, though no longer declared"],
  ["what it was not to act on", done({ declared: [second], targets: { names: ["r1"], withScope: false } }), undefined],
])("after an up: %s", (_name, up, expected) => {
  const found = checkConverged(up, [run("a", 1)]);
  if (expected === undefined) expect(found).toEqual([]);
  else expect(found.join("\n")).toContain(expected);
});

const renamed = row("a", { name: "r0x", urn: "x" });
const both = { before: [renamed], after: [renamed, row("a")], declared: [desired, { ...desired, name: "r0x" }] };

test.each<[string, Partial<Trace>, number]>([
  ["that another declared resource has", both, 1],
  ["that another resource outside of the command has", { ...both, targets: { names: ["r0"], withScope: false } }, 0],
  ["that another resource has, but the program does not declare it", { ...both, declared: [desired] }, 0],
  ["that another resource had", { ...both, after: [row("a")] }, 0],
  ["that both had before", { ...both, before: both.after }, 0],
  ["that another stack has", { ...both, before: [], after: [row("a"), row("a", { stack: "other", urn: "x" })] }, 0],
])("violations of an up that gives a resource the run %s", (_name, more, violations) => {
  expect(checkAdoptions([command([], more)])).toHaveLength(violations);
});
