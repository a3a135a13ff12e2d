import type { ComparedProject } from "./compare";
import { unexplained } from "./differences";
import type { Runnable } from "./shares";

/** The figures of a comparison. */
export interface Figures {
  readonly repositories: number;
  readonly projects: readonly (Runnable & { readonly compared: ComparedProject })[];
  readonly bundles: readonly ComparedProject[];
}

interface Row {
  readonly what: string;
  readonly of: number;
  readonly count: number;
  /** The smallest accepted value. */
  readonly bar?: number;
}

/**
 * The rows of the table. A project counts as equal only if no rule is needed. Differences that rules explain have a
 * separate row.
 */
export function rows({ repositories, projects, bundles }: Figures): Row[] {
  const compared = projects.map((project) => project.compared);
  const accepted = projects.filter((project) => project.compared.theirs.accepted);
  const startable = projects.filter(({ startable }) => startable);
  const unbuilt = startable.filter(({ built }) => !built);
  const agreeing = compared.filter(({ ours, theirs }) => ours.accepted === theirs.accepted);
  const both = compared.filter(({ ours, theirs }) => ours.accepted && theirs.accepted);
  const equal = (all: readonly ComparedProject[]) =>
    all.filter(({ ours, theirs, differences }) => ours.accepted && theirs.accepted && differences.length === 0).length;
  const explained = compared.filter((project) => unexplained(project).length === 0);
  return [
    { what: "repositories", of: repositories, count: repositories },
    { what: "projects that Compose accepts", of: compared.length, count: accepted.length },
    { what: "both accept, or both refuse", of: compared.length, count: agreeing.length, bar: 0.995 },
    { what: "no difference, or one that a rule explains", of: compared.length, count: explained.length, bar: 1 },
    { what: "models are equal, of projects that both accept", of: both.length, count: equal(both) },
    { what: "bundles that Compose reads as they are meant", of: bundles.length, count: equal(bundles), bar: 0.99 },
    { what: "projects that Docker could start", of: accepted.length, count: startable.length },
    {
      what: "runnable without inline files",
      of: startable.length,
      count: startable.filter(({ plain }) => plain).length,
    },
    {
      what: "runnable with inline files",
      of: startable.length,
      count: startable.filter(({ inline }) => inline).length,
      bar: 0.865,
    },
    {
      what: "runnable with inline files, and an image for each build",
      of: startable.length,
      count: startable.filter(({ images }) => images).length,
      bar: 0.93,
    },
    {
      what: "runnable with uploaded files, and an image for each build",
      of: startable.length,
      count: startable.filter(({ uploaded }) => uploaded).length,
      bar: 0.97,
    },
    {
      what: "without builds: runnable without inline files",
      of: unbuilt.length,
      count: unbuilt.filter(({ plain }) => plain).length,
    },
    {
      what: "without builds: runnable with inline files",
      of: unbuilt.length,
      count: unbuilt.filter(({ inline }) => inline).length,
    },
  ];
}

/** The rows as a table in Markdown. */
export function table(figures: Figures): string {
  const lines = rows(figures).map(
    ({ what, of, count }) => `| ${what} | ${count} | ${of} | ${((100 * count) / of).toFixed(1)} % |`,
  );
  return ["| what | number | of | share |", "|---|--:|--:|--:|", ...lines].join("\n");
}

/** A line for each row whose figure is below its bar. */
export function shortfalls(figures: Figures): string[] {
  return rows(figures).flatMap(({ what, of, count, bar }) =>
    bar === undefined || count >= bar * of ? [] : [`${what}: ${count} of ${of} is less than ${100 * bar} %`],
  );
}
