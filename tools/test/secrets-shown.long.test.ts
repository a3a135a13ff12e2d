import fc from "fast-check";
import { amount, secretsAreHidden } from "./secrets-shown/property";

/**
 * The time limit for these projects on a busy machine, in milliseconds. With `LYCEUM_FUZZ_SCALE=4`, the test tries 10
 * 000 projects.
 */
const LIMIT = 3_600_000;

test(
  "no output shows a secret of any of 2 500 projects",
  () => fc.assert(secretsAreHidden(), amount(2_500)),
  LIMIT * Number(process.env.LYCEUM_FUZZ_SCALE ?? 1),
);
