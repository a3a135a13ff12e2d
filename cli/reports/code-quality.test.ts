import type { Diagnostic } from "../../compose";
import { asCodeQuality } from "./code-quality";

interface Issue {
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: unknown;
}

const at = (line: number) => ({
  start: { line, column: 3, offset: 0 },
  end: { line, column: 9, offset: 6 },
});

function found(change: Partial<Diagnostic> = {}): Diagnostic {
  const place = { file: "compose/web.yaml", range: at(4), path: "services.web.image" };
  return {
    code: "LYC2105",
    severity: "error",
    message: "imgae is unknown",
    remedy: "Write image.",
    ...place,
    ...change,
  };
}

const issuesOf = (...diagnostics: readonly Diagnostic[]) =>
  JSON.parse(asCodeQuality(diagnostics, "/project")) as readonly Issue[];
const fingerprintsOf = (...diagnostics: readonly Diagnostic[]) =>
  issuesOf(...diagnostics).map(({ fingerprint }) => fingerprint);

test("an issue has the fields that GitLab requires, with a path from the root of the repository", () => {
  expect(issuesOf(found(), found({ severity: "warning", file: "/project/a b/ü.yaml" }))).toEqual([
    {
      description: "LYC2105: Imgae is unknown. Write image.",
      check_name: "LYC2105",
      fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
      severity: "major",
      location: { path: "compose/web.yaml", lines: { begin: 4 } },
    },
    expect.objectContaining({ severity: "minor", location: { path: "a b/ü.yaml", lines: { begin: 4 } } }),
  ]);
});

test("without diagnostics there are no issues, and a diagnostic without a line is on the first line", () => {
  expect(issuesOf()).toEqual([]);
  const { range: _none, ...whole } = found();
  expect(issuesOf(whole)[0]?.location).toEqual({ path: "compose/web.yaml", lines: { begin: 1 } });
});

test("a fingerprint stays the same if the line moves, and differs for any other difference", () => {
  const [usual] = fingerprintsOf(found());
  expect(fingerprintsOf(found({ range: at(9) }))).toEqual([usual]);
  for (const change of [{ file: "b.yaml" }, { code: "LYC2106" }, { message: "other" }, { path: "services.db" }]) {
    expect(fingerprintsOf(found(change))).not.toEqual([usual]);
  }
  expect(new Set(fingerprintsOf(found(), found({ range: at(9) }), found({ range: at(12) }))).size).toBe(3);
});

test("no text of a document acts as a command of a pipeline", () => {
  expect(asCodeQuality([found({ message: "##[group]x" })], "/project")).not.toContain("##[group]");
});

test("a fingerprint is that of earlier versions, because GitLab would show each diagnostic again", () => {
  expect(fingerprintsOf(found(), found()).map((one) => one.slice(0, 8))).toEqual(["502e9437", "4ec159b1"]);
});
