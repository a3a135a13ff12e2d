import type { Way } from "../ways";
import { CHANGES } from "./changes";
import { IDENTITY } from "./identity";
import { INHERITED } from "./inherited";
import type { Row } from "./row";
import { TRANSFORMS } from "./transforms";

/** All rows of the table, under the headings of the page. */
export const SECTIONS: Readonly<Record<string, readonly Row[]>> = {
  "Changes and replacements": CHANGES,
  "Identity, order and deletion": IDENTITY,
  "Options of a parent": INHERITED,
  "Transforms and transformations": TRANSFORMS,
};

export const ROWS: readonly Row[] = Object.values(SECTIONS).flat();

/** Whether the CLI is the oldest one. The page has the cells of the newest. */
export const IS_OLDEST = process.env.LYCEUM_TEST_OLDEST_ENGINE === "1";

/** The rows of a way in groups, each of which shares a command. */
export function groupsOf(way: Way): readonly (readonly Row[])[] {
  const present = ROWS.filter(({ absent, isNewer }) => absent?.[way] === undefined && !(IS_OLDEST && isNewer));
  const rowsIn = (group: Row["group"]) => present.filter((row) => row.group === group);
  return [rowsIn(undefined), rowsIn("forced"), ...rowsIn("alone").map((row) => [row]), rowsIn("failing")];
}
