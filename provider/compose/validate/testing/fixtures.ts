import type { JudgeCode } from "..";
import type { Fixture } from "./fixture";
import { meaningFixtures } from "./meaning-fixtures";
import { readingFixtures } from "./reading-fixtures";
import { remoteFixtures } from "./remote-fixtures";
import { shapeFixtures } from "./shape-fixtures";

/** For each code of the judge a text that fails, with the exact places, and the nearest one that does not. */
export const fixtures: Readonly<Record<JudgeCode, Fixture>> = {
  ...readingFixtures,
  ...shapeFixtures,
  ...meaningFixtures,
  ...remoteFixtures,
};
