import { createExecution } from "./create";
import { createWorld, someInputs } from "./testing/world";

test("many waits share one list call a tick, at most every 2 s in the first minute and 5 s later", async () => {
  const { context, service, clock } = createWorld();
  service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 120, status: "completed", returnCode: 0 },
  ];
  const begun = clock.now();
  const many = Array.from({ length: 200 }, (_, index) =>
    createExecution(context, someInputs({ __resourceUrn: `urn:${index}`, waitFor: "completed" })),
  );
  const outputs = await Promise.all(many);
  expect(outputs.every(({ status }) => status === "completed")).toBe(true);
  const lists = service.calls.filter((call) => call === "listActive").length;
  expect(lists).toBeLessThan(70);
  expect(lists).toBeGreaterThan((clock.now() - begun) / 1000 / 5 - 1);
  // Each run is read once by itself, when the list no longer shows it.
  expect(service.calls.filter((call) => call.startsWith("record ")).length).toBeLessThanOrEqual(400);
});
