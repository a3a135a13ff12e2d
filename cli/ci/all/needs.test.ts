import { fakeSurface } from "../../testing/surface";
import { observedOf, step } from "../testing/events";
import { needsOf } from "./needs";
import { referencesIn, referredTargets } from "./references";
import { type Target, titleOf } from "./targets";

const REFERENCE = "pulumi:pulumi:StackReference";

const target = (folder: string, stack = "dev"): Target => ({
  project: { folder, name: folder, runtime: "yaml", toolchain: "", settingsFolder: folder, stacks: [stack] },
  stack,
});

/** Returns the stacks that each stack comes after, and the printed lines. */
async function orderOf(references: Readonly<Record<string, readonly string[]>>, isStopped = false) {
  const surface = fakeSurface({});
  const targets = Object.keys(references).map((folder) => target(folder));
  const find = async (one: Target) => references[one.project.folder] ?? [];
  const needs = await needsOf(targets, 2, find, surface, () => isStopped);
  return [targets.map((one) => needs(one).map(({ project }) => project.folder)), surface.output];
}

const FIRST = "A preview of each stack shows which stacks it refers to. Nothing of it is applied.";

test.each([
  ["stacks without references", { app: [], net: [] }, false, [[], []], [FIRST]],
  [
    "a reference to another stack, given twice",
    { app: ["acme/net/dev", "net/dev"], net: [] },
    false,
    [["net"], []],
    [FIRST, "app dev comes after net dev."],
  ],
  ["a single stack, which needs no preview", { app: ["acme/net/dev"] }, false, [[]], []],
  ["a signal, after which no preview starts", { app: ["acme/net/dev"], net: [] }, true, [[], []], [FIRST]],
])("which stacks come first, and what is printed, for %s", async (_what, references, isStopped, needs, printed) => {
  expect(await orderOf(references, isStopped)).toEqual([needs, printed]);
});

test.each([
  ["acme/net/dev", "dev"],
  // `--stack` may have the full name.
  ["acme/net/dev", "acme/app/dev"],
  ["net/dev", "dev"],
])("the reference %s is to a stack of the repository, with --stack %s", (name, stack) => {
  const [app, net, other] = [target("app", stack), target("net", stack), target("net", "prod")];
  expect(referredTargets(name, app, [app, net, other])).toEqual([net]);
});

test.each([
  ["a name without a project is a stack of the same project", "prod", ["app prod"]],
  ["a program that refers to its own stack needs no other", "acme/app/dev", []],
])("%s", (_what, name, found) => {
  const [app, other, net] = [target("app"), { ...target("app"), stack: "prod" }, target("net", "prod")];
  expect(referredTargets(name, app, [app, other, net]).map(titleOf)).toEqual(found);
});

test("only the names of stack references count, each once, and only if they are known", () => {
  const reference = (name: unknown) => step("read", "other", { type: REFERENCE, new: { name } });
  const events = [reference("b/net/dev"), reference("a/net/dev"), reference("b/net/dev"), reference(undefined)];
  const { steps } = observedOf([...events, step("create", "job", { new: { name: "c/net/dev" } })]);
  expect(referencesIn(steps)).toEqual(["a/net/dev", "b/net/dev"]);
});
