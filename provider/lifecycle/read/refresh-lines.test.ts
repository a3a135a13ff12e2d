import { readFileSync } from "node:fs";
import { join } from "node:path";
import { recordedRun } from "../testing/maps";
import { type REFRESH_LINES, refreshLines } from "./refresh-lines";

const run = (facts: Record<string, unknown>) => recordedRun("r1", { executionId: "r1", status: "running", ...facts });

type Facts = Record<string, unknown>;
type Case = readonly [what: string, recorded: Facts, shown: Facts, lines: readonly string[]];

/** For each line, its words on the page, and cases with the line and without it. */
const LINES: Readonly<Record<keyof typeof REFRESH_LINES, { readonly page: string; readonly cases: readonly Case[] }>> =
  {
    status: {
      page: "a line for each run whose status has changed",
      cases: [
        ["still runs", {}, {}, []],
        ["runs now", { status: "queued" }, {}, ["Run r1: queued → running"]],
        ["has failed", {}, { status: "failed", returnCode: 3 }, ["Run r1: running → failed with exit code 3"]],
        [
          "has ended with a word that the provider does not know",
          {},
          { status: "stopped" },
          ["Run r1: running → stopped"],
        ],
        ["is unknown to Lyceum", {}, { missing: "lost" }, ["Run r1: running → lost (Lyceum answers 404)"]],
        ["is forgotten after its end", { status: "failed" }, { status: "failed", missing: "forgotten" }, []],
      ],
    },
  };

test.each(Object.values(LINES).flatMap(({ cases }) => cases))(
  "all lines of a refresh about a run that %s",
  (_what, recorded, shown, lines) => {
    expect(refreshLines(run(recorded), run(shown))).toEqual(lines);
  },
);

const PAGE = "docs/explanation/lifecycle.md";

test.each(Object.entries(LINES))(
  `the line %s of a refresh is on ${PAGE}, and a case shows it`,
  (_name, { page, cases }) => {
    expect(readFileSync(join(__dirname, "../../..", PAGE), "utf8")).toContain(page);
    expect(cases.flatMap(([, , , lines]) => lines)).not.toEqual([]);
  },
);
