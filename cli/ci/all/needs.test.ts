import { fakeSurface } from "../../testing/surface";
import { needsOf } from "./needs";
import { referredTargets } from "./references";
import type { Target } from "./targets";

const target = (folder: string, stack = "dev"): Target => ({
  project: { folder, name: folder, runtime: "yaml", toolchain: "", settingsFolder: folder, stacks: [stack] },
  stack,
});

test("after a signal, no further preview starts to find references", async () => {
  const requestOf = jest.fn();
  const targets = [target("app"), target("net")];
  const needs = await needsOf(targets, 2, requestOf, fakeSurface({}), () => true);
  expect(requestOf).not.toHaveBeenCalled();
  expect(targets.map(needs)).toEqual([[], []]);
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
