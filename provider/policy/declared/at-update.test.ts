import { UNKNOWN_TEXT } from "../../hosts/wire-forms";
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
  ["that is not known yet", text(UNKNOWN_TEXT), []],
  ["that are not known yet by their names", { ...compose(UNKNOWN_TEXT), images: UNKNOWN_TEXT }, []],
])("an image %s", (_, inputs, expected) => {
  expect(found(inputs)).toEqual(expected);
});

test("a policy without rules about images refuses none", () => {
  expect(imageViolations(imageRules({ maxTimeout: 1 }), text("evil:1"))).toEqual([]);
});
