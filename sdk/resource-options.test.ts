import type * as pulumi from "@pulumi/pulumi";
import { MODEL_INPUT } from "../provider/lifecycle/run/inputs";
import { recordedInputs } from "../provider/reads/recorded-names";
import { engineOptions, inheritRetention, optionInputs, recordRetention, refuseImport } from "./resource-options";

const made = Object.keys(recordedInputs({ urn: "", values: { [MODEL_INPUT]: {} }, projectRecord: {} }));
const file = { composeFile: "compose.yaml" };
const code = { composeFileCode: "services: {}" };

describe("ignoreChanges", () => {
  test.each([
    [[], file, []],
    [["timeout"], file, ["timeout"]],
    [["composeFileCode"], code, ["composeFileCode"]],
    [["composeFile"], file, ["composeFile", ...made]],
    [["composeFile[0]"], { composeFile: ["a.yaml", "b.yaml"] }, ["composeFile[0]", ...made]],
    [["compose"], file, made],
    [["composeFile", "compose", "timeout"], file, ["composeFile", "compose", "timeout", "__composeRecord"]],
    // The program now uses `composeFileCode`, so the recorded inputs of `composeFile` are not kept.
    [["composeFile", "timeout"], code, ["timeout"]],
    [["composeFileCode", "timeout"], file, ["timeout"]],
  ])("%j of %j is ignored as %j", (ignoreChanges, args, inputs) => {
    expect(engineOptions("x", args, { ignoreChanges }).ignoreChanges).toEqual(inputs);
  });

  test("`*` means every argument and the content of files, but not the class's own inputs", () => {
    const paths = engineOptions("x", file, { ignoreChanges: ["*"] }).ignoreChanges ?? [];
    expect(paths).toEqual(expect.arrayContaining(["composeFile", "timeout", "onDelete", "triggers", ...made]));
    expect(paths.filter((path) => path.startsWith("__"))).toEqual(["__composeRecord"]);
    const ofCode = engineOptions("x", code, { ignoreChanges: ["*"] }).ignoreChanges ?? [];
    expect(ofCode).toContain("composeFileCode");
    for (const path of ["*", "composeFile", ...made]) expect(ofCode).not.toContain(path);
  });

  test.each(["compose.services.a.image", 'compose["services"]'])("%s is refused", (path) => {
    expect(() => engineOptions("x", file, { ignoreChanges: ["timeout", path] })).toThrow(
      /LYC4003: x: .*Name composeFile/,
    );
  });
});

test("retainOnDelete leaves the run and its record, for any ignoreChanges", () => {
  const opts = { retainOnDelete: true, ignoreChanges: ["*"] };
  const options = engineOptions("x", file, opts);
  expect(options.retainOnDelete).toBe(false);
  expect(options.ignoreChanges).not.toContain("onDelete");
  expect(options.ignoreChanges).not.toContain("deleteRecord");
  expect(optionInputs(opts)).toEqual({ onDelete: "leave", deleteRecord: false });
});

test("a run inherits retainOnDelete of a parent that is a run, unless it has the option itself", () => {
  const [kept, plain] = [{} as pulumi.Resource, {} as pulumi.Resource];
  recordRetention(kept, { retainOnDelete: true });
  recordRetention(plain, {});
  expect(inheritRetention({ parent: kept })).toEqual({ parent: kept, retainOnDelete: true });
  expect(inheritRetention({ parent: kept, retainOnDelete: false }).retainOnDelete).toBe(false);
  for (const opts of [{ parent: plain }, {}]) expect(inheritRetention(opts)).toBe(opts);
});

describe("resources below a run with retainOnDelete", () => {
  const [kept, component, child] = [{} as pulumi.Resource, {} as pulumi.Resource, {} as pulumi.Resource];
  const [retain] = engineOptions("x", code, { retainOnDelete: true }).transformations ?? [];
  /** What the transformation of the run makes of the options of a resource. */
  const passedOn = (resource: pulumi.Resource, opts: pulumi.ResourceOptions) =>
    retain?.({ resource, type: "t", name: "n", props: {}, opts })?.opts.retainOnDelete;

  beforeAll(() => recordRetention(kept, { retainOnDelete: true }));

  test("inherit it from each resource that inherits it", () => {
    expect(passedOn(child, { parent: component })).toBeUndefined();
    expect(passedOn(component, { parent: kept })).toBe(true);
    expect(passedOn(child, { parent: component })).toBe(true);
    expect(inheritRetention({ parent: component }).retainOnDelete).toBe(true);
  });

  test("keep their own option, and pass it on", () => {
    const released = {} as pulumi.Resource;
    expect(passedOn(released, { parent: kept, retainOnDelete: false })).toBe(false);
    expect(passedOn(child, { parent: released })).toBeUndefined();
    // Without the option, the engine would use the option of the parent.
    expect(engineOptions("x", code, { parent: kept, retainOnDelete: false }).retainOnDelete).toBe(false);
  });

  test("the transformation leaves the run itself alone", () => {
    expect(passedOn(kept, {})).toBeUndefined();
    expect(engineOptions("x", code, {})).not.toHaveProperty("transformations");
  });
});

test("replaceOnChanges is left to the provider: the engine would replace a run whose wait has to be resumed", () => {
  const opts = { replaceOnChanges: ["*"] };
  expect(engineOptions("x", file, opts)).not.toHaveProperty("replaceOnChanges");
  expect(optionInputs(opts)).toEqual({ __replaceOnChanges: ["*"] });
});

test("absent options are left out", () => {
  expect(engineOptions("x", file, { protect: true })).toEqual({
    protect: true,
    deleteBeforeReplace: true,
    additionalSecretOutputs: ["streamingUrl"],
  });
  expect(optionInputs({ retainOnDelete: false })).toEqual({});
});

test("import is refused, and the error names the argument for it", () => {
  expect(() => refuseImport("x", { import: "run-1" })).toThrow(/^LYC4004: x: .*existingExecutionId/);
});
