import { createExecution } from "../create/create";
import { createWorld, someInputs } from "./world";

/** A run that an earlier command started. */
export async function running(overrides: Record<string, unknown> = {}, endsAfter = 150) {
  const world = createWorld();
  world.service.behaviour.script = [
    { after: 1, status: "running" },
    { after: endsAfter, status: "completed", returnCode: 0 },
  ];
  const outputs = await createExecution(world.context, someInputs(overrides));
  return { ...world, outputs };
}
