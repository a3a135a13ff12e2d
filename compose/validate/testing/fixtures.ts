import type { ValidationCode } from "..";
import type { Fixture } from "./fixture";
import { meaningFixtures } from "./meaning-fixtures";
import { readingFixtures } from "./reading-fixtures";
import { shapeFixtures } from "./shape-fixtures";

/** For each code of validation, a text that fails with the exact positions, and a similar text that does not fail. */
export const fixtures: Readonly<Record<ValidationCode, Fixture>> = {
  ...readingFixtures,
  ...shapeFixtures,
  ...meaningFixtures,
};
