import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import { imageRules, imageViolations } from "./at-update";

const rules = imageRules({ registries: ["ghcr.io"], pinnedImages: true, maxTimeout: 1 });
const pinned = `ghcr.io/web@sha256:${"a".repeat(64)}`;
const found = (inputs: Readonly<Record<string, unknown>>) =>
  imageViolations(rules, { timeout: 300, ...inputs }).map(({ code, message }) => `${code} ${message}`);
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

test("a policy without rules about images refuses no image", () => {
  expect(imageViolations(imageRules({ maxTimeout: 1 }), text("evil:1"))).toEqual([]);
});

test.each(["x", "null", '{"registries":"ghcr.io"}', "{"])(
  "a variable that holds no rules refuses all: %s",
  (variable) => {
    expect(imageViolations(variable, compose(pinned))).toEqual([
      expect.objectContaining({ code: "LYC5100", message: expect.stringContaining("LYCEUM_IMAGE_RULES") }),
    ]);
  },
);
