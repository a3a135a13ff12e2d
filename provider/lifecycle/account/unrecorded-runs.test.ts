import { createExecution } from "../create/create";
import { modelError } from "../testing/model-service";
import { abortsOf, createWorld, someInputs } from "../testing/world";
import { reportRunsOfResource, reportRunsOfScope } from "./unrecorded-runs";

test("after a resource is deleted, its active runs that no state contains are reported, and no other run", async () => {
  const first = createWorld();
  first.service.behaviour.script = [{ after: 1, status: "running" }];
  const inputs = someInputs({ waitFor: "accepted" });
  const recorded = await createExecution(first.context, inputs);
  await createExecution(first.context, someInputs({ waitFor: "accepted", $urn: "urn:other" }));
  await createExecution(first.context, someInputs({ waitFor: "accepted", $scope: "another-stack" }));

  // The other process does not know the recorded run, so it starts a second run of the resource.
  const second = createWorld(first);
  await reportRunsOfResource(second.context, { ...recorded, executionId: "run-9" });
  expect(abortsOf(first)).toEqual([]);
  expect(second.reported).toEqual([
    expect.stringMatching(/Run run-1 \(\w+, label "train", created 0 s ago\).*`npx pulumi-lyceum abort run-1`/),
  ]);
});

test("the run itself is known, and a service that refuses the list does not stop a destroy", async () => {
  const { context, service, reported, clock } = createWorld();
  service.behaviour.script = [{ after: 1, status: "running" }];
  const recorded = await createExecution(context, someInputs({ waitFor: "accepted" }));
  await reportRunsOfResource(context, recorded);
  expect(abortsOf({ service })).toEqual([]);
  // Without this sleep, the list that was read before would still be used.
  await clock.sleep(3);
  service.behaviour.failing = { listActive: modelError(500) };
  await reportRunsOfResource(context, recorded);
  expect(reported.join("\n")).toContain("could not check whether an interrupted command left an active run");
  await reportRunsOfResource(context, { ...recorded, startKey: "" });
});

test("a list that hangs delays a destroy by 10 s in all, and is reported once", async () => {
  const { context, service, reported, clock } = createWorld();
  service.behaviour.hangs = true;
  const begunAt = clock.now();
  for (const secret of ["one", "two"]) await reportRunsOfScope(context, secret);
  expect((clock.now() - begunAt) / 1000).toBe(10);
  expect(service.calls).toEqual(["listActive"]);
  expect(reported).toEqual([
    expect.stringMatching(
      /could not check whether an interrupted command left an active run \(.*\)\. `npx pulumi-lyceum list` shows/,
    ),
  ]);
});
