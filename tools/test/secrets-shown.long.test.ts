import fc from "fast-check";
import { amount, secretsAreHidden } from "./secrets-shown/property";

/** Milliseconds for 10 000 projects on a busy machine. */
const LIMIT = 3_600_000;

test(
  "no output shows a secret of any of 10 000 projects",
  () => fc.assert(secretsAreHidden(), amount(10_000)),
  LIMIT * Number(process.env.LYCEUM_FUZZ_SCALE ?? 1),
);
