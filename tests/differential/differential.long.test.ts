import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "../chaos/random";
import { atMost, logFigures, SEED, scaled } from "../fuzz/amount";
import { testUnless } from "../harness/needs";
import { differencesOf } from "./compare";
import { conformanceTable, keyFamilies, pageWith } from "./conformance";
import { contentErrors } from "./contents";
import { type Project, plainRun, readCorpus } from "./corpus";
import { acceptedBy, acceptedDifferences, isKnownRefusal, unaccepted } from "./differences";
import { type Answer, whyNoCompose } from "./docker-compose";
import { type Json, mapAt } from "./json";
import { mutantsOf } from "./mutate";
import { normalized, stepNames } from "./normalize";
import { bundleOurs } from "./pulumi-lyceum";
import { type Compared, compareAll } from "./run";
import { locationIn, reports, unreported } from "./same-location";

const noCompose = whyNoCompose();
/** A test that needs the real docker compose. */
const compare = (title: string, act: () => void | Promise<void>, milliseconds?: number) =>
  testUnless(noCompose, title, act, milliseconds);

const corpus = readCorpus();
const mutantCount = 600;

/** The projects with differences that no rule accepts, one line each. */
function report(compared: readonly Compared[]): string[] {
  return compared.flatMap(({ project, differences }) => {
    const lines = unaccepted(differences);
    const text = project.changed === undefined ? "" : (project.files[project.changed] ?? "").replace(/^/gm, "      | ");
    return lines.length === 0 ? [] : [`${project.name}\n    ${lines.join("\n    ")}\n${text}`];
  });
}

/** The projects that both refuse although this package does not name the location that Compose names, one line each. */
function unreportedOf(compared: readonly Compared[]): string[] {
  return compared.flatMap(({ project, ours, theirs }) => {
    const reason = unreported(ours, theirs, project.files);
    return reason === undefined || ours.accepted || isKnownRefusal(theirs)
      ? []
      : [[project.name, reason, ...ours.reasons].join("\n    ")];
  });
}

/** Services with one change: a setting changed or added, or a service added or removed. */
function plantedIn(services: { [key: string]: Json }, name: string): Json[] {
  const { [name]: first, ...others } = services;
  const settings = mapAt(services, name);
  return [
    others,
    { ...services, "planted-service": first ?? null },
    { ...services, [name]: { ...settings, image: "planted" } },
    { ...services, [name]: { ...settings, hostname: "planted" } },
    { ...services, [name]: { ...settings, labels: { planted: "1" } } },
  ];
}

function figures(compared: readonly Compared[]) {
  const both = compared.filter(({ ours, theirs }) => ours.accepted && theirs.accepted).length;
  const neither = compared.filter(({ ours, theirs }) => !ours.accepted && !theirs.accepted).length;
  return { projects: compared.length, acceptedByBoth: both, refusedByBoth: neither };
}

let ofCorpus: readonly Compared[] = [];
/** The texts of the corpus's bundles, as projects of one file. */
let bundles: Project[] = [];
/** Differences between bundles and the files from which they are made. */
let otherContents: string[] = [];

if (noCompose === undefined) {
  beforeAll(async () => {
    [bundles, otherContents] = [[], []];
    ofCorpus = await compareAll(corpus, ({ project, theirs }, folder) => {
      const { bundle } = bundleOurs(project, folder);
      if (bundle === undefined || !theirs.accepted) return;
      bundles.push({ ...project, files: { "compose.yaml": bundle.text }, run: plainRun });
      otherContents.push(...contentErrors(project, bundle.model as Json, theirs.model));
    });
  }, atMost(240));
}

compare("a planted difference is found", () => {
  const both = ofCorpus.flatMap(({ ours, theirs, home }) =>
    ours.accepted && theirs.accepted ? [{ ours, theirs, home }] : [],
  );
  expect(both.length).toBeGreaterThan(100);
  for (const { ours, theirs, home } of both) {
    const reported = (mine: Answer, other: Answer) => unaccepted(differencesOf(mine, other, home));
    const [name = ""] = Object.keys(mapAt(ours.model, "services"));
    for (const planted of plantedIn(mapAt(ours.model, "services"), name)) {
      expect(reported({ accepted: true, model: { ...(ours.model as object), services: planted } }, theirs)).not.toEqual(
        [],
      );
    }
    expect(reported({ accepted: false, reasons: ["LYC2104 x: wrong"] }, theirs)).not.toEqual([]);
    expect(reported(ours, { accepted: false, reasons: ["services.web.x must be a mapping"] })).not.toEqual([]);
  }
});

compare("we and docker compose say the same of the corpus, but for what is listed", () => {
  logFigures("differential corpus", figures(ofCorpus));
  expect(report(ofCorpus)).toEqual([]);
});

compare("a refusal at another place is found", () => {
  const locations = ofCorpus.flatMap(({ ours, theirs }) =>
    ours.accepted || theirs.accepted ? [] : (locationIn(theirs.reasons[0] ?? "") ?? []),
  );
  // The other reasons name a line of YAML, a variable or a file.
  expect(locations.length).toBeGreaterThan(100);
  for (const location of locations) {
    expect(reports(["LYC2104 services.planted.image: services.planted.image must be a string"], location)).toBe(false);
    expect(reports(["LYC2102 : nothing"], location)).toBe(false);
  }
  const theirs = { accepted: false, reasons: ["services.two.restart must be a string"] } as const;
  const refused = (path: string) =>
    ({ accepted: false, reasons: [`LYC2104 ${path}: ${path} must be a string`] }) as const;
  const shared = { "compose.yaml": "services: {one: &a {restart: []}, two: *a}\n" };
  expect(unreported(refused("services.one.restart"), theirs, {})).toBeDefined();
  expect(unreported(refused("services.one.image"), theirs, shared)).toBeDefined();
  expect(unreported(refused("services.one.restart"), theirs, shared)).toBeUndefined();
  const alone = { accepted: false, reasons: ["services.two additional properties 'restarts' not allowed"] } as const;
  expect(unreported(refused("services.one.restart"), alone, shared)).toBeDefined();
  expect(unreported(refused("services.one.restarts"), alone, shared)).toBeUndefined();
  const undefinedName = { accepted: false, reasons: ['service "two" refers to undefined volume data: x'] } as const;
  const named = (name: string) =>
    ({ accepted: false, reasons: [`LYC2205 services.one.volumes[0]: the volume ${name} is not defined`] }) as const;
  expect(unreported(named("data"), undefinedName, shared)).toBeUndefined();
  expect(unreported(named("other"), undefinedName, shared)).toBeDefined();
});

compare("what both refuse they refuse at one place", () => {
  expect(unreportedOf(ofCorpus)).toEqual([]);
});

compare("every listed difference comes up in the corpus", () => {
  const used = new Set(ofCorpus.flatMap(({ differences }) => differences.map((difference) => acceptedBy(difference))));
  expect(acceptedDifferences.filter((rule) => !used.has(rule))).toEqual([]);
});

compare("compose/CONFORMANCE.md has the table of the oldest release, which UPDATE_GOLDEN=1 writes", () => {
  const { made, current } = pageWith("oldest", conformanceTable(ofCorpus, keyFamilies(), acceptedDifferences));
  expect(current).toBe(made);
});

compare("every step of the normalization changes something in the corpus", () => {
  const used = new Set<string>();
  for (const { ours, theirs, home } of ofCorpus) {
    if (ours.accepted) normalized(ours.model, home, "us", { used: (what) => used.add(what) });
    if (theirs.accepted) normalized(theirs.model, home, "compose", { used: (what) => used.add(what) });
  }
  expect(stepNames.filter((what) => !used.has(what))).toEqual([]);
});

compare(
  "docker compose reads a bundle alone as we do, with the content of its files in it",
  async () => {
    const compared = await compareAll(bundles);
    logFigures("differential bundles", figures(compared));
    expect(compared.length).toBeGreaterThan(100);
    const refused = compared.flatMap(({ project, theirs }) =>
      theirs.accepted ? [] : [project.name, ...theirs.reasons],
    );
    expect(refused).toEqual([]);
    expect(report(compared)).toEqual([]);
    expect(otherContents).toEqual([]);
  },
  atMost(240),
);

compare("docs/explanation/docker-compose.md has the right figures", () => {
  const page = readFileSync(join(__dirname, "../../docs/explanation/docker-compose.md"), "utf8").replace(/\s+/g, " ");
  const figure = (message: RegExp) => Number(message.exec(page)?.[1]);
  expect({
    projects: figure(/(\d+) small projects/),
    mutants: figure(/(\d+) mutants: copies/),
    bundles: figure(/(\d+) of the small projects have a \*bundle\*/),
  }).toEqual({ projects: corpus.length, mutants: mutantCount, bundles: bundles.length });
});

compare(
  "we and docker compose say the same of mutants of the corpus, but for what is listed",
  async () => {
    const mutants = mutantsOf(ofCorpus, scaled(mutantCount), new Random(`differential ${SEED}`));
    const compared = await compareAll(mutants);
    logFigures("differential mutants", figures(compared));
    expect([...report(compared), ...unreportedOf(compared)]).toEqual([]);
  },
  atMost(240),
);
