import type { Diagnostic } from "../../../compose";
import { asGithub } from "../../reports/github";
import { asSarif } from "../../reports/sarif";
import { fakeSurface } from "../../testing/surface";
import type { Session } from "../stack/session";
import { NO_ACCOUNT } from "../testing/account";
import { observedOf } from "../testing/events";
import { foundIn, preview } from "./preview";
import { type PreviewData, previewData, withFilesFrom } from "./preview-data";
import { previewMarkdown } from "./preview-markdown";

test("a stack that the preview created is removed when the policy cannot be used", async () => {
  const removeIfNew = jest.fn().mockResolvedValue(undefined);
  const surface = fakeSurface({ "infra/lyceum-policy.yaml": "maxTimout: 1\n" });
  const session = { request: { folder: "/project/infra" }, surface, open: { removeIfNew } } as unknown as Session;
  await expect(preview(session)).rejects.toThrow(/^LYC5100: .*lyceum-policy\.yaml:1: a policy has no key maxTimout/);
  expect(removeIfNew).toHaveBeenCalledTimes(1);
});

const at = (line: number) => ({ line, column: 12, offset: 0 });
const range = { start: at(3), end: at(3) };
const violation = (code: string, more: Partial<Diagnostic>): Diagnostic => ({
  code,
  severity: "error",
  message: "train: this is not allowed",
  remedy: "Change it.",
  ...more,
});
/** The result of `ci preview --cwd infra` in `/project`. Pulumi and the policy give file names relative to `infra`. */
const previewed: PreviewData = {
  ...previewData(
    { project: "training", stack: "prod" },
    { kind: "succeeded", observed: observedOf([]), output: [] },
    NO_ACCOUNT,
  ),
  violations: [violation("LYC5104", { file: "../compose/db.yaml", range }), violation("LYC5101", {})],
  diagnostics: [
    violation("LYC2602", { severity: "warning", file: "job.yaml", range }),
    violation("LYC2602", { severity: "warning", file: "composeFileCode", range }),
    violation("LYC2513", { file: "images.web" }),
  ],
};
const found = withFilesFrom(previewed, "/project/infra", "/project");
const request = { folder: "/project/infra", policy: undefined };
const sarif = (project: Parameters<typeof foundIn>[1]) =>
  asSarif(foundIn(found, project), { version: "1.2.3", folder: "/project" });

test("files are named relative to the command's folder; other violations are on the policy", () => {
  const { results } = JSON.parse(sarif(request)).runs[0];
  const places = results.map(({ ruleId, locations: [{ physicalLocation: place }] }: Result) => [
    ruleId,
    place.artifactLocation.uri,
    place.region.startLine,
  ]);
  expect(places).toEqual([
    ["LYC5104", "compose/db.yaml", 3],
    ["LYC5101", "infra/lyceum-policy.yaml", 1],
    ["LYC2602", "infra/job.yaml", 3],
    ["LYC2602", "composeFileCode", 3],
    ["LYC2513", "infra/Pulumi.yaml", 1],
  ]);
  const named = { ...request, policy: "/project/policies/runs.yaml" };
  expect(sarif(named)).toContain('"policies/runs.yaml"');
});

interface Result {
  readonly ruleId: string;
  readonly locations: readonly [
    { readonly physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } },
  ];
}

test.each([
  [undefined, ""],
  ["/", "project/"],
])("annotations name files relative to the repository root, also with GITHUB_WORKSPACE %j", (workspace, prefix) => {
  const text = asGithub(foundIn(found, request), "/project", workspace);
  const files = [
    "compose/db.yaml",
    "infra/lyceum-policy.yaml",
    "infra/job.yaml",
    "composeFileCode",
    "infra/Pulumi.yaml",
  ];
  expect([...text.matchAll(/ file=([^,:]*)/g)].map(([, file]) => file)).toEqual(files.map((file) => prefix + file));
});

test("the comment names files relative to the repository root, too", () => {
  const text = previewMarkdown(found);
  expect(text).toContain("* compose/db.yaml:3:12 error LYC5104: ");
  expect(text).toContain("* infra/job.yaml:3:12 warning LYC2602: ");
  expect(text).toContain("* composeFileCode:3:12 warning LYC2602: ");
});
