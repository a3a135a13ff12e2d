import type { Policy, PolicyFile } from "../../../provider/policy";
import { violationLine } from "../../../provider/policy/declared";
import { fakeSurface } from "../../testing/surface";
import type { EngineEvent } from "../stack/automation";
import { NO_ACCOUNT } from "../testing/account";
import { diagnostic, observedOf, step, summary, urnOf } from "../testing/events";
import type { Account } from "./account";
import { isAfterHours, policyOf, underPolicy as underPolicyWith } from "./policy";
import { type PreviewData, previewData } from "./preview-data";
import { previewMarkdown } from "./preview-markdown";

const surface = fakeSurface({
  "compose.yaml": "services:\n  web:\n    image: old\n",
  "compose.override.yaml": "services:\n  web:\n    image: web:1\n",
  "lyceum-policy.yaml": "pinnedImages: true\n",
  "wrong.yaml": "pinnedImage: true\n",
  "large.yaml": `maxTimeout: 1\n#${"x".repeat(1_048_576)}`,
});
const underPolicy = (
  data: PreviewData,
  file: PolicyFile | undefined,
  folder: string,
  files: typeof surface,
  account: Account = NO_ACCOUNT,
  of: "preview" | "change" = "preview",
) => underPolicyWith(data, file, folder, files, account, of);
const inputs = {
  executionType: "cpu",
  timeout: 60,
  composeFile: ".",
  compose: { services: { web: { image: "web:1" } } },
};

const previewed = (...events: Parameters<typeof observedOf>[0]) =>
  previewData(
    { project: "p", stack: "prod" },
    { kind: "succeeded", observed: observedOf(events), output: [] },
    NO_ACCOUNT,
  );

test("the project's policy applies without an option, and a policy that an option names must exist", () => {
  const read = (policy: string | undefined, folder = "/project") =>
    policyOf({ policy, folder, policyRef: undefined }, surface);
  expect(read(undefined)).toEqual({ pinnedImages: true });
  expect(read(undefined, "/elsewhere")).toBeUndefined();
  const misnamed = fakeSurface({ "infra/lyceum-policy.yml": "maxTimeout: 1\n" });
  expect(() => policyOf({ policy: undefined, folder: "/project/infra", policyRef: undefined }, misnamed)).toThrow(
    "LYC5100: Nobody reads the policy infra/lyceum-policy.yml: its name is lyceum-policy.yaml.",
  );
  const link = fakeSurface({ "infra/lyceum-policy.yaml": "maxTimeout: 1\n" });
  const broken = { ...link, stat: () => "missing" as const };
  expect(() => policyOf({ policy: undefined, folder: "/project/infra", policyRef: undefined }, broken)).toThrow(
    "LYC5100: The policy infra/lyceum-policy.yaml is a link to nothing, or is unreadable.",
  );
  const capital = fakeSurface({ "Lyceum-Policy.yaml": "maxTimeout: 1\n" });
  expect(() => policyOf({ policy: undefined, folder: "/project", policyRef: undefined }, capital)).toThrow(
    "LYC5100: Nobody reads the policy Lyceum-Policy.yaml: its name is lyceum-policy.yaml.",
  );
  expect(() => read("/project/none.yaml")).toThrow(/^LYC5100: The policy none\.yaml does not exist\./);
  expect(() => read("/project/large.yaml")).toThrow(/^LYC5100: The policy large\.yaml is too large\./);
  expect(() => read("/project/wrong.yaml")).toThrow(/^LYC5100: .*wrong\.yaml:1: a policy has no key pinnedImage/);
});

test("a policy in a folder above the project counts, up to the root of the repository; the nearest policy wins", () => {
  const read = (files: Readonly<Record<string, string>>, folder = "/repo/apps/infra") =>
    policyOf({ policy: undefined, folder, policyRef: undefined }, fakeSurface(files));
  const git = { "/repo/.git/HEAD": "" };
  const root = { "/repo/lyceum-policy.yaml": "maxTimeout: 60\n" };
  expect(read({ ...git, ...root })).toEqual({ maxTimeout: 60 });
  expect(read({ ...git, ...root, "/repo/apps/lyceum-policy.yaml": "maxTimeout: 30\n" })).toEqual({ maxTimeout: 30 });
  expect(read({ ...git, "/lyceum-policy.yaml": "maxTimeout: 60\n" })).toBeUndefined();
  expect(read({ "/repo/apps/.git": "", ...root })).toBeUndefined();
  expect(() => read({ ...git, "/repo/.lyceum-policy.yaml": "" })).toThrow(/^LYC5100: Nobody reads the policy/);
  // Outside of a repository, the search ends in the folder of the command.
  expect(read(root)).toBeUndefined();
  const here = { "/project/lyceum-policy.yaml": "maxTimeout: 60\n" };
  expect(read(here, "/project/apps/infra")).toEqual({ maxTimeout: 60 });
  expect(read({ "/lyceum-policy.yaml": "maxTimeout: 60\n" }, "/project/apps/infra")).toBeUndefined();
});

test("a violation names the line of the file, and makes the preview fail", () => {
  const data = underPolicy(
    previewed(step("create", "train", { new: inputs })),
    { pinnedImages: true },
    "/project",
    surface,
  );
  expect(data.succeeded).toBe(false);
  expect(data.violations).toMatchObject([
    { code: "LYC5103", file: "compose.override.yaml", range: { start: { line: 3, column: 12 } } },
  ]);
  const markdown = previewMarkdown(data);
  expect(markdown).toContain(
    "* compose.override.yaml:3:12 error LYC5103: train: image web:1 of service web has no digest.",
  );
  // The lines above the table must agree with the table.
  expect(markdown).toContain("**The policy does not allow this: 1 violation.** `ci apply` refuses it");
  expect(markdown).toMatch(/If the policy allowed it:\n\n\*\*1 run would start[\s\S]*\| starts a run \| train \|/);
});

test("a text is checked too, a secret text is refused, and deleted or adopted executions are not checked", () => {
  const { compose: _model, composeFile: _file, ...rest } = inputs;
  const under = (op: string, more: Record<string, unknown>) =>
    underPolicy(
      previewed(step(op, "train", { new: { ...rest, ...more } })),
      { pinnedImages: true },
      "/project",
      surface,
    ).violations;
  expect(under("same", { composeFileCode: "services: {a: {image: web}}" })[0]?.message).toContain(
    "of service a has no digest",
  );
  expect(under("create", { composeFileCode: { ciphertext: "[secret]" } })[0]?.message).toContain("cannot be checked");
  expect(under("delete", {})).toEqual([]);
  expect(under("create", { existingExecutionId: "run-1" })).toEqual([]);
  expect(under("same", { existingExecutionId: "run-1" })).toEqual([]);
});

test("a secret in plaintext is one error when the policy says so, even when the preview also warns of it", () => {
  const text = "services:\n  web:\n    image: web\n    environment: { API_TOKEN: written-out-here }\n";
  const files = fakeSurface({ "compose/w.yaml": text });
  // If the provider does not know the folder of the program, the provider names files relative to the Compose project.
  const warning = diagnostic(
    "train",
    "warning",
    "w.yaml:4:31 warning LYC2602: a key is written out\n  Take it from a variable.\n",
  );
  const data = previewed(step("create", "train", { new: { ...inputs, composeFile: "../compose/w.yaml" } }), warning);
  const under = (policy: Policy) => underPolicy(data, policy, "/project/infra", files);
  expect(under({}).succeeded).toBe(true);
  expect(under({ noPlaintextSecrets: true }).violations.map(violationLine)).toEqual([
    expect.stringMatching(
      /^\.\.\/compose\/w\.yaml:4:31 error LYC5105: Train: services\.web\.environment\.API_TOKEN is a secret/i,
    ),
  ]);
});

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

test.each([UNKNOWN, `run-${UNKNOWN}`, "[secret]", " "])(
  "an execution with existingExecutionId %j may start a run, so it is checked and counts in the cost",
  (existingExecutionId) => {
    const data = underPolicy(
      previewed(step("create", "train", { new: { ...inputs, executionType: UNKNOWN, existingExecutionId } })),
      { pinnedImages: true, executionTypes: ["cpu"], maxCost: 1 },
      "/project",
      surface,
    );
    expect(data.executions.map(({ action }) => action)).toEqual(["start"]);
    expect(data.cost.unknown).toEqual(["train"]);
    expect(data.violations.map(({ code }) => code)).toEqual(["LYC5102", "LYC5103", "LYC5107"]);
    expect(data.violations[0]?.message).toContain("executionType is not known at preview");
  },
);

/** The violations of an execution with this text. */
const found = (policy: Policy, more: Record<string, unknown>) => {
  const { compose: _model, composeFile: _file, ...rest } = inputs;
  const data = previewed(step("create", "train", { new: { ...rest, ...more } }));
  return underPolicy(data, policy, "/project", surface).violations.map(({ code, message }) => `${code} ${message}`);
};

test("an image that is secret, or a variable, inside a document cannot be checked", () => {
  for (const image of ["$IMAGE", "[secret]", "(secret) gwix023xpa5n", `evil.example/x:${UNKNOWN}`]) {
    expect(found({ registries: ["docker.io"] }, { compose: { services: { a: { image } } } })).toEqual([
      expect.stringContaining("cannot be checked"),
    ]);
  }
});

test.each([
  { compose: { services: { a: { image: UNKNOWN }, b: { image: "web" } } } },
  { composeFileCode: "services: {a: {build: .}}", images: { a: UNKNOWN } },
  { composeFileCode: "services: {a: {build: .}}", images: UNKNOWN },
  { compose: UNKNOWN, images: UNKNOWN },
])("images that are not known yet are checked at the update, and the preview reports this: %j", (more) => {
  const { compose: _model, composeFile: _file, ...rest } = inputs;
  const data = previewed(step("create", "train", { new: { ...rest, ...more } }));
  const under = (policy: Policy) => underPolicy(data, policy, "/project", surface);
  const { succeeded, violations, unknownImages } = under({ registries: ["docker.io"] });
  expect([succeeded, violations, unknownImages]).toEqual([true, [], ["train"]]);
  expect(previewMarkdown(under({ registries: ["docker.io"] }))).toContain("Images of train are not known yet.");
  expect(under({ maxTimeout: 60 }).unknownImages).toEqual([]);
});

test("a pattern that matches no stack of the project is a warning, and refuses nothing", () => {
  const data = previewed(step("create", "train", { new: { ...inputs, waitFor: "completed" } }));
  const files = fakeSurface({
    "infra/Pulumi.yaml": "stackConfigDir: settings\n",
    "infra/settings/Pulumi.dev-eu.yaml": "",
  });
  const policy = { awaitCompletedOn: ["pro", "prod*", "dev-*", "staging-*"] };
  const under = underPolicy(data, policy, "/project/infra", files);
  expect([under.succeeded, ...under.violations.map(violationLine)]).toEqual([
    true,
    expect.stringMatching(/^warning LYC5120: AwaitCompletedOn has pro, which matches no stack/i),
    expect.stringMatching(/^warning LYC5120: AwaitCompletedOn has staging-\*, which matches no stack/i),
  ]);
  expect(previewMarkdown(under)).toContain(
    "**Warnings of the policy**\n\n* warning LYC5120: awaitCompletedOn has pro,",
  );
  expect(previewMarkdown(under)).not.toContain("does not allow");
});

test("a rule below `warn` only warns, a section replaces a rule, and an exception allows a violation", () => {
  const data = previewed(step("create", "train", { new: inputs }), step("create", "web", { new: inputs }));
  const lines = (policy: PolicyFile) => {
    const under = underPolicy(data, policy, "/project", surface);
    return [
      under.succeeded,
      ...under.violations.map(({ severity, code, message }) => `${severity} ${code} ${message}`),
    ];
  };
  expect(lines({ maxTimeout: 60, warn: { maxTimeout: 50 } })).toEqual([
    true,
    "warning LYC5101 train: timeout is 60 s, at most 50 s are allowed",
    "warning LYC5101 web: timeout is 60 s, at most 50 s are allowed",
  ]);
  const exceptions = [{ rule: "maxTimeout", resource: "tr*", until: "2027-01-15", reason: "the old model" }] as const;
  expect(lines({ stacks: { "pro*": { maxTimeout: 50 } }, exceptions })).toEqual([
    false,
    "error LYC5101 web: timeout is 60 s, at most 50 s are allowed",
  ]);
  expect(lines({ maxTimeout: 50, exceptions: [{ ...exceptions[0], until: "2027-01-14" }] })[1]).toBe(
    "error LYC5101 train: timeout is 60 s, at most 50 s are allowed; an exception ended on 2027-01-14 (the old model)",
  );
});

test("outside of working hours, an apply that changes something is refused, and a preview warns", () => {
  const policy: PolicyFile = {
    workingHours: { days: ["monday"], from: "08:00", to: "18:00", timeZone: "UTC" },
  };
  const at = (of: "preview" | "change", op = "create") => {
    const data = previewed(step(op, "train", { new: inputs }));
    const { succeeded, violations } = underPolicy(data, policy, "/project", surface, NO_ACCOUNT, of);
    return [succeeded, ...violations.map(({ severity, code }) => `${severity} ${code}`)];
  };
  expect(at("preview")).toEqual([true, "warning LYC5113"]);
  expect(at("change")).toEqual([false, "error LYC5113"]);
  expect(at("change", "same")).toEqual([true]);
});

test.each<[string, Parameters<typeof observedOf>[0], boolean]>([
  ["nothing", [summary({ same: 2 })], true],
  ["a provider", [step("update", "eu", { type: "pulumi:providers:lyceum" }), summary({ same: 1, update: 1 })], false],
])("outside of working hours, an apply that changes %s", (_, events, isAllowed) => {
  const workingHours = { days: ["monday"], from: "08:00", to: "18:00", timeZone: "UTC" } as const;
  const { succeeded } = underPolicy(previewed(...events), { workingHours }, "/project", surface, NO_ACCOUNT, "change");
  expect(succeeded).toBe(isAllowed);
});

test("working hours that end during the preview are over before the change", () => {
  const workingHours = { days: ["friday"], from: "08:00", to: "18:00", timeZone: "UTC" } as const;
  const file: PolicyFile = {
    stacks: { prod: { workingHours } },
    warn: { workingHours: { ...workingHours, to: "09:00" } },
  };
  const at = (time: string, stack = "prod") => isAfterHours(file, stack, Date.parse(`2027-01-15T${time}Z`));
  expect([
    at("17:59:59"),
    at("18:00:00"),
    at("18:00:00", "dev"),
    isAfterHours(undefined, "prod", Date.parse("2027-01-15T18:00:00Z")),
  ]).toEqual([false, true, false, false]);
});

test("runs that the update aborts do not count as active, and replacing a protected resource is refused", () => {
  const old = { executionId: "run-1", status: "running", onDelete: "abort" };
  const data = previewed(step("replace", "train", { new: inputs, old }), step("delete", "db", { type: "aws:rds/i:I" }));
  const account = { ...NO_ACCOUNT, active: [{ executionId: "run-1" }, { executionId: "run-2" }] };
  const under = (policy: Policy) =>
    underPolicy(data, policy, "/project", surface, account).violations.map(({ message }) => message);
  expect(under({ parallelRuns: 2 })).toEqual([]);
  expect(under({ parallelRuns: 1 })).toEqual([expect.stringContaining("1 would start next to 1 of the account")]);
  expect(under({ protected: ["train", "aws:*/*"] })).toEqual([
    "train: it would be replaced, and train protects it",
    "db: it would be deleted, and aws:*/* protects it",
  ]);
});

test("a run with a provider of the program may be in another account, whose prices and runs nobody knows", () => {
  const account = { ...NO_ACCOUNT, prices: new Map([["cpu", 1]]), active: [], month: [] };
  const type = "pulumi:providers:lyceum";
  const under = (op: string, settings: Record<string, unknown> | undefined, policy: Policy) => {
    const provider = `urn:pulumi:prod::training::${type}::eu::1b2c`;
    const events = [
      ...(settings === undefined ? [] : [step("same", "eu", { type, old: {}, new: settings })]),
      step(op, "train", { new: inputs, old: { executionId: "run-1" }, provider }),
    ];
    const about = { project: "p", stack: "prod" };
    const data = previewData(about, { kind: "succeeded", observed: observedOf(events), output: [] }, account);
    return underPolicy(data, policy, "/project", surface, account).violations.map(({ code }) => code);
  };
  const limits = { maxCost: 9, maxCostPerRun: 9, maxCostPerMonth: 9, parallelRuns: 9 };
  const all = ["LYC5107", "LYC5109", "LYC5110", "LYC5112"];
  expect(under("create", { apiKey: "[secret]" }, limits)).toEqual(all);
  expect(under("create", { baseUrl: "https://other.example" }, limits)).toEqual(all);
  expect(under("create", undefined, limits)).toEqual(all);
  expect(under("create", { version: "1.0.0" }, limits)).toEqual([]);
  // No run starts, or no rule is about the account.
  expect(under("same", { apiKey: "[secret]" }, limits)).toEqual([]);
  expect(under("create", { apiKey: "[secret]" }, { maxTimeout: 60, executionTypes: ["cpu"] })).toEqual([]);
});

test("an alias does not give a protected resource a name that nothing protects", () => {
  const renamed = (op: string, name: string, from: string) => {
    const event = step(op, name, { type: "aws:rds/i:I" });
    const { metadata } = event.resourcePreEvent as NonNullable<EngineEvent["resourcePreEvent"]>;
    const old = { ...metadata, urn: urnOf(from, "aws:rds/i:I") } as unknown as typeof metadata.old;
    return { ...event, resourcePreEvent: { metadata: { ...metadata, old } } } as EngineEvent;
  };
  const under = (patterns: readonly string[], ...events: readonly EngineEvent[]) =>
    underPolicy(previewed(...events), { protected: patterns }, "/project", surface, NO_ACCOUNT).violations.map(
      ({ message }) => message,
    );
  expect(under(["db-*"], renamed("same", "store", "db-main"))).toEqual([
    "db-main: it would be renamed, and db-* protects it",
  ]);
  expect(under(["db-*"], renamed("same", "db-eu", "db-main"), renamed("update", "a", "b"))).toEqual([]);
  expect(under(["aws:*/*"], renamed("same", "store", "db-main"))).toEqual([]);
  expect(under(["db-main"], renamed("replace", "db-main-2", "db-main"))).toEqual([
    "db-main: it would be replaced, and db-main protects it",
    "db-main: it would be renamed, and db-main protects it",
  ]);
});

test("a provider is protected like a resource, also from a change, because it selects the account of its resources", () => {
  const provider = (op: string, name: string, changed: readonly string[] = ["region"]) =>
    step(op, name, { type: "pulumi:providers:aws", old: {}, diffs: [...changed] });
  const under = (pattern: string, ...events: readonly EngineEvent[]) =>
    underPolicy(previewed(...events), { protected: [pattern] }, "/project", surface, NO_ACCOUNT).violations.map(
      ({ message }) => message,
    );
  for (const pattern of ["eu", "pulumi:providers:aws"]) {
    expect(under(pattern, provider("update", "eu"))).toEqual([`eu: it would be changed, and ${pattern} protects it`]);
    expect(under(pattern, provider("replace", "eu"))).toEqual([`eu: it would be replaced, and ${pattern} protects it`]);
    expect(under(pattern, provider("delete", "eu"))).toEqual([`eu: it would be deleted, and ${pattern} protects it`]);
    expect(under(pattern, provider("update", "eu", ["version"]), provider("same", "eu"))).toEqual([]);
  }
  // Pulumi replaces a default provider by another one for each new version of its plugin.
  expect(
    under("pulumi:providers:aws", provider("delete", "default_7_0_0"), provider("create", "default_7_1_0")),
  ).toEqual([]);
});

test("an update after an unclear start counts as a start, and a replacement that adopts a run is a replacement", () => {
  const unclear = { executionId: "", startKey: "key-1" };
  const under = (
    policy: Policy,
    next: Record<string, unknown>,
    op = "update",
    old: Record<string, unknown> = unclear,
  ) =>
    underPolicy(previewed(step(op, "train", { new: next, old })), policy, "/project", surface, {
      ...NO_ACCOUNT,
      active: [{ executionId: "run-2" }],
    });
  const codes = ({ violations }: PreviewData) => violations.map(({ code }) => code);
  const start = under({ maxCost: 1, maxCostPerRun: 1, parallelRuns: 1 }, inputs);
  expect(codes(start)).toEqual(["LYC5107", "LYC5109", "LYC5112"]);
  expect(previewMarkdown(start)).toContain("| may start a run | train |");
  const adopted = { ...inputs, existingExecutionId: "run-1" };
  expect(codes(under({ parallelRuns: 1 }, adopted))).toEqual([]);
  expect(codes(under({ parallelRuns: 1 }, inputs, "update", { executionId: "run-1", startKey: "key-1" }))).toEqual([]);
  const ended = { executionId: "run-0", status: "completed", returnCode: 0, endedAt: "2027-01-01T00:00:00Z" };
  const replaced = under({ protected: ["train"] }, adopted, "replace", ended);
  expect(replaced.executions.map(({ action }) => action)).toEqual(["adopt"]);
  expect(replaced.violations.map(({ message }) => message)).toEqual([
    "train: it would be replaced, and train protects it",
  ]);
});
