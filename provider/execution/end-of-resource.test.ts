import { createExecution } from "./create";
import { endResource } from "./end-of-resource";
import { modelError } from "./testing/model-service";
import { createWorld, someInputs } from "./testing/world";

test("after a resource went, active runs of it that no state contains are ended, and no other run is", async () => {
  const first = createWorld();
  first.service.behaviour.script = [{ after: 1, status: "running" }];
  const inputs = someInputs({ waitFor: "accepted" });
  const recorded = await createExecution(first.context, inputs);
  await createExecution(first.context, someInputs({ waitFor: "accepted", $urn: "urn:other" }));
  await createExecution(first.context, someInputs({ waitFor: "accepted", $scope: "another-stack" }));

  // To another process the recorded run is another one, and this is a second start of the resource.
  const second = createWorld(first);
  await endResource(second.context, { ...recorded, executionId: "run-9" });
  expect(first.service.calls.filter((call) => call.startsWith("abort"))).toEqual(["abort run-1"]);
  expect(second.reported.join("\n")).toContain("An interrupted command left run run-1");
});

test("the run itself is known, and a service that refuses the list keeps nobody from destroying", async () => {
  const { context, service, reported, clock } = createWorld();
  service.behaviour.script = [{ after: 1, status: "running" }];
  const recorded = await createExecution(context, someInputs({ waitFor: "accepted" }));
  await endResource(context, recorded);
  expect(service.calls.filter((call) => call.startsWith("abort"))).toEqual([]);
  // A list of that moment would still serve.
  await clock.sleep(3);
  service.behaviour.failing = { listActive: modelError(500) };
  await endResource(context, recorded);
  expect(reported.join("\n")).toContain("could not check whether an interrupted command left an active run");
  await endResource(context, { ...recorded, startKey: "" });
});
