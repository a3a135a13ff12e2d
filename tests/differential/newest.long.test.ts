import { Random } from "../chaos/random";
import { atMost, logFigures, SEED, scaled } from "../fuzz/amount";
import { testUnless } from "../harness/needs";
import { conformanceTable, keyFamilies, pageWith } from "./conformance";
import { readCorpus } from "./corpus";
import { acceptedBy, differencesFrom, isKnownRefusal, unaccepted } from "./differences";
import { type Answer, whyNoCompose } from "./docker-compose";
import { mutantsOf } from "./mutate";
import { releaseDifferences } from "./release-differences";
import { type Compared, compareAll } from "./run";
import { unreported } from "./same-location";

// The same comparison as in `differential.long.test.ts`, with the newest release of Compose and with fewer mutants.

const noCompose = whyNoCompose("newest");
const compare = (title: string, act: () => void | Promise<void>, milliseconds?: number) =>
  testUnless(noCompose, title, act, milliseconds);

const rules = differencesFrom("newest");
const mutantCount = 200;

const compareWithNewest = (projects: Parameters<typeof compareAll>[0]) => compareAll(projects, undefined, "newest");

/**
 * The differences that no rule accepts, and the errors that this package reports at another location, one line each.
 */
function report(compared: readonly Compared[]): string[] {
  return compared.flatMap(({ project, differences, ours, theirs }) => {
    const lines = unaccepted(differences, rules);
    const elsewhere = unreported(ours, ofJobs(theirs), project.files) && unreported(ours, theirs, project.files);
    if (elsewhere !== undefined && !ours.accepted && !isKnownRefusal(theirs, rules))
      lines.push(elsewhere, ...ours.reasons);
    const text = project.changed === undefined ? "" : (project.files[project.changed] ?? "").replace(/^/gm, "      | ");
    return lines.length === 0 ? [] : [`${project.name}\n    ${lines.join("\n    ")}\n${text}`];
  });
}

/** The answer for jobs: for some errors in a job, Compose calls the job a service. */
function ofJobs(theirs: Answer): Answer {
  if (theirs.accepted) return theirs;
  return { accepted: false, reasons: theirs.reasons.map((reason) => reason.replace(/^services\./, "jobs.")) };
}

let ofCorpus: readonly Compared[] = [];

if (noCompose === undefined) {
  beforeAll(async () => {
    ofCorpus = await compareWithNewest(readCorpus());
  }, atMost(120));
}

compare(
  "this package and the newest docker compose read the corpus in the same way, except for listed differences",
  () => {
    expect(ofCorpus.filter(({ ours, theirs }) => ours.accepted && theirs.accepted).length).toBeGreaterThan(200);
    expect(report(ofCorpus)).toEqual([]);
  },
);

compare("compose/CONFORMANCE.md has the table of the newest release, which UPDATE_GOLDEN=1 writes", () => {
  const { made, current } = pageWith("newest", conformanceTable(ofCorpus, keyFamilies(), rules));
  expect(current).toBe(made);
});

compare("every listed difference from the newest release occurs in the corpus", () => {
  const used = new Set(ofCorpus.flatMap(({ differences }) => differences.map((found) => acceptedBy(found, rules))));
  expect(releaseDifferences.filter((rule) => rule.release === "newest" && !used.has(rule))).toEqual([]);
});

compare(
  "this package and the newest docker compose read mutants in the same way, except for listed differences",
  async () => {
    const mutants = mutantsOf(ofCorpus, scaled(mutantCount), new Random(`newest ${SEED}`));
    const compared = await compareWithNewest(mutants);
    logFigures("differential newest", { projects: compared.length });
    expect(report(compared)).toEqual([]);
  },
  atMost(120),
);
