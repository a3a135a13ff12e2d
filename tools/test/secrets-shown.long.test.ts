import fc from "fast-check";
import { amount, secretsAreHidden } from "./secrets-shown/property";

/** Milliseconds for these projects on a busy machine. `LYCEUM_FUZZ_SCALE=4` tries 10 000. */
const LIMIT = 3_600_000;

test(
  "no output shows a secret of any of 2 500 projects",
  () => fc.assert(secretsAreHidden(), amount(2_500)),
  LIMIT * Number(process.env.LYCEUM_FUZZ_SCALE ?? 1),
);
