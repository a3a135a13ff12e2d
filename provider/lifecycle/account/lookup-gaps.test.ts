import { modelError } from "../testing/model-service";
import { reportOn } from "../watch/ports";
import { describeGap, type Gap, listRefusals, readGaps, reportFileName, warnOfGaps } from "./lookup-gaps";
import { createProcessCache } from "./process-cache";

const refused = { kind: "refused", call: "list", error: modelError(403) } as const satisfies Gap;

/** Makes the process cache of one command and a list that collects its warnings. */
function command() {
  const warnings: string[] = [];
  const ignore = () => undefined;
  const report = reportOn("u", {
    progress: ignore,
    notice: ignore,
    warning: (urn, text) => void warnings.push(`${urn} ${text}`),
  });
  return { processCache: createProcessCache(), report, warnings };
}

test.each<[Gap, string]>([
  [refused, "GET /workloads/list answered 403: active runs are searched in the history alone"],
  [{ kind: "unreadable", call: "history", count: 1 }, "shows 1 entry that cannot be parsed: it may be a run"],
  [
    { kind: "unreadable", call: "history", count: 2 },
    "shows 2 entries that cannot be parsed: one of them may be a run",
  ],
  [{ kind: "more", call: "list" }, "has more entries than the provider can read"],
  [{ kind: "unnamed", count: 1 }, "and 1 run is active: it may be a run of this resource"],
  [{ kind: "unnamed", count: 3 }, "and 3 runs are active: one of them may be a run of this resource"],
  [{ kind: "credential", error: modelError(401) }, "What has become of the runs since the last command is not known."],
])("describes the gap $kind", (gap, sentence) => expect(describeGap(gap)).toContain(sentence));

test("lists only the refusals", () => {
  const gaps: Gap[] = [refused, { kind: "unnamed", count: 1 }, { ...refused, call: "record", error: modelError(404) }];
  expect(listRefusals(gaps)).toMatch(/^GET \/workloads\/list answered 403, GET \S+ answered 404$/);
});

test("the refusals of the named calls are gaps", () => {
  const error = modelError(403);
  expect(readGaps((call) => (call === "record" || call === "list" ? error : undefined))).toEqual([
    { kind: "refused", call: "record", error },
  ]);
});

test("warns of each gap once in a command, and of a refused credential without a code", () => {
  const { warnings, ...context } = command();
  warnOfGaps(context, []);
  warnOfGaps(context, [refused]);
  warnOfGaps(context, [refused]);
  const entries = (call: "list" | "history", count: number): Gap => ({ kind: "unreadable", call, count });
  warnOfGaps(context, [refused, entries("list", 1)]);
  warnOfGaps(context, [entries("list", 1), entries("history", 1)]);
  warnOfGaps(context, [{ kind: "credential", error: modelError(401) }]);
  expect(warnings).toEqual([
    expect.stringMatching(/^u LYC3015: GET \/workloads\/list answered 403/),
    expect.stringMatching(/^u LYC3015: GET \/workloads\/list shows 1 entry/),
    expect.stringMatching(/^u LYC3015: GET \/billing\/history shows 1 entry/),
    expect.stringMatching(/^u (?!LYC3015).*is not known/),
  ]);
});

const KEY = "lyc1.key";
/** A start key of 28 letters that can be found anywhere in a name. */
const READABLE = "scope1resour1inputs1a001tag1";

test.each([
  ["a name that is missing", KEY, undefined, [expect.stringContaining("does not return the file name of run r1")]],
  ["another name", KEY, "train.yaml", [expect.stringContaining("alters the file name of run r1")]],
  ["the start key", KEY, KEY, []],
  ["the start key and a label", KEY, `${KEY}-train`, []],
  ["another name than that of a key of 28 letters", READABLE, "train.yaml", [expect.stringContaining("alters")]],
  ["a key of 28 letters behind other text", READABLE, `team_${READABLE.toUpperCase()}`, []],
  ["a key of another start", READABLE, READABLE.replace("a001", "a002"), [expect.stringContaining("alters")]],
  ["another name of a run without a key", "", "train.yaml", []],
])("warns once of a file name that was altered: %s", (_, startKey, fileName, expected) => {
  const { warnings, ...context } = command();
  for (const _again of [1, 2]) {
    reportFileName(context, { executionId: "r1", startKey }, fileName);
    expect(warnings).toEqual(expected);
  }
});
