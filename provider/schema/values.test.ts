import { ARGUMENT_OF_FIELD, requestValues, SECRET_FIELDS } from "./api-fields";
import { ARGUMENT_OUTPUTS, argumentOutputs } from "./argument-outputs";
import { artifacts, declaredArtifacts, parseArtifacts } from "./compound/artifacts";
import { clocks } from "./compound/clocks";
import { CREDENTIAL_TYPE_FIELD, credentials, secretCredentials } from "./compound/credentials";
import { ARGUMENTS, identityKeyParts, identityValues, parseArguments, parseIdentity } from "./derive-inputs";
import { readFunctionArguments, secretsOfFunction } from "./functions";
import { listOf, mapOf, mapOfLists, objectOf } from "./objects";
import { isOutput, namesSecretResults, parseRecorded } from "./outputs";
import { callbackUrl, failureAt, machineName, seconds, show, someText, WEEK } from "./rules";
import {
  anyMap,
  anySeconds,
  count,
  existingRunId,
  flag,
  mark,
  moment,
  names,
  number,
  numberMap,
  sampleStep,
} from "./value-types";

test.each<[string, unknown, string]>([
  ["a list", [1], "a list"],
  ["a map", { a: 1 }, "a map"],
  ["nothing", null, "null"],
  ["a text", 'a"b', '"a\\"b"'],
  ["a text of 58 letters", "x".repeat(58), `"${"x".repeat(58)}"`],
  ["a longer text", "x".repeat(59), `"${"x".repeat(56)}…`],
])("a message shows %s in a few words", (_what, value, text) => expect(show(value)).toBe(text));

test("an error about a value has the path of the value", () => {
  expect(failureAt("retries.on", "must be a list")).toEqual({
    property: "retries.on",
    reason: "retries.on must be a list",
  });
});

const isRefused = (rule: ((value: unknown) => string | undefined) | undefined) => (value: unknown) =>
  rule?.(value) !== undefined;
test.each<[string, ((value: unknown) => string | undefined) | undefined, readonly unknown[], readonly unknown[]]>([
  ["seconds", seconds, [0.5, WEEK, 604_800], [0, -1, WEEK + 1, "1", Number.NaN]],
  ["seconds that may be none", anySeconds.rule, [0, WEEK], [-0.5, WEEK + 0.5, "0"]],
  ["a text", someText, ["a", " a "], ["", " \n", 1, undefined]],
  ["a machine", machineName, ["cpu", "gpu.a100"], ["", "gpu-a100", "a b", 1]],
  ["a URL", callbackUrl, ["https://a.example/x?y"], ["http://a.example", "a", "https:", 1]],
  ["a flag", flag.rule, [true, false], ["true", 1, null]],
  ["the id of a run", existingRunId.rule, ["local-1", "a:1"], ["train", "a 1", "", 1]],
  [
    "a time",
    moment.rule,
    ["2026-03-01T12:00:00Z", "2026-03-01T12:00+01:00"],
    ["2026-03-01T12:00:00", "2026-13-01T12:00:00Z", 1],
  ],
  ["a step", sampleStep.rule, ["15s", "99999m", "1h"], ["0s", "100000s", "15", "1d", 15]],
  ["a count", count(1, 3, "runs").rule, [1, 2, 3], [0, 4, 1.5, "1"]],
  ["names", names.rule, [[], ["a"]], ["a", [1], [["a"]], {}]],
])("%s: which values are valid", (_what, rule, valid, wrong) => {
  expect(valid.filter(isRefused(rule))).toEqual([]);
  expect(wrong.filter((value) => !isRefused(rule)(value))).toEqual([]);
});

test("a machine with hyphens gets the name that was meant, and a secret text is not shown", () => {
  expect(machineName("gpu-a100")).toContain('did you mean "gpu.a100"?');
  expect(machineName("a b")).not.toContain("did you mean");
  expect([someText(""), callbackUrl("secret")].join()).not.toContain("secret");
});

test("recorded values of another type count as not there", () => {
  expect([mark.parse(true), mark.parse(false), flag.parse("true")]).toEqual([true, undefined, undefined]);
  expect([1, Number.NaN, Infinity, "1"].map(number.parse)).toEqual([1, undefined, undefined, undefined]);
});

test.each<[string, unknown, unknown]>([
  [
    "a password",
    { type: "basic", username: "u", password: "p", other: 1 },
    { type: "basic", username: "u", password: "p" },
  ],
  ["half a password", { type: "basic", username: "u" }, { type: "basic", username: "u", password: "" }],
  ["another kind", { type: "token" }, undefined],
  ["a text", "basic", undefined],
])("credentials are read from %s", (_what, value, expected) => expect(credentials.parse(value)).toEqual(expected));

test("each value of credentials is secret, except those that the table shows", () => {
  expect(secretCredentials({ type: "basic", username: "u", password: "p", unknown: "x" })).toEqual(["p", "x"]);
  expect([secretCredentials(undefined), secretCredentials({ type: "basic" })]).toEqual([[], []]);
});

test("of time limits, only numbers are read", () => {
  expect([clocks.parse({ queue: 5, run: "5", total: 0 }), clocks.parse(undefined)]).toEqual([
    { queue: 5, total: 0 },
    {},
  ]);
});

test("objects, and lists and maps of them, are read from a state or an answer", () => {
  const whole = objectOf("Artifact", ["key", "etag"]);
  expect([whole.parse({ key: "a", etag: "e" }), whole.parse({ key: "a" }), whole.parse("x")]).toEqual([
    { key: "a", etag: "e" },
    undefined,
    undefined,
  ]);
  expect(whole.rule?.({ key: "a" })).toContain("an object with the fields key and etag");
  expect([listOf("Artifact").parse([{ key: "a" }]), listOf("Artifact").parse({})]).toEqual([[{ key: "a" }], undefined]);
  for (const map of [mapOf("ExecutionPhase"), mapOfLists("MetricSample"), anyMap]) {
    expect([map.parse({ a: 1 }), map.parse({})]).toEqual([{ a: 1 }, {}]);
  }
  expect([mapOf("ExecutionPhase").parse(7), mapOfLists("MetricSample").parse(undefined)]).toEqual([{}, {}]);
  expect([anyMap.parse(null), anyMap.parse(undefined), numberMap.parse(null)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(numberMap.parse({ a: 1, b: "2", c: 0 })).toEqual({ a: 1, c: 0 });
});

test("artifacts are read from a state, and entries of another form are left out", () => {
  const whole = { key: "a", bytes: 1, etag: "e" };
  const state = {
    a: whole,
    b: { ...whole, modified: "m" },
    c: { key: "a", bytes: "1", etag: "e" },
    d: "x",
    e: { ...whole, etag: 1 },
  };
  expect(artifacts.parse(state)).toEqual({ a: whole, b: { ...whole, modified: "m" } });
  expect([artifacts.parse("x"), parseArtifacts("x"), parseArtifacts(state)]).toEqual([
    undefined,
    {},
    artifacts.parse(state),
  ]);
  const declared = { a: { key: "a", onDelete: "delete" }, b: { key: "b", onDelete: "leave" }, c: {} };
  expect(declaredArtifacts.parse(declared)).toEqual({ a: { key: "a", onDelete: "delete" }, b: { key: "b" } });
});

test("a start sends the arguments that differ from the API's defaults, and its credentials", () => {
  const parsed = parseArguments({
    fileName: "n",
    timeout: 7,
    registryCredentials: { type: "basic", username: "u", password: "p" },
  });
  const sent = requestValues(parsed);
  expect(sent).toMatchObject({
    timeout: 7,
    docker_username: "u",
    docker_password: "p",
    [CREDENTIAL_TYPE_FIELD]: "basic",
  });
  expect(requestValues(parseArguments({}))).not.toHaveProperty(CREDENTIAL_TYPE_FIELD);
  expect(Object.values(sent)).not.toContain(undefined);
  expect([SECRET_FIELDS.includes("docker_password"), SECRET_FIELDS.includes("docker_username")]).toEqual([true, false]);
  expect([ARGUMENT_OF_FIELD.timeout, ARGUMENT_OF_FIELD.docker_password]).toEqual([
    "timeout",
    "registryCredentials.password",
  ]);
});

const artifact = { key: "a", etag: "e", bytes: 1 };
test.each<[string, Parameters<typeof readFunctionArguments>[0], Record<string, unknown>, readonly string[]]>([
  ["its argument", "getExecution", { executionId: "local-1" }, []],
  ["nothing for an argument that may be absent", "listExecutions", { state: null, limit: undefined }, []],
  ["no argument that it needs", "getExecution", { executionId: null }, ["executionId"]],
  ["a wrong and an unknown argument", "getExecution", { executionId: 1, toString: "x" }, ["executionId", "toString"]],
  ["a wrong argument that may be absent", "listExecutions", { state: "ended" }, ["state"]],
  ["one of two", "getStoredFile", { key: "a" }, []],
  ["the other of two", "getStoredFile", { artifact, secret: true }, []],
  ["an object without one of its fields", "getStoredFile", { artifact: { key: "a" } }, ["artifact"]],
  ["none of two", "getStoredFile", {}, ["key"]],
  ["both of two", "getStoredFile", { key: "a", artifact }, ["key"]],
])("a function gets %s", (_what, name, given, wrong) => {
  const read = readFunctionArguments(name, given);
  expect(read.kind === "failures" ? read.failures.map(({ property }) => property) : []).toEqual(wrong);
  const known = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  if (read.kind === "arguments") expect(read.values).toEqual(Object.fromEntries(known));
});

test("the content of a stored file is secret if the program asks for it", () => {
  const secrets = [{ secret: true }, { secret: false }, {}].map((given) => secretsOfFunction("getStoredFile", given));
  expect([...secrets, secretsOfFunction("getStoredFile")]).toEqual([["text", "json"], [], [], []]);
});

test("results are secret if the program names one, and a damaged state has the usual values", () => {
  expect([["a"], [], "a", undefined].map(namesSecretResults)).toEqual([true, false, false, false]);
  const recorded = parseRecorded({ executionId: 7 });
  expect([recorded.executionId, parseRecorded({ executionId: "local-1" }).executionId]).toEqual(["", "local-1"]);
  expect(Object.values(recorded)).not.toContain(undefined);
});

test("a run is identified by its machine and its mount, and an older state that has neither has their first values", () => {
  expect(identityKeyParts(parseIdentity({}))).toEqual({ always: ["", "false"], chosen: [] });
  const state = { executionType: "gpu.a100", enableS3Mount: true };
  expect(identityKeyParts(parseIdentity(state))).toEqual({ always: ["gpu.a100", "true"], chosen: [] });
  expect(identityValues(parseArguments(state))).toMatchObject(state);
});

test("every argument is an output, except those whose row says why not", () => {
  const missing = ARGUMENTS.filter((name) => !isOutput(name) && !ARGUMENT_OUTPUTS.includes(name));
  expect(missing).toEqual(["composeFileCode", "variables", "registryCredentials", "triggers"]);
});

test.each([
  ["an argument that is given", { waitFor: "completed" }, { waitFor: "completed" }],
  ["one that is absent", { waitFor: undefined }, {}],
  ["a large one and secret ones", { composeFileCode: "services: {}", variables: {}, registryCredentials: {} }, {}],
  ["one with an output of its own", { timeout: 60, job: "train" }, {}],
  ["another input", { compose: {} }, {}],
])("%s is recorded, or is not, as the table says", (_what, values, recorded) => {
  expect(argumentOutputs(values)).toEqual(recorded);
});

test("the lifecycle does not read the arguments among the recorded outputs", () => {
  expect(Object.keys(parseRecorded(argumentOutputs({ waitFor: "completed", clocks: { queue: 5 } })))).toEqual(
    Object.keys(parseRecorded({})),
  );
});
