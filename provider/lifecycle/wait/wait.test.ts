import { createExecution } from "../create/create";
import { modelError } from "../testing/model-service";
import { createWorld, someInputs } from "../testing/world";

test("many waits share one list call a tick, at most every 2 s in the first minute and 5 s later", async () => {
  const { context, service, clock } = createWorld();
  service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 120, status: "completed", returnCode: 0 },
  ];
  const begun = clock.now();
  const many = Array.from({ length: 200 }, (_, index) =>
    createExecution(context, someInputs({ $urn: `urn:${index}`, waitFor: "completed" })),
  );
  const outputs = await Promise.all(many);
  expect(outputs.every(({ status }) => status === "completed")).toBe(true);
  const lists = service.calls.filter((call) => call === "listActive").length;
  expect(lists).toBeLessThan(70);
  expect(lists).toBeGreaterThan((clock.now() - begun) / 1000 / 5 - 1);
  // Each run is read once by itself, when the list no longer shows it.
  expect(service.calls.filter((call) => call.startsWith("record ")).length).toBeLessThanOrEqual(400);
});

describe("a clock that runs out claims no more of the run than was seen", () => {
  const reported = async (alter: (world: ReturnType<typeof createWorld>) => void): Promise<string> => {
    const world = createWorld();
    world.service.behaviour.script = [{ after: 1, status: "running" }];
    world.clock.at(8, () => alter(world));
    const inputs = someInputs({ waitFor: "completed", clocks: { total: 30 } });
    return createExecution(world.context, inputs).then(
      () => "",
      (error: Error) => error.message,
    );
  };

  test("a run that is shown goes on", async () =>
    expect(await reported(() => undefined)).toMatch(/^LYC3002: .* The run continues and its id is saved\./));

  test("one that answers 404 may have ended", async () => {
    const text = await reported(({ service }) => service.behaviour.forgotten.add("run-1"));
    expect(text).toMatch(/^LYC3002: .* now answers 404 for it.*its current status is unknown.* Its id is saved\./);
    expect(text).not.toContain("The run continues");
  });

  test("so may one that cannot be read", async () => {
    const text = await reported(({ service }) => {
      const calls = ["listActive", "record", "olderStatus", "history"];
      service.behaviour.failing = Object.fromEntries(calls.map((call) => [call, modelError(500)]));
    });
    expect(text).toMatch(/^LYC3002: .* has not shown it since.*its current status is unknown.* Its id is saved\./);
  });
});
