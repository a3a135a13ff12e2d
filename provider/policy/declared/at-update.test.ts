import { machine } from "../../lifecycle/testing/project-machine";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import type { Policy, PolicyException } from "../policy";
import { IMAGE_RULES_VARIABLE, imageRules, imageViolations, uploadViolation, withViolations } from "./at-update";

const rulesOf = (refuse: Policy) => imageRules({ refuse, exceptions: [] }, "2027-01-01");
const URN = "urn:pulumi:prod::shop::lyceum:index:ComposeExecution::train";
const rules = rulesOf({ registries: ["ghcr.io"], pinnedImages: true });
const pinned = `ghcr.io/web@sha256:${"a".repeat(64)}`;
const found = (inputs: Readonly<Record<string, unknown>>) =>
  imageViolations(rules, { timeout: 300, ...inputs }, URN).map(({ code, message }) => `${code} ${message}`);
const compose = (image: string) => ({ composeFile: "a.yaml", compose: { services: { web: { image } } } });
const text = (web: string) => ({ composeFileCode: "services: {web: {build: .}}", images: { web } });

test.each([
  ["of files", compose(pinned), []],
  ["of a text", text(pinned), []],
  [
    "of files, from elsewhere",
    compose("evil:1"),
    [
      "LYC5103 image evil:1 of service web has no digest",
      "LYC5104 image evil:1 of service web does not come from ghcr.io",
    ],
  ],
  [
    "of a text, which may be secret",
    text("evil:1"),
    ["LYC5103 an image of service web has no digest", "LYC5104 an image of service web does not come from ghcr.io"],
  ],
  ["of a run that is adopted", { ...compose("evil:1"), existingExecutionId: "run" }, []],
  [
    "that is not known, though an update knows all",
    text(UNKNOWN_TEXT),
    [
      "LYC5103 an image of service web cannot be checked: no name is written out for it",
      "LYC5104 an image of service web cannot be checked: no name is written out for it",
    ],
  ],
  [
    "with the marker of unknown values in its name",
    compose(`evil.example/x:${UNKNOWN_TEXT}`),
    [
      "LYC5103 an image of service web cannot be checked: no name is written out for it",
      "LYC5104 an image of service web cannot be checked: no name is written out for it",
    ],
  ],
])("an image %s", (_, inputs, expected) => {
  expect(found(inputs)).toEqual(expected);
});

describe("a check in a pipeline", () => {
  const before = process.env[IMAGE_RULES_VARIABLE];
  beforeEach(() => {
    process.env[IMAGE_RULES_VARIABLE] = rules;
  });
  afterEach(() => {
    if (before === undefined) delete process.env[IMAGE_RULES_VARIABLE];
    else process.env[IMAGE_RULES_VARIABLE] = before;
  });
  const inputs = { timeout: 300, ...compose("ghcr.io/web:1") };
  const failure = { property: "timeout", reason: "LYC4010: timeout must be at least 1" };

  test("refuses what the rules refuse, and says what to do", () => {
    expect(withViolations([], inputs, URN)).toEqual([
      {
        property: "",
        reason: expect.stringMatching(/^LYC5103: image ghcr.io\/web:1 of service web has no digest\. \w/),
      },
    ]);
  });

  test("shows failures of arguments alone, because the images are not known then", () => {
    expect(withViolations([failure], inputs, URN)).toEqual([failure]);
  });

  test("refuses nothing without rules", () => {
    delete process.env[IMAGE_RULES_VARIABLE];
    expect(withViolations([], inputs, URN)).toEqual([]);
  });
});

test("a policy without rules about images refuses no image", () => {
  expect(imageViolations(rulesOf({ maxTimeout: 300 }), text("evil:1"), URN)).toEqual([]);
});

test.each(["x", "null", '{"registries":"ghcr.io"}', "{"])(
  "a variable that holds no rules refuses all: %s",
  (variable) => {
    expect(imageViolations(variable, compose(pinned), URN)).toEqual([
      expect.objectContaining({ code: "LYC5100", message: expect.stringContaining("LYCEUM_IMAGE_RULES") }),
    ]);
  },
);

test("the contents of files and variables that the provider puts into a project's model are allowed", () => {
  const { compose } = machine().checked().inputs;
  expect(JSON.stringify(compose)).toContain("secrets");
  const inputs = { composeFile: "app", compose };
  expect(imageViolations(rulesOf({ registries: ["docker.io/library"] }), inputs, URN)).toEqual([]);
});

test.each<[Policy, object, string]>([
  [{ maxTimeout: 60 }, { timeout: 61 }, "LYC5101 timeout is 61 s, at most 60 s are allowed"],
  [{ executionTypes: ["gpu.*"] }, {}, "LYC5102 executionType is cpu, allowed: gpu.*"],
  [{ awaitCompletedOn: ["prod"] }, {}, "LYC5106 waitFor is running on the stack prod"],
  [{ fileName: ["team-*"] }, {}, "LYC5111 fileName is train, allowed: team-*"],
])(
  "the other rules about one execution hold, too, because a program may change at the update: %j",
  (refuse, inputs, line) => {
    const violations = imageViolations(rulesOf(refuse), { timeout: 60, ...text(pinned), ...inputs }, URN);
    expect(violations.map(({ code, message }) => `${code} ${message}`)).toEqual([line]);
  },
);

test("an exception holds, unless it has ended when the apply begins", () => {
  const exception: PolicyException = { rule: "pinnedImages", resource: "tr*", until: "2027-01-01", reason: "r" };
  const under = (today: string) =>
    imageViolations(
      imageRules({ refuse: { pinnedImages: true }, exceptions: [exception] }, today),
      text("evil:1"),
      URN,
    );
  expect(under("2027-01-01")).toEqual([]);
  expect(under("2027-01-02")).toMatchObject([{ code: "LYC5103" }]);
});

describe("the limit of uploads", () => {
  const before = process.env[IMAGE_RULES_VARIABLE];
  afterEach(() => {
    if (before === undefined) delete process.env[IMAGE_RULES_VARIABLE];
    else process.env[IMAGE_RULES_VARIABLE] = before;
  });
  const codesOf = (rules: string | undefined, bytes: number) => {
    if (rules === undefined) delete process.env[IMAGE_RULES_VARIABLE];
    else process.env[IMAGE_RULES_VARIABLE] = rules;
    return uploadViolation(bytes)?.reason;
  };

  test("is passed to the provider, and holds for what the command sends", () => {
    const rules = rulesOf({ maxUploadBytes: 5 });
    expect(codesOf(rules, 5)).toBeUndefined();
    expect(codesOf(rules, 6)).toBe(
      "LYC5115: 6 bytes would be uploaded, at most 5 are allowed. Leave files out with `exclude`, or upload less in one apply.",
    );
    expect(codesOf(undefined, 6)).toBeUndefined();
    expect(codesOf(rulesOf({ maxTimeout: 5 }), 6)).toBeUndefined();
    expect(codesOf("{", 0)).toMatch(/^LYC5100: /);
  });

  test("may have exceptions", () => {
    const exceptions = [{ rule: "maxUploadBytes" as const, until: "2027-01-01", reason: "first upload" }];
    expect(codesOf(imageRules({ refuse: { maxUploadBytes: 5 }, exceptions }, "2026-12-31"), 6)).toBeUndefined();
    expect(codesOf(imageRules({ refuse: { maxUploadBytes: 5 }, exceptions }, "2027-01-02"), 6)).toMatch(/^LYC5115/);
  });
});
