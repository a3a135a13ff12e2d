import fc from "fast-check";
import { UNKNOWN_MARKER } from "../../compose";
import { checkInputs } from "../../provider/lifecycle/check/check-inputs";
import { decideDiff } from "../../provider/lifecycle/diff/diff-decision";
import { parseInputs, unknownStartInputs } from "../../provider/lifecycle/inputs/parse-inputs";
import { identify } from "../../provider/lifecycle/run/identity/identity";
import { containsUnknown, NO_INPUTS, type ResourceInputs } from "../../provider/lifecycle/run/inputs";
import { parseOutputs } from "../../provider/lifecycle/run/record/record";
import { memoryProjects } from "../../provider/lifecycle/testing/projects";
import { sortedInputs } from "../../provider/reads/recorded-names";
import { amount, atMost, logFigures } from "./amount";
import { anyJson, anyText } from "./values";

/** A part of every value that the program marked as secret. */
const CANARY = "s3cr3t-c4n4ry";
/** The test searches for both halves of a value, because a message shows at most 60 characters. */
const leaked = /s3cr3t|c4n4ry/;

const right: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  composeFileCode: fc.constantFrom(
    "services:\n  a:\n    image: b\n",
    "services: {a: {image: c, environment: {K: v}}}",
    "services: {}",
    "services: [",
    // Errors name keys of services, even in a secret text, but never show values.
    `services: {a: {image: ${CANARY}, label: 1}}`,
    `services:\n  a:\n    image: b\n    environment:\n      - K=${CANARY}\n    ports: ${CANARY}\n`,
  ),
  composeFile: fc.constantFrom<unknown>(
    "compose.yaml",
    "broken.yaml",
    ".",
    "nowhere.yaml",
    ["compose.yaml", "more.yaml"],
    [],
  ),
  variables: fc.constantFrom<unknown>({ TAG: CANARY, N: 1 }, { "a b": 1 }, { TAG: [] }, { TAG: UNKNOWN_MARKER }),
  profiles: fc.constantFrom<unknown>(["x"], ["*"], "x"),
  inheritEnvironment: fc.constantFrom<unknown>(["TAG"], ["a b"]),
  envFiles: fc.constantFrom<unknown>(["prod.env"], [], [""], "prod.env"),
  composeRoot: fc.constantFrom<unknown>(".", "elsewhere", ""),
  __project: fc.constantFrom<unknown>({ directory: "/p" }, { directory: "/p", environment: { TAG: CANARY } }),
  executionType: fc.constantFrom("cpu", "gpu.a100", "gpu-a100"),
  timeout: fc.constantFrom(1, 60, 600, 0, 601, 1.5),
  gracefulTimeout: fc.constantFrom(1, 10, 300, 301),
  fileName: fc.constantFrom("a label", "", "two\nlines"),
  enableS3Mount: fc.boolean(),
  userCallbackUrls: fc.array(fc.constantFrom("https://a.example/x", "http://a.example", "no"), { maxLength: 2 }),
  registryCredentials: fc.constantFrom<unknown>(
    { type: "basic", username: "u", password: CANARY },
    { type: "basic", username: "u", password: "" },
    { type: "aws", accessKeyId: CANARY, secretAccessKey: CANARY, region: 5 },
    { type: "basic", username: "u", password: CANARY, sessionToken: CANARY },
  ),
  triggers: fc.array(anyJson, { maxLength: 2 }),
  waitFor: fc.constantFrom("accepted", "running", "completed", "done"),
  existingExecutionId: fc.constantFrom("run-1", ""),
  adoptEndedWithin: fc.constantFrom(0, 60, -1),
  onDelete: fc.constantFrom("abort", "leave", "kill"),
  failureOutput: fc.boolean(),
  clocks: fc.constantFrom<unknown>({ queue: 5 }, { queue: 0, other: 1 }, []),
  __customTimeouts: fc.constantFrom<unknown>({ create: 5 }, { create: "5m" }),
  misspelt: fc.constant(1),
  __scope: fc.constantFrom("another scope", UNKNOWN_MARKER),
};

/** The files for `composeFile`. */
const projects = memoryProjects({
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
  "compose.yaml": "services: {a: {image: 'b:${TAG:-1}', env_file: a.env}}",
  "a.env": `KEY=${CANARY}\n`,
  "more.yaml": `services: {b: {image: c, environment: {PASSWORD: ${CANARY}}}}`,
  "broken.yaml": "services:\n  a: {prots: [80], env_file: a.env}\n",
});

/** A value with an unknown part, as a preview passes it. */
const withUnknown = fc.oneof(
  fc.constant<unknown>(UNKNOWN_MARKER),
  anyText.map((text) => `${text}${UNKNOWN_MARKER}`),
  anyJson.map((value) => [value, UNKNOWN_MARKER]),
  fc.constant<unknown>({ type: "basic", username: UNKNOWN_MARKER, password: UNKNOWN_MARKER }),
);

/** A secret value of any type. It is so short that a message could show all of it. */
const secret = fc.oneof(
  fc.constant<unknown>(CANARY),
  fc.constant<unknown>([CANARY]),
  fc.constant<unknown>({ type: CANARY }),
  fc.constant<unknown>({ queue: CANARY, create: CANARY }),
  anyText.map((text) => CANARY + text),
);

/** Properties that the class itself makes. They always have the right type. */
const OURS = ["__project", "__customTimeouts", "__scope"];
/** The class reads this path, so the path is never secret. */
const NEVER_SECRET = [...OURS, "composeFile", "misspelt"];

interface Given {
  readonly properties: Record<string, unknown>;
  readonly secrets: readonly string[];
}

const given: fc.Arbitrary<Given> = fc
  .record(
    Object.fromEntries(
      Object.entries(right).map(([name, value]) => [
        name,
        fc.oneof(
          { weight: 20, arbitrary: value.map((one) => ({ one, isSecret: JSON.stringify(one).includes(CANARY) })) },
          ...(OURS.includes(name)
            ? []
            : [{ weight: 6, arbitrary: fc.oneof(anyJson, withUnknown).map((one) => ({ one, isSecret: false })) }]),
          ...(NEVER_SECRET.includes(name)
            ? []
            : [{ weight: 2, arbitrary: secret.map((one) => ({ one, isSecret: true })) }]),
        ),
      ]),
    ),
  )
  .chain((all) =>
    fc.subarray(Object.keys(all), { maxLength: 3 }).map((some) => {
      // Most inputs contain a text, so that some of them pass check.
      const names = some.includes("composeFile") ? some : ["composeFileCode", ...some];
      return names.map((name) => [name, all[name]] as const);
    }),
  )
  .map((entries) => ({
    // The inputs go through JSON, as those from the engine do.
    properties: JSON.parse(JSON.stringify(Object.fromEntries(entries.map(([name, value]) => [name, value?.one])))),
    // The class names every secret input. Credentials are always secret.
    secrets: entries.flatMap(([name, value]) => (value?.isSecret || name === "registryCredentials" ? [name] : [])),
  }));

const recorded = fc
  .record({
    status: fc.constantFrom("running", "completed", "failed"),
    timeout: fc.constantFrom(1, 60),
    executionType: fc.constant("cpu"),
    missing: fc.constantFrom(undefined, "lost"),
  })
  .map((state) => parseOutputs({ id: "run-1", urn: "", properties: state }));

/** Inputs as the class sends them. */
function sent({ properties, secrets }: Given): ResourceInputs {
  return sortedInputs({
    __scope: "a scope",
    ...properties,
    __secretInputs: secrets,
    __resourceUrn: "urn:pulumi:a::b::c::d",
  });
}

test(
  "for any arguments, errors are sentences without a secret, and nothing throws",
  () => {
    const met = { failures: 0, passed: 0, unknown: 0 };
    fc.assert(
      fc.property(given, given, recorded, (before, now, outputs) => {
        const olds = checkInputs(NO_INPUTS, sent(before), projects).inputs;
        const result = checkInputs(olds, sent(now), projects);
        const reported = JSON.stringify(result.failures);
        expect(reported).not.toMatch(leaked);
        for (const { property, reason } of result.failures) {
          expect(reason).toMatch(/\S/);
          expect(reason.length).toBeLessThan(20_000);
          // The engine prints the value of the named property before the reason, so the value must not be secret
          // either.
          if (property !== "") expect(now.secrets).not.toContain(property);
        }
        // The result is plain JSON: the engine stores it, and compares it next time.
        expect(JSON.parse(JSON.stringify(result.inputs))).toEqual(result.inputs);
        expect(checkInputs(olds, sent(now), projects)).toEqual(result);
        if (result.failures.length > 0) {
          met.failures += 1;
          return;
        }
        met.passed += 1;
        const news = parseInputs(result.inputs);
        const unknown = unknownStartInputs(result.inputs);
        if (unknown.length > 0) met.unknown += 1;
        expect(JSON.stringify(identify(news))).not.toMatch(leaked);
        const decision = decideDiff({
          recorded: outputs,
          news,
          olds: parseInputs(olds),
          unknown,
          scopeUnknown: containsUnknown(result.inputs.scope),
        });
        // A run's id and its machine are recorded in plaintext, even if the program marks them as secret.
        const recordedInClear = now.secrets.some((name) => name === "existingExecutionId" || name === "executionType");
        if (!recordedInClear) expect(JSON.stringify(decision)).not.toMatch(leaked);
      }),
      amount(4_000),
    );
    logFigures("arguments", met);
    expect(Math.min(met.failures, met.passed, met.unknown)).toBeGreaterThan(0);
  },
  atMost(120),
);
