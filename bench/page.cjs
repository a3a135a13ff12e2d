// @ts-check
/** The table of `docs/explanation/performance.md`, made of the results. CommonJS, so that a test can load it. */

/**
 * A figure, with when, of which commit and on how busy a machine it was measured.
 * @typedef {{ row: string, name: string, value: number, unit: string, bar: number | null, runs: (number | number[])[],
 *   date: string, commit: string, load: number }} Result
 */

const BEGIN = "<!-- figures: `npm run bench` writes them -->";
const END = "<!-- /figures -->";

/**
 * The page with the table of these results.
 * @param {string} page
 * @param {readonly Result[]} results
 */
function pageWith(page, results) {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`The page has no place between ${BEGIN} and ${END}.`);
  const rows = results.map(
    ({ name, value, unit, bar, date, commit, load }) =>
      `| ${name} | ${value} ${unit} | ${bar === null ? "" : `≤ ${bar} ${unit}`} | ${date}, ${commit}, ${load} |`,
  );
  const table = ["| what | figure | bar | date, commit, load |", "|---|---|---|---|", ...rows].join("\n");
  return `${page.slice(0, from + BEGIN.length)}\n${table}\n${page.slice(to)}`;
}

/**
 * The results with those of this time: each row of before that was not measured stays, if it still exists.
 * @param {readonly Result[]} before
 * @param {readonly Result[]} now
 * @param {readonly string[]} rows all that exist, in order
 */
function withNew(before, now, rows) {
  const measured = new Set(now.map(({ row }) => row));
  const all = [...before.filter(({ row }) => !measured.has(row)), ...now];
  return rows.flatMap((name) => all.filter(({ row }) => row === name));
}

module.exports = { pageWith, withNew };
