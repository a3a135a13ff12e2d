import { createRedactor } from ".";
import { NEVER_CERTAIN, NEVER_SECRET, OUTPUT_LINES, WITH_SECRETS } from "./testing/corpus";
import { secretsIn } from "./testing/detector";
import { measureKind, recallOf, type WrongFinding } from "./testing/measure";

const LEAST_RECALL = 0.95;
/** The number of wrong results that a failing test shows. `npm run secrets -- --details` shows all. */
const MOST_SHOWN = 20;
const shown = (all: readonly string[]) => [...new Set(all)].slice(0, MOST_SHOWN);
const describeFinding = ({ of, finding }: WrongFinding) =>
  `${finding.certainty}: ${finding.value.slice(0, 60)} in ${of.name.slice(0, 60)}`;

test.each(WITH_SECRETS)("at least 95 % of the secrets are found: $kind", (kind) => {
  const measured = measureKind(secretsIn, kind);
  const missed = recallOf(measured) < LEAST_RECALL ? shown(measured.missed.map(({ name }) => name)) : [];
  expect({ missed }).toEqual({ missed: [] });
});

test.each(NEVER_SECRET)("nothing is found in $kind", (kind) => {
  expect(shown(measureKind(secretsIn, kind).wrong.map(describeFinding))).toEqual([]);
});

test.each(NEVER_CERTAIN)("nothing is found by its form or its name in $kind", (kind) => {
  const { wrong } = measureKind(secretsIn, kind);
  const certain = wrong.filter(({ finding }) => finding.certainty !== "random");
  expect(shown(certain.map(describeFinding))).toEqual([]);
});

test.each(OUTPUT_LINES)("a line of output is shown whole: %s", (line) => {
  expect(createRedactor([])(line)).toBe(line);
});
