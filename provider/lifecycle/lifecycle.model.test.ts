import fc from "fast-check";
import { MODEL_SEED, modelProperty } from "./testing/model/property";

const SCALE = Number(process.env.LYCEUM_FUZZ_SCALE ?? 1);

// Runs a tenth of the scenarios of `npm run test:long`. This is enough to find a bug that breaks most scenarios.
test(
  "the lifecycle keeps its contract in a few scenarios",
  async () => {
    await fc.assert(modelProperty({}), { seed: MODEL_SEED, numRuns: Math.max(1, Math.round(25 * SCALE)) });
  },
  400_000 * Math.max(1, SCALE),
);
