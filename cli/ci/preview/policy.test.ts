import type { Policy, PolicyFile } from "../../../provider/policy";
import { violationLine } from "../../../provider/policy/declared";
import { fakeSurface } from "../../testing/surface";
import { NO_ACCOUNT } from "../testing/account";
import { diagnostic, type observedOf, step, summary } from "../testing/events";
import { EXECUTION_INPUTS as inputs, previewed } from "../testing/previewed";
import type { Account } from "./account";
import { isAfterHours, policyOf, underPolicy as underPolicyWith } from "./policy";
import type { PreviewData } from "./preview-data";
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
