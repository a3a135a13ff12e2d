import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Diagnostic } from "../../../compose";
import { fakeSurface } from "../../testing/surface";
import { writeFindings } from "./findings";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-findings-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const FOUND: Diagnostic = {
  code: "LYC5101",
  severity: "error",
  message: "train: too long",
  remedy: "Lower it.",
  file: "/project/lyceum-policy.yaml",
};

/**
 * Writes findings. Returns the printed lines, the number of findings in the Code Quality report, and the number of
 * findings for a report about several stacks.
 */
function written(found: readonly Diagnostic[], annotates: boolean, workspace?: string) {
  const surface = fakeSurface({}, workspace === undefined ? {} : { GITHUB_WORKSPACE: workspace });
  const codequality = join(folder, "quality.json");
  const passed: Diagnostic[] = [];
  writeFindings({ sarif: undefined, codequality, annotates, onFound: (more) => passed.push(...more) }, surface, found);
  const { length } = JSON.parse(readFileSync(codequality, "utf8")) as readonly unknown[];
  return [surface.output.join("\n").replace(/,title=.*/, ""), length, passed.length];
}

test.each([
  [
    "annotations, relative to the folder of the command",
    [FOUND],
    true,
    undefined,
    "::error file=lyceum-policy.yaml",
    1,
  ],
  ["annotations, with an empty GITHUB_WORKSPACE", [FOUND], true, "", "::error file=lyceum-policy.yaml", 1],
  ["annotations, relative to GITHUB_WORKSPACE", [FOUND], true, "/", "::error file=project/lyceum-policy.yaml", 1],
  ["no annotations", [FOUND], false, undefined, "", 1],
  ["nothing that was found", [], true, undefined, "", 0],
])("findings are written as %s", (_what, found, annotates, workspace, printed, length) => {
  expect(written(found, annotates, workspace)).toEqual([printed, length, length]);
});

test("nothing is printed for annotations of no finding", () => {
  const surface = fakeSurface({});
  writeFindings({ sarif: undefined, codequality: undefined, annotates: true }, surface, []);
  expect(surface.output).toEqual([]);
});
