import type { ValidationCode } from "..";
import type { Fixture } from "./fixture";
import { meaningFixtures } from "./meaning-fixtures";
import { readingFixtures } from "./reading-fixtures";
import { shapeFixtures } from "./shape-fixtures";

/** For each code of validation: a text with the positions of its diagnostics, and a similar text without any. */
export const fixtures: Readonly<Record<ValidationCode, Fixture>> = {
  ...readingFixtures,
  ...shapeFixtures,
  ...meaningFixtures,
};
