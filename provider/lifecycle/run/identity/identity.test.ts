import { rehearseCreate } from "../../create/create";
import { createdAsOperation, createWorld, someInputs } from "../../testing/world";
import { composeDigest, requireScope, triggersDigest } from "./identity";

test("the scope has the package of its runs, also where a run has a parent", () => {
  const urn = "urn:pulumi:dev::shop::my:index:Shop$lyceum:index:ComposeExecution::train";
  expect(() => requireScope({ scope: "", urn })).toThrow(
    "--target 'urn:pulumi:dev::shop::lyceum:index:Scope::lyceum-scope'",
  );
  expect(() => requireScope({ scope: "", urn: "" })).toThrow("--target 'lyceum-scope'");
});

test("the order of keys in `triggers` does not matter, at any depth, but the order of a list does", () => {
  const digest = (triggers: unknown) => triggersDigest({ scope: "s", triggers: triggers as never });
  expect(digest([{ b: { d: 1, c: null }, a: "2" }])).toBe(digest([{ a: "2", b: { c: null, d: 1 } }]));
  expect(digest([1, 2])).not.toBe(digest([2, 1]));
  expect(digest(["a"])).not.toBe(digest({ 0: "a" }));
  expect(digest([null])).not.toBe(digest([{}]));
  expect(digest(["ab"])).not.toBe(digest([{ 0: "a", 1: "b" }]));
});

test("the digest of `triggers` does not change: existing runs have it", () => {
  expect(triggersDigest({ scope: "s", triggers: [{ b: 1, a: 2 }] })).toBe("d3l5swk4mrgmhcgbif5x");
});

test("a project has its own digest, and a run that is adopted by its id has none", () => {
  const project = { record: { digest: "d", settings: "", files: {} }, model: {} };
  expect(composeDigest({ scope: "s", composeText: "services: {}", project })).toBe("d");
  expect(composeDigest({ scope: "s" })).toBe("");
  expect(composeDigest({ scope: "s", composeText: "services: {}" })).toHaveLength(20);
});

test.each([createdAsOperation, rehearseCreate])(
  "without the stack's scope, %p reports its name and sends no request",
  async (call) => {
    const { context, service } = createWorld();
    await expect(call(context, someInputs({ $scope: undefined }))).rejects.toThrow(
      /^LYC3020: .*--target 'urn:pulumi:dev::shop::pulumi-nodejs:dynamic\/lyceum:Scope::lyceum-scope'/,
    );
    expect(service.runs).toEqual([]);
  },
);
