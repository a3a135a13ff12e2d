import { fakeSurface } from "../../testing/surface";
import { NO_ACCOUNT } from "../testing/account";
import { observedOf, step } from "../testing/events";
import { underPolicy } from "./policy";
import { previewData, previewReport } from "./preview-data";
import { previewMarkdown } from "./preview-markdown";

const FILES = "lyceum:index:StoredFiles";
const sized = (fileCount: number, bytes: number) => ({ prefix: "p/", hash: "h", fileCount, bytes });
const previewed = (...steps: readonly (readonly [string, object])[]) =>
  previewData(
    { project: "p", stack: "prod" },
    {
      kind: "succeeded",
      observed: observedOf(steps.map(([name, inputs]) => step("create", name, { type: FILES, new: { ...inputs } }))),
      output: [],
    },
    NO_ACCOUNT,
  );

test("the summary and the report have the uploads by count and size", () => {
  const data = previewed(["models", sized(2, 3_000_000)], ["data", sized(1, 500)]);
  expect(previewMarkdown(data)).toContain(
    "\n\nUploads: 3 files, 3.0 MB: data (1 file, 500 B), models (2 files, 3.0 MB).\n",
  );
  const request = { operation: "preview", stack: "prod", previewOnly: true } as const;
  expect(previewReport(request, data).uploads).toMatchObject([
    { name: "data", files: 1, bytes: 500 },
    { name: "models", files: 2, bytes: 3_000_000 },
  ]);
  const unknown = previewed(["data", { source: "?" }]);
  expect(previewMarkdown(unknown)).toContain("\n\nUploads are not known yet: data (not known yet).\n");
  expect(previewReport(request, unknown).uploads).toMatchObject([{ files: null, bytes: null }]);
  expect(previewMarkdown(previewed())).not.toContain("Uploads");
});

test("the policy limits the sum of all uploads", () => {
  const data = previewed(["models", sized(2, 60)], ["data", sized(1, 41)]);
  const under = (maxUploadBytes: number) =>
    underPolicy(data, { maxUploadBytes }, "/project", fakeSurface({}), NO_ACCOUNT);
  expect(under(101).succeeded).toBe(true);
  expect(under(100)).toMatchObject({
    succeeded: false,
    violations: [expect.objectContaining({ code: "LYC5115", severity: "error" })],
  });
});
