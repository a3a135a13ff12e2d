import { endOf } from "../engines/engine";
import { accepted, advanced, type Execution, ended } from "./execution";
import type { StoredRun } from "./execution-store";
import { RunOutput } from "./output";
import { hasBucket, ownerTest, writingTime } from "./run-files";

/** Returns a run from one second to another, with this text. Without an end, the run is active. */
function run(from: number, to?: number, text = "", enable_s3_mount = true): StoredRun {
  const start = accepted({
    executionId: `local-${from}`,
    sequence: 1,
    fileName: null,
    machine: "cpu",
    at: from * 1000,
  });
  const running: Execution = advanced(start, "running", from * 1000);
  const execution = to === undefined ? running : ended(running, endOf("completed"), to * 1000);
  return { execution, body: { compose_file_code: text, enable_s3_mount }, output: new RunOutput() };
}

test("a run writes from a moment before its start, as file systems round times down, to its end or now", () => {
  expect([writingTime(run(1, 2), 9_000), writingTime(run(1), 9_000)]).toEqual([
    { from: 990, to: 2_000 },
    { from: 990, to: 9_000 },
  ]);
  expect([hasBucket(run(1)), hasBucket(run(1, 2, "", false))]).toEqual([true, false]);
});

const names = (...paths: readonly string[]) =>
  `volumes: [${paths.map((path) => `"/mnt/s3/${path}:/data"`).join(", ")}]`;
test.each<[string, StoredRun, StoredRun, string, number, boolean]>([
  ["that nobody names", run(1, 5), run(1, 5), "out/a", 2_000, true],
  ["that the other run names", run(1, 5), run(1, 5, names("out")), "out/a", 2_000, false],
  ["that the other run names as a file", run(1, 5), run(1, 5, names("out/a")), "out/a", 2_000, false],
  ["whose name begins with a name of the other run", run(1, 5), run(1, 5, names("out")), "out2", 2_000, true],
  ["that both name", run(1, 5, names("out/")), run(1, 5, names("out")), "out/a", 2_000, true],
  ["that the other run names, after its end", run(1, 5), run(1, 3, names("out")), "out/a", 3_001, true],
  ["that the other run names, at its end", run(1, 5), run(1, 3, names("out")), "out/a", 3_000, false],
  ["that the other run names, before its start", run(1, 5), run(3, 5, names("out")), "out/a", 2_989, true],
  ["that the other run names, at its start", run(1, 5), run(3, 5, names("out")), "out/a", 2_990, false],
  ["that a run without the bucket names", run(1, 5), run(1, 5, names("out"), false), "out/a", 2_000, true],
  ["that a later run names", run(1, 5), run(6, 9, names("out")), "out/a", 5_000, true],
  ["that an active run names", run(1), run(2, undefined, names("a b", "out")), "out/a", 4_000, false],
])("whether a file counts for a run next to another run: a file %s", (_what, own, other, key, modified, expected) => {
  expect(ownerTest(own, [own, other], 10_000)({ key, size: 1, modified })).toBe(expected);
});
