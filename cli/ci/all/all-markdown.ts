import { inline } from "../../../provider/display/markdown-text";
import { count } from "../../layout";
import { CI_EXIT_CODES } from "../exit-codes";
import type { Operation } from "../options";
import { messageSections } from "../summary/sections";
import { fitted, LONGEST_SUMMARY } from "../summary/write";
import { boundedTable, someOf } from "../table";
import { type AllResult, exitCodeOf } from "./all-report";
import { type Target, titleOf } from "./targets";

const TITLES: Readonly<Record<Operation, string>> = {
  preview: "Preview",
  apply: "Apply",
  drift: "Drift",
  destroy: "Destroy",
};

/** The words for each exit code in the table of stacks. */
const RESULTS: Readonly<Record<number, string>> = {
  [CI_EXIT_CODES.clean]: "succeeded",
  [CI_EXIT_CODES.error]: "failed",
  [CI_EXIT_CODES.drift]: "drift",
  [CI_EXIT_CODES.beyondReview]: "beyond the review",
  [CI_EXIT_CODES.locked]: "locked by another command",
  [CI_EXIT_CODES.stopped]: "stopped by a signal",
};

/** The largest size of the table of stacks, and the noun for its rows. */
const MOST = { rows: 300, characters: 16_000, of: "stack" };
const MOST_NAMES = 40;
/** The smallest length of a cut summary, in characters. A summary without room for this length is left out. */
const LEAST_ROOM = 1_200;
/** The characters that are reserved for the note about omitted summaries. */
const RESERVE = 300;

/**
 * Returns one text for a comment on a pull request: a table of all stacks, and below it the summary of each stack. If
 * the text would be too long, summaries are cut or left out (`sharedRoom`).
 */
export function allMarkdown(all: AllResult): string {
  const { operation, outcomes, untouched, unreviewed, since, error } = all;
  const rows = outcomes.map((one) => {
    if (one.kind === "not started") return [titleOf(one.item), `not started: ${one.reason}`];
    return [titleOf(one.item), resultOf(one.result.exitCode)];
  });
  const head = [
    markerOf(all),
    `### ${TITLES[operation]} of ${count(outcomes.length, "stack")}`,
    headline(all),
    ...messageSections(error === undefined ? [] : [{ severity: "error", name: "", text: error }]),
    ...boundedTable(["stack", "result"], rows, MOST),
    ...listed(untouched, (stacks) => `${stacks} that nothing since ${inline(since ?? "")} concerns`),
    ...listed(unreviewed, (stacks) => `${stacks} without a review, not applied`),
  ].join("\n\n");
  const summaries = outcomes.flatMap((one) => {
    if (one.kind === "not started" || one.result.summary === "") return [];
    return [{ text: withoutMarker(one.result.summary), isWorse: one.result.exitCode !== CI_EXIT_CODES.clean }];
  });
  const { texts, left } = sharedRoom(summaries, LONGEST_SUMMARY - head.length - RESERVE);
  const note = `The summaries of ${count(left, "further stack")} are not shown here. The JSON of \`--json\` has all of them.`;
  return `${[head, ...texts, ...(left === 0 ? [] : [note])].join("\n\n---\n\n")}\n`;
}

function listed(targets: readonly Target[], about: (stacks: string) => string): readonly string[] {
  if (targets.length === 0) return [];
  const names = someOf(
    targets.map((one) => inline(titleOf(one))),
    MOST_NAMES,
  );
  return [`${about(count(targets.length, "stack"))}: ${names}.`];
}

function headline(all: AllResult): string {
  const { outcomes, unreviewed, since, error } = all;
  if (error !== undefined) return "**It failed before it worked on any stack.**";
  if (outcomes.length === 0) {
    return unreviewed.length > 0 ? "No stack has a review." : `Nothing since ${inline(since ?? "")} concerns a stack.`;
  }
  const code = exitCodeOf(all);
  const bad = outcomes.filter(
    (one) => one.kind === "not started" || one.result.exitCode !== CI_EXIT_CODES.clean,
  ).length;
  return code === CI_EXIT_CODES.clean
    ? "All succeeded."
    : `**${count(bad, "stack")} of ${outcomes.length} did not succeed.**`;
}

function resultOf(code: number): string {
  return RESULTS[code] ?? `exit code ${code}`;
}

/**
 * Returns the first line of a comment on a pull request. A pipeline finds its comment by this line, and updates the
 * comment.
 */
function markerOf({ operation, only }: Pick<AllResult, "operation" | "only">): string {
  const name = only === undefined ? "" : ` ${only.replace(/[^\w./-]|--+/g, "_")}`;
  return `<!-- pulumi-lyceum ${operation} all${name} -->`;
}

function withoutMarker(summary: string): string {
  return summary.replace(/^<!--.*-->\n+/, "").trimEnd();
}

/**
 * Cuts summaries so that all of them fit into `room` characters. Each summary gets the same share. Longer summaries
 * also get the characters that shorter summaries do not need. If there is no room for all summaries, those of stacks
 * that succeeded are left out first.
 */
export function sharedRoom(
  summaries: readonly { readonly text: string; readonly isWorse: boolean }[],
  room: number,
): { readonly texts: readonly string[]; readonly left: number } {
  const separator = "\n\n---\n\n".length;
  const needed = ({ text }: { readonly text: string }) => Math.min(text.length, LEAST_ROOM) + separator;
  const ranked = [...summaries.filter(({ isWorse }) => isWorse), ...summaries.filter(({ isWorse }) => !isWorse)];
  let free = room;
  const fits = ranked.filter((one) => {
    if (needed(one) > free) return false;
    free -= needed(one);
    return true;
  });
  let rest = room - fits.length * separator;
  const lengths = new Map<object, number>();
  for (const [at, one] of [...fits].sort((a, b) => a.text.length - b.text.length).entries()) {
    const share = Math.floor(rest / (fits.length - at));
    lengths.set(one, share);
    rest -= Math.min(share, one.text.length);
  }
  const texts = summaries.filter((one) => lengths.has(one)).map((one) => fitted(one.text, lengths.get(one)).trimEnd());
  return { texts, left: summaries.length - texts.length };
}
