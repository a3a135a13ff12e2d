import { type Action, decide, type FoundFile, type KeyFacts, questionsAbout } from "./decide";
import type { RecordedFile } from "./record";

const own: RecordedFile = { key: "k", etag: "e1", content: "c1", isOwn: true };
const unanswered: RecordedFile = { ...own, etag: "", content: "" };
const shared: RecordedFile = { ...own, isOwn: false };
const found = (etag: string, writer?: FoundFile["writer"], isSame?: boolean): FoundFile => ({ etag, writer, isSame });

const ROWS: readonly (readonly [string, KeyFacts, Action])[] = [
  ["a new file", { wanted: "c1" }, "put"],
  ["a recorded file that is gone", { wanted: "c1", recorded: own }, "put"],
  ["an unchanged own file", { wanted: "c1", recorded: own, found: found("e1") }, "keep"],
  ["an own file whose source changed", { wanted: "c2", recorded: own, found: found("e1", "own") }, "put"],
  [
    "an own file whose source changed, after a run has written the same content again",
    { wanted: "c2", recorded: own, found: found("e1", "none") },
    "put",
  ],
  [
    "an own file whose source changed, after another stack has stored the former content",
    { wanted: "c2", recorded: own, found: found("e1", "other") },
    "refuse",
  ],
  ["the same content of another resource of the stack", { wanted: "c1", found: found("e1", "stack", true) }, "put"],
  ["another content of another resource of the stack", { wanted: "c1", found: found("e1", "stack") }, "refuse"],
  ["an unchanged shared file", { wanted: "c1", recorded: shared, found: found("e1") }, "share"],
  ["a shared file, and the source changed", { wanted: "c2", recorded: shared, found: found("e1", "other") }, "refuse"],
  ["what an interrupted create has stored", { wanted: "c1", found: found("e1", "own", true) }, "keep"],
  ["what an interrupted create has stored, and the source changed", { wanted: "c2", found: found("e1", "own") }, "put"],
  ["the same content of another resource", { wanted: "c1", found: found("e1", "other", true) }, "share"],
  ["the same content of another tool", { wanted: "c1", found: found("e1", "none", true) }, "share"],
  ["another content of another resource", { wanted: "c1", found: found("e2", "other", false) }, "refuse"],
  ["another content of another tool", { wanted: "c1", found: found("e2", "none", false) }, "refuse"],
  ["an ETag that nobody can compare", { wanted: "c1", found: found("opaque", "other") }, "refuse"],
  ["an own file that a run has changed", { wanted: "c1", recorded: own, found: found("e2", "none", false) }, "put"],
  [
    "an own file in whose place somebody has put the wanted content",
    { wanted: "c1", recorded: own, found: found("e2", "none", true) },
    "share",
  ],
  ["a file that was sent without an answer", { wanted: "c1", recorded: unanswered, found: found("e2", "own") }, "put"],
  ["somebody's file in its place", { wanted: "c1", recorded: unanswered, found: found("e2", "none") }, "refuse"],
  ["a former file without an answer", { recorded: unanswered, found: found("e2", "own") }, "remove"],
  ["somebody's file in the place of a former one", { recorded: unanswered, found: found("e2", "none") }, "leave"],
  [
    "an own file that another resource took",
    { wanted: "c1", recorded: own, found: found("e2", "other", false) },
    "refuse",
  ],
  [
    "a shared file that its owner changed",
    { wanted: "c1", recorded: shared, found: found("e2", "other", false) },
    "refuse",
  ],
  ["a former file that is gone", { recorded: own }, "forget"],
  ["a former shared file", { recorded: shared, found: found("e1") }, "forget"],
  ["a former own file", { recorded: own, found: found("e1", "own") }, "remove"],
  ["a former own file that another stack has stored again", { recorded: own, found: found("e1", "other") }, "leave"],
  ["a former own file that a tool has stored again", { recorded: own, found: found("e1", "none") }, "leave"],
  ["a former own file that another resource took over", { recorded: own, found: found("e1", "stack") }, "forget"],
  ["a former own file that an interrupted update changed", { recorded: own, found: found("e2", "own") }, "remove"],
  ["a former own file that a run has changed", { recorded: own, found: found("e2", "none") }, "leave"],
  ["a former own file that another resource took", { recorded: own, found: found("e2", "other") }, "leave"],
  ["a former exclusive file", { recorded: own, found: found("e1"), isExclusive: true }, "remove"],
  [
    "a former exclusive file that a run has rewritten through a mount that keeps its metadata",
    { recorded: own, found: found("e2", "own"), isExclusive: true },
    "leave",
  ],
  [
    "an exclusive file without an answer",
    { recorded: unanswered, found: found("e2", "own"), isExclusive: true },
    "remove",
  ],
  [
    "an exclusive file without an answer and a name",
    { recorded: unanswered, found: found("e2", "none"), isExclusive: true },
    "leave",
  ],
  [
    "the wanted content of an exclusive key without an answer and a name",
    { wanted: "c1", recorded: unanswered, found: found("e2", "none", true), isExclusive: true },
    "keep",
  ],
  [
    "another content of an exclusive key without an answer and a name",
    { wanted: "c1", recorded: unanswered, found: found("e2", "none", false), isExclusive: true },
    "put",
  ],
  ["an unrecorded file with this resource's name", { found: found("e1", "own") }, "leave"],
  ["an unrecorded file of somebody else", { found: found("e1", "other") }, "leave"],
];

test.each(ROWS)("the action for a key: %s", (_name, facts, action) => {
  expect(decide(facts)).toBe(action);
});

const SOME = [undefined, true, false];
const WRITERS = [undefined, "own", "stack", "other", "none"] as const;

/** Tests every combination of facts. */
const ALL: readonly KeyFacts[] = [undefined, "c1", "c2"].flatMap((wanted) =>
  [undefined, own, unanswered, shared].flatMap((recorded) =>
    [false, true].flatMap((isExclusive) => [
      { wanted, recorded, isExclusive },
      ...["e1", "e2"].flatMap((etag) =>
        SOME.flatMap((isSame) =>
          WRITERS.map((writer) => ({ wanted, recorded, isExclusive, found: { etag, isSame, writer } })),
        ),
      ),
    ]),
  ),
);

test("nothing is removed or replaced without a proof that this resource wrote it", () => {
  for (const facts of ALL) {
    const { recorded, found: file, isExclusive } = facts;
    const action = decide(facts);
    const isUnchanged = isExclusive === true && recorded?.isOwn === true && recorded.etag === file?.etag;
    if (action === "remove") expect(isUnchanged || file?.writer === "own").toBe(true);
    if (action === "put" && file !== undefined) {
      const isUnclaimed = recorded?.isOwn === true && file.writer === "none";
      const isTakenOver = file.writer === "stack" && file.isSame === true;
      expect(file.writer === "own" || isUnclaimed || isTakenOver).toBe(true);
    }
  }
});

test("a key without a file in the bucket needs no question", () =>
  expect(
    questionsAbout({ wanted: undefined, recorded: undefined, found: undefined, isExclusive: true } as KeyFacts),
  ).toEqual({ content: false, writer: false }));

test("a question that is not asked would not change the decision", () => {
  for (const facts of ALL) {
    if (facts.found === undefined) continue;
    const asks = questionsAbout(facts);
    for (const isSame of asks.content ? [facts.found.isSame] : SOME)
      for (const writer of asks.writer ? [facts.found.writer] : WRITERS)
        expect(decide({ ...facts, found: { ...facts.found, isSame, writer } })).toBe(decide(facts));
  }
});
