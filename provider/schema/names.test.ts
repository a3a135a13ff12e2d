import { isPlainPath, keyProblem } from "./bucket-keys";
import { insteadOf, meansProject } from "./meant-arguments";
import { isPlaceholder, isRunId, isUnclear, placeholderId, resourceId, runIdOf } from "./run-id";
import {
  EXECUTION_TOKEN,
  EXECUTION_TYPE,
  FILES_TOKEN,
  FILES_TYPE,
  isExecutionType,
  isFilesType,
  SCOPE_TYPE,
  token,
} from "./type-tokens";
import { isDefaultProvider, nameOf, providerUrn, readUrn, typeOf, urnOf } from "./urn";

test.each<[string, string, string | undefined]>([
  ["an ordinary key", "a/b.c", undefined],
  ["no key", "", "it is empty"],
  ["a key of 1024 bytes", "é".repeat(512), undefined],
  ["a key of 1025 bytes", `${"é".repeat(512)}x`, "it has more than 1024 bytes"],
  ["a key with a line end", "a\nb", "it has a character that cannot be shown or stored"],
  ["a key with an empty part", "a//b", "a part of it is empty"],
  ["a key that begins with a slash", "/a", "a part of it is empty"],
  ["a key with this folder", "a/./b", "a part of it is `.`"],
  ["a key with the folder above", "../a", "a part of it is `..`"],
  ["a key with three dots", "a/...", undefined],
])("%s", (_what, key, problem) => expect(keyProblem(key)).toBe(problem));

test.each([
  ["models/größe_1.bin", true],
  ["a b", false],
  ["a$b", false],
  ["", true],
])("the path %p can be put into any text: %s", (path, isPlain) => expect(isPlainPath(path)).toBe(isPlain));

const RUN = "01234567-89ab-cdef-0123-456789abcdef";
test.each<[string, { executionId: string; startKey: string }, boolean, string]>([
  ["a run", { executionId: RUN, startKey: "k" }, false, RUN],
  ["an adopted run", { executionId: RUN, startKey: "" }, false, RUN],
  ["a start without a clear answer", { executionId: "", startKey: "k" }, true, placeholderId("k")],
  ["nothing", { executionId: "", startKey: "" }, false, placeholderId("")],
])("the resource of %s", (_what, outputs, unclear, id) => {
  expect([isUnclear(outputs), resourceId(outputs), isPlaceholder(id)]).toEqual([unclear, id, id !== RUN]);
});

test.each<[string, unknown, { executionId?: unknown } | undefined, string]>([
  ["in its outputs", placeholderId("k"), { executionId: RUN }, RUN],
  ["as its id", RUN, { executionId: "" }, RUN],
  ["as its id, without outputs", RUN, undefined, RUN],
  ["as its id, with damaged outputs", RUN, { executionId: 7 }, RUN],
  ["nowhere, because its start is unclear", placeholderId("k"), { executionId: "" }, ""],
  ["nowhere", undefined, undefined, ""],
])("a resource has the id of its run %s", (_what, id, outputs, expected) =>
  expect(runIdOf(id, outputs)).toBe(expected),
);

test.each([
  [RUN, true],
  [`local-${RUN}`, true],
  [RUN.toUpperCase(), true],
  [`x${RUN}`, false],
  [RUN.slice(1), false],
  ["train", false],
])("%s is the id of a run: %s", (text, expected) => expect(isRunId(text)).toBe(expected));

test("a type belongs to an execution or to files in both hosts", () => {
  const types = [EXECUTION_TOKEN, EXECUTION_TYPE, FILES_TOKEN, FILES_TYPE, SCOPE_TYPE];
  expect(types.map(isExecutionType)).toEqual([true, true, false, false, false]);
  expect(types.map(isFilesType)).toEqual([false, false, true, true, false]);
  expect(token("X")).toBe("lyceum:index:X");
});

test.each([
  ["services", true, "composeFile"],
  ["docker_compose", true, "composeFile"],
  ["DOCKER-IMAGE", false, "images"],
  ["depends_on", false, "resource option"],
  ["something", false, undefined],
])("a program that gives %p means the project: %s", (name, isProject, instead) => {
  expect(meansProject(name)).toBe(isProject);
  if (instead === undefined) expect(insteadOf(name)).toBeUndefined();
  else expect(insteadOf(name)).toContain(instead);
});

test.each([
  ["urn:pulumi:dev::shop::lyceum:index:Scope::s", "dev", "shop", "lyceum:index:Scope", "s"],
  ["urn:pulumi:dev::shop::a:b:C$d:e:F$lyceum:index:Scope::s", "dev", "shop", "lyceum:index:Scope", "s"],
  ["urn:pulumi:dev::shop::t::a::b", "dev", "shop", "t", "a::b"],
  ["urn:pulumi:dev::shop::t::::a", "dev", "shop", "t", "::a"],
  ["urn:pulumi:dev::shop::p$t::a$b:c", "dev", "shop", "t", "a$b:c"],
])("the parts of %s are read", (urn, stack, project, type, name) => {
  expect(readUrn(urn)).toEqual({ stack, project, type, name });
  expect([nameOf(urn), typeOf(urn)]).toEqual([name, type]);
  expect(readUrn(urnOf({ stack, project, type, name }))).toEqual({ stack, project, type, name });
});

test.each(["", "train", "a::b::c::d", "urn:pulumi:dev", "urn:pulumi:dev::shop::t", "urn:pulumi:::shop::t::a"])(
  "%j is no URN: it is its own name, and has no type",
  (text) => expect([readUrn(text), nameOf(text), typeOf(text)]).toEqual([undefined, text, ""]),
);

test.each([
  ["urn:pulumi:dev::shop::pulumi:providers:lyceum::a::id-1", "urn:pulumi:dev::shop::pulumi:providers:lyceum::a"],
  ["::id", ""],
  ["none", ""],
])("the provider in the reference %s is %p", (reference, urn) => expect(providerUrn(reference)).toBe(urn));

test.each([
  ["default", true],
  ["default_1_2_3", true],
  ["default_1_2_3_https:_//a", true],
  ["default_github_/a/b", true],
  ["", true],
  ["default_1", false],
  ["own", false],
])("the engine's own provider has the name %p: %s", (name, isDefault) =>
  expect(isDefaultProvider(name)).toBe(isDefault),
);
