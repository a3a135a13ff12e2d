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
  // A component between the run and its child changes nothing.
  const below = { __parentResource: kept } as unknown as pulumi.Resource;
  expect(inheritRetention({ parent: below }).retainOnDelete).toBe(true);
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
