import { parsePolicy } from "./parse-policy";
import type { Policy, PolicySubject } from "./policy";
import { comesFrom, isActive, isPinned, RULE_NAMES, ruleViolations } from "./rules";

const violationsOf = (policy: Policy, of: PolicySubject) =>
  RULE_NAMES.flatMap((rule) => ruleViolations(rule, policy, of));
const digest = `sha256:${"a".repeat(64)}`;
const imageOf = (image: string | undefined) => ({ service: "web", image, path: ["services", "web", "image"] });
const subject: PolicySubject = {
  name: "train",
  stack: "prod",
  executionType: "gpu.a100",
  timeout: 600,
  gracefulTimeout: 10,
  attempts: 3,
  waitFor: "running",
  images: [imageOf("ghcr.io/acme/web:1")],
  fileName: "train",
  parts: [],
};

test.each([
  ["maxTimeout", { maxTimeout: 300 }, { timeout: 300 }, "LYC5101"],
  [
    "a grace period that adds to the timeout",
    { maxTimeout: 600 },
    { gracefulTimeout: 10 },
    "LYC5101",
    { gracefulTimeout: 11 },
  ],
  ["a timeout that is not known", { maxTimeout: 300 }, { timeout: 300 }, "LYC5101", { timeout: undefined }],
  ["a grace period that is not known", { maxTimeout: 600 }, {}, "LYC5101", { gracefulTimeout: undefined }],
  ["executionTypes", { executionTypes: ["cpu"] }, { executionType: "cpu" }, "LYC5102"],
  ["pinnedImages", { pinnedImages: true }, { images: [imageOf(`web@${digest}`)] }, "LYC5103"],
  ["registries", { registries: ["docker.io"] }, { images: [imageOf("web")] }, "LYC5104"],
  ["images that are not known", { pinnedImages: true }, { images: [] }, "LYC5103", { images: undefined }],
  [
    "an image without a literal name",
    { registries: ["docker.io"] },
    { images: [imageOf("web")] },
    "LYC5104",
    { images: [imageOf(undefined)] },
  ],
  ["maxAttempts", { maxAttempts: 2 }, { attempts: 2 }, "LYC5116"],
  ["retries that are not known", { maxAttempts: 1 }, { attempts: 1 }, "LYC5116", { attempts: undefined }],
  ["awaitCompletedOn", { awaitCompletedOn: ["prod"] }, { waitFor: "completed" }, "LYC5106"],
  [
    "a stack with its project",
    { awaitCompletedOn: ["prod"] },
    { waitFor: "completed", stack: "o/p/prod" },
    "LYC5106",
    { stack: "o/p/prod" },
  ],
  ["another stack is not protected", { awaitCompletedOn: ["prod"] }, { stack: "dev" }, "LYC5106"],
] as const)(
  "the rule %s allows one execution and refuses another",
  (_, policy: Policy, allowed, code, refused: Partial<PolicySubject> = {}) => {
    expect(violationsOf(policy, { ...subject, ...allowed })).toEqual([]);
    const found = violationsOf(policy, { ...subject, ...refused });
    expect(found.map((violation) => [violation.code, violation.name])).toEqual([[code, "train"]]);
  },
);

test("an empty policy allows everything, and a violation of an image has its location", () => {
  expect(violationsOf({}, subject)).toEqual([]);
  expect(violationsOf({ pinnedImages: true }, subject)[0]).toMatchObject({
    message: "image ghcr.io/acme/web:1 of service web has no digest",
    path: ["services", "web", "image"],
  });
});

test.each<[Policy, Partial<PolicySubject>, string]>([
  [{ maxTimeout: 300 }, { timeout: undefined }, "timeout is not known at preview"],
  [{ maxTimeout: 600 }, { gracefulTimeout: undefined }, "gracefulTimeout is not known at preview"],
  [{ maxTimeout: 300 }, {}, "timeout is 600 s, at most 300 s are allowed"],
  [{ maxAttempts: 1 }, {}, "retries allows 3 runs, at most 1 is allowed"],
  [{ maxAttempts: 2 }, {}, "retries allows 3 runs, at most 2 are allowed"],
  [{ maxAttempts: 2 }, { attempts: undefined }, "retries is not known at preview"],
])("a policy says what it refuses: %o", (policy, of, message) => {
  expect(violationsOf(policy, { ...subject, ...of }).map((violation) => violation.message)).toEqual([message]);
});

test.each<[Policy, boolean]>([
  [{ pinnedImages: true }, true],
  [{ registries: ["ghcr.io"] }, true],
  [{ pinnedImages: false }, false],
  [{ maxTimeout: 300 }, false],
])("the rule about keys comes with a rule about images: %o", (policy, expected) => {
  expect(isActive("allowedKeys", policy)).toBe(expected);
});

test("a rule that is turned off refuses nothing", () => {
  expect(violationsOf({ pinnedImages: false }, subject)).toEqual([]);
});

test.each([
  ["busybox", "docker.io/library", true],
  ["busybox:stable", "docker.io", true],
  ["ghcr.io/acme/web:1", "ghcr.io/acme", true],
  ["ghcr.io/acme/web:1", "ghcr.io/acme/", true],
  ["ghcr.io/acme-evil/web:1", "ghcr.io/acme", false],
  ["ghcr.io.evil.example/acme/web", "ghcr.io", false],
  ["evil/ghcr.io/acme/web", "ghcr.io/acme", false],
  ["ghcr.io/acme/../evil/web", "ghcr.io/acme", false],
  ["ghcr.io/acme/web web", "ghcr.io/acme", false],
  ["https://ghcr.io/acme/web", "ghcr.io", false],
  ["EVIL/library/x", "docker.io", false],
  ["EVIL/library/x", "EVIL", true],
  ["evil/x", "docker.io", true],
  ["index.docker.io/x", "docker.io/library", true],
  ["localhost/x", "docker.io", false],
  ["localhost:5000/web", "localhost:5000", true],
  [`ghcr.io/acme/web@${digest}`, "ghcr.io/acme", true],
])("%s comes from %s: %s", (image, registry, expected) => {
  expect(comesFrom(image, registry)).toBe(expected);
});

test("only a whole digest pins an image", () => {
  expect([`web@${digest}`, `web:1@${digest}`].every(isPinned)).toBe(true);
  expect(["web", "web:sha256", "web@sha256:abc", `web:${digest}`].some(isPinned)).toBe(false);
});

test("all errors of a policy file are reported at once, in the order of their lines", () => {
  const parsed = parsePolicy("maxCost: 0\nregistries:\n  - ghcr.io\n  - http://a.b\n  - 1\nmaxTimout: 1\n", "p.yaml");
  expect(
    parsed.kind === "errors" && parsed.errors.map((error) => error.replace(/^p\.yaml:(\d+: \w+).*$/, "$1")),
  ).toEqual(["1: maxCost", "4: registries", "5: registries", "6: a"]);
});

test.each([
  [{ fileName: ["nightly", "team-*"] }, { fileName: "team-a" }, { fileName: undefined }],
  [{ executionTypes: ["gpu.*"] }, { executionType: "gpu.a100" }, { executionType: "cpu" }],
  [{ executionTypes: ["cpu", "gpu.l*"] }, { executionType: "gpu.l40s" }, { executionType: "gpu.a100" }],
  [{ awaitCompletedOn: ["prod-*"] }, { stack: "staging" }, { stack: "o/p/prod-eu" }],
  [{ awaitCompletedOn: ["o/p/*-eu"] }, { stack: "prod" }, { stack: "prod-eu" }],
  [
    { registries: ["*.example.com/team"] },
    { images: [imageOf("eu.example.com/team/web")] },
    { images: [imageOf("eu.example.com/other/web")] },
  ],
])(
  "the rule %j allows one subject and refuses another",
  (policy: Policy, allowed: Partial<PolicySubject>, refused: Partial<PolicySubject>) => {
    expect(violationsOf(policy, { ...subject, ...allowed })).toEqual([]);
    expect(violationsOf(policy, { ...subject, ...refused })).toHaveLength(1);
  },
);

test("a policy file is read strictly", () => {
  const text = "maxTimeout: 300\nregistries: [ghcr.io/acme]\npinnedImages: true\n";
  expect(parsePolicy(text, "p.yaml")).toEqual({
    kind: "policy",
    policy: { maxTimeout: 300, registries: ["ghcr.io/acme"], pinnedImages: true },
  });
});

test.each([
  ["maxTimout: 300", /^p\.yaml:1: a policy has no key maxTimout; it has maxTimeout, /],
  ["pinnedImages: true\nmaxTimeout: '300'", /^p\.yaml:2: maxTimeout must be a number above 0/],
  ["registries: ghcr.io", /^p\.yaml:1: registries must be a list of patterns/],
  ["pinnedImages: yes", /^p\.yaml:1: pinnedImages must be true or false/],
  ["executionTypes: []", /^p\.yaml:1: executionTypes must be a list/],
  ["executionTypes: [cpu, gpu-a100]", /^p\.yaml:1: executionTypes has "gpu-a100", which has a -/],
  ["executionTypes:\n  - cpu\n  - gpu.?", /^p\.yaml:3: executionTypes has "gpu\.\?", which has a \?/],
  ["awaitCompletedOn: ['prod-{a,b}']", /^p\.yaml:1: awaitCompletedOn has .*, which has a \{/],
  ["registries: ['https://ghcr.io/acme']", /^p\.yaml:1: .*, which starts with https:\/\/: write ghcr\.io\/acme$/],
  ["registries: [acme]", /^p\.yaml:1: .*names no registry, because Docker reads it as docker\.io\/acme: write that$/],
  ["registries: ['ghcr.io/acme:1']", /^p\.yaml:1: .*, which has a tag: write ghcr\.io\/acme$/],
  ["registries: ['ghcr.io/web@sha256:abc']", /^p\.yaml:1: .*, which has a digest/],
  ["registries: ['ghcr.io*']", /^p\.yaml:1: .*, which has a star at the end of its host/],
  ["registries: ['*']", /^p\.yaml:1: .*, which has a star at the end of its host/],
  ["registries: [ghcr.io/Acme]", /^p\.yaml:1: .*, which has capital letters/],
  ["allowedKeys: [biuld]", /^p\.yaml:1: allowedKeys has "biuld", which is none of annotations, build, /],
  ["", /^p\.yaml: a policy is a map/],
  ["- a", /^p\.yaml: a policy is a map/],
  ["maxCost: 1\nmaxCost: 2", /^p\.yaml:2: /],
  ["registries: &all [ghcr.io]\nexecutionTypes: *all", /^p\.yaml:2: a policy has no aliases/],
  ["a: [", /^p\.yaml:\d: /],
])("%j is not a policy", (text, message) => {
  const parsed = parsePolicy(text, "p.yaml");
  expect(parsed.kind === "errors" ? parsed.errors[0] : "").toMatch(message);
});
