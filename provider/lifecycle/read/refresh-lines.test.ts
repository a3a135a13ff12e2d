import { recordedRun } from "../testing/maps";
import { refreshLines } from "./refresh-lines";

const run = (facts: Record<string, unknown>) => recordedRun("r1", { executionId: "r1", status: "running", ...facts });

test.each<[string, Record<string, unknown>, Record<string, unknown>, readonly string[]]>([
  ["still runs", {}, {}, []],
  ["runs now", { status: "queued" }, {}, ["Run r1: queued → running"]],
  ["has failed", {}, { status: "failed", returnCode: 3 }, ["Run r1: running → failed with exit code 3"]],
  ["has ended with a word that the provider does not know", {}, { status: "stopped" }, ["Run r1: running → stopped"]],
  ["is unknown to Lyceum", {}, { missing: "lost" }, ["Run r1: running → lost (Lyceum answers 404)"]],
  ["is forgotten after its end", { status: "failed" }, { status: "failed", missing: "forgotten" }, []],
])("all lines of a refresh about a run that %s", (_what, recorded, shown, lines) => {
  expect(refreshLines(run(recorded), run(shown))).toEqual(lines);
});
