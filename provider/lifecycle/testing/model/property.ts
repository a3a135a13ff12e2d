import fc from "fast-check";
import { check, create, deleteResource, diff, read, update } from "../..";
import { createModelWorld, type ModelWorld, type Planted } from "./command";
import type { Host } from "./engine";
import { recover } from "./recovery";
import { PLAIN_RUN } from "./rules";
import { SCENARIOS } from "./scenario";

/**
 * The seed of the scenarios. `LYCEUM_FUZZ_SEED` sets another seed. The tests that use this seed multiply the number of
 * scenarios by `LYCEUM_FUZZ_SCALE`. The fuzz tests use the same two environment variables.
 */
export const MODEL_SEED = Number(process.env.LYCEUM_FUZZ_SEED ?? 20_260_301);

/**
 * A signal that never fires. Other tests cover cancels: `process/failure-and-cancel.test.ts` and
 * `create/cancel-create.test.ts`.
 */
const { signal } = new AbortController();
export const LIFECYCLE: Host = {
  check,
  diff,
  create: (runtime, request) => create(runtime, { ...request, signal }),
  update: (runtime, request) => update(runtime, { ...request, signal }),
  read: (runtime, state) => read(runtime, { state, signal }),
  delete: (runtime, state) => deleteResource(runtime, { state, signal }),
};

/**
 * Checks that the lifecycle keeps its contract in every scenario. Throws the first violation, with its scenario.
 *
 * @param counted gets the world of each scenario at its end
 * @param kind which scenarios are generated
 */
export function modelProperty(
  planted: Planted,
  counted: (world: ModelWorld) => void = () => undefined,
  kind: keyof typeof SCENARIOS = "usual",
) {
  return fc.asyncProperty(SCENARIOS[kind], async (commands) => {
    let world: ModelWorld | undefined;
    const setup = async () => {
      world = createModelWorld(LIFECYCLE, planted);
      world.mine.program.set("train", PLAIN_RUN);
      // Starts a run that belongs to none of the stacks, so that a program can adopt it by its id.
      await world.service.client.start({
        compose_file_code: "",
        timeout: 600,
        execution_type: "cpu",
        file_name: "by hand",
        enable_s3_mount: false,
        graceful_timeout: 10,
      });
      return { model: {}, real: world };
    };
    await fc.asyncModelRun(setup, commands);
    if (world === undefined) return;
    await recover(world);
    counted(world);
  });
}
