import { Random } from "../chaos/random";
import { atMost, logFigures, SEED, scaled } from "../fuzz/amount";
import { testUnless } from "../harness/needs";
import { characterProject, plainProjects, visible } from "./characters";
import { acceptedBy, acceptedDifferences, differencesOfCharacters, unaccepted } from "./differences";
import { whyNoCompose } from "./docker-compose";
import { type Compared, compareAll } from "./run";

const noCompose = whyNoCompose();
/** A test that needs the real docker compose. */
const compare = (title: string, act: () => void | Promise<void>, milliseconds?: number) =>
  testUnless(noCompose, title, act, milliseconds);

const rules = [...acceptedDifferences, ...differencesOfCharacters];
const textCount = 500;
const batch = 500;

function report(compared: readonly Compared[]): string[] {
  return compared.flatMap(({ project, differences }) => {
    const lines = unaccepted(differences, rules);
    const text = visible(project.files[project.changed ?? ""] ?? "");
    return lines.length === 0 ? [] : [`${project.name}\n    ${lines.join("\n    ")}\n    ${text}`];
  });
}

compare("the texts that characters are put into are right as they are", async () => {
  const compared = await compareAll(plainProjects());
  expect(compared.filter(({ ours, theirs }) => !ours.accepted || !theirs.accepted)).toEqual([]);
  expect(report(compared)).toEqual([]);
});

compare(
  "we and docker compose read texts with any character alike, or we refuse them",
  async () => {
    const random = new Random(`characters ${SEED}`);
    const count = scaled(textCount);
    const figures = { texts: 0, acceptedByBoth: 0, refusedByBoth: 0, refusedHere: 0 };
    const unexplained: string[] = [];
    const used = new Map(rules.map((rule) => [rule, 0]));
    for (let from = 0; from < count; from += batch) {
      const projects = Array.from({ length: Math.min(batch, count - from) }, (_, index) =>
        characterProject(random, from + index),
      );
      const compared = await compareAll(projects);
      unexplained.push(...report(compared));
      figures.texts += compared.length;
      for (const { ours, theirs, differences } of compared) {
        for (const rule of new Set(differences.map((found) => acceptedBy(found, rules)))) {
          if (rule !== undefined) used.set(rule, (used.get(rule) ?? 0) + 1);
        }
        if (ours.accepted && theirs.accepted) figures.acceptedByBoth += 1;
        else if (!ours.accepted && !theirs.accepted) figures.refusedByBoth += 1;
        else if (!ours.accepted) figures.refusedHere += 1;
      }
    }
    logFigures("differential characters", {
      ...figures,
      unexplained: unexplained.length,
      byRule: Object.fromEntries([...used].filter(([, times]) => times > 0).map(([{ why }, times]) => [why, times])),
    });
    expect(unexplained).toEqual([]);
  },
  atMost(120),
);

it("an error has its own rule, or follows from a text that Compose reads differently", () => {
  const here = (reason: string) => ({ kind: "refused here", reason }) as const;
  const question = here("LYC2006 a: not YAML to Compose: a question mark starts a key here");
  const character = here("LYC2016 a: a no-break space");
  const other = here("LYC2104 services: must be a mapping, and it is a list");
  expect(unaccepted([question, other], rules)).toEqual([]);
  expect(unaccepted([character, other], rules)).toHaveLength(1);
  expect(unaccepted([other], rules)).toHaveLength(1);
  expect(unaccepted([question, { kind: "refused by Compose", reason: "no" }], rules)).toHaveLength(1);
});
