import { Random } from "../chaos/random";
import { mutantsOf } from "../differential/mutate";
import { inTurns } from "../differential/run";
import { unreported } from "../differential/same-location";
import { SEED } from "../fuzz/amount";
import { type ComparedProject, compareMutant } from "./compare";
import { unexplained } from "./differences";
import { changedLines, isNear } from "./near";

/** What came of mutants. */
export interface MutantFigures {
  readonly mutants: number;
  readonly acceptedByBoth: number;
  readonly refusedByBoth: number;
  /** Lines for each mutant with a difference that no rule explains. */
  readonly unexplained: readonly string[];
  /** Of those that both refuse, how many have their first error within one line of what was changed. */
  readonly near: number;
  /** Of these, how many have it within one line of the changed lines alone. */
  readonly atLines: number;
  /** A line for each of the others. */
  readonly far: readonly string[];
}

/** Compares the first so many mutants of a seed. */
export async function compareMutants(
  of: readonly ComparedProject[],
  count: number,
  dockerConfig: string,
): Promise<MutantFigures> {
  const mutants = mutantsOf(of, count, new Random(`corpus ${SEED}`));
  const outcomes = await inTurns(mutants, async ({ of, project }, number) => {
    const compared = await compareMutant(of.found, project, number, dockerConfig);
    const { ours, theirs } = compared;
    const elsewhere = unreported(ours, theirs, compared.project.files);
    const both = ours.accepted === theirs.accepted ? (ours.accepted ? "accepted" : "refused") : "differ";
    const lines = [...unexplained(compared), ...(elsewhere === undefined ? [] : [`not reported: ${elsewhere}`])];
    const first = ours.accepted ? undefined : ours.errors?.[0];
    const [before, after] = [project.before ?? "", project.files[project.changed ?? ""] ?? ""];
    const counts = both === "refused" && of.ours.accepted && of.theirs.accepted && first !== undefined;
    const near = counts && isNear(first, before, after);
    const { from, to } = changedLines(before, after);
    const line = first?.range?.start.line ?? "no line";
    const atLines = near && typeof line === "number" && line >= from - 1 && line <= to + 1;
    const far = `${project.name}: lines ${from} to ${to}, reported at ${line}: ${first?.code} ${first?.message}`;
    return { both, lines: lines.length === 0 ? [] : [project.name, ...lines], counts, near, atLines, far };
  });
  const some = (test: (outcome: (typeof outcomes)[number]) => boolean) => outcomes.filter(test);
  return {
    mutants: outcomes.length,
    acceptedByBoth: some(({ both }) => both === "accepted").length,
    refusedByBoth: some(({ both }) => both === "refused").length,
    unexplained: outcomes.flatMap(({ lines }) => (lines.length === 0 ? [] : [lines.join("\n    ")])),
    near: some(({ near }) => near).length,
    atLines: some(({ atLines }) => atLines).length,
    far: some(({ counts, near }) => counts && !near).map(({ far }) => far),
  };
}
