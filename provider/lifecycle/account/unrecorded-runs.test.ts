import { createExecution } from "../create/create";
import { modelError } from "../testing/model-service";
import { abortsOf, createWorld, someInputs } from "../testing/world";
import { isUnrecorded, reportRunsOfResource, reportRunsOfScope, reportUnrecorded } from "./unrecorded-runs";

test("after a resource is deleted, its active runs that no state contains are reported, and no other run", async () => {
  const first = createWorld();
  first.service.behaviour.script = [{ after: 1, status: "running" }];
  const inputs = someInputs({ waitFor: "accepted" });
  const recorded = await createExecution(first.context, inputs);
  await createExecution(first.context, someInputs({ waitFor: "accepted", $urn: "urn:other" }));
  await createExecution(first.context, someInputs({ waitFor: "accepted", $scope: "another-stack" }));
  await first.service.client.start({ compose_file_code: "", file_name: "train.yaml" });

  // The other process does not know the recorded run, so it starts a second run of the resource.
  const second = createWorld(first);
  await reportRunsOfResource(second.context, { ...recorded, executionId: "run-9" });
  expect(abortsOf(first)).toEqual([]);
  expect(second.reported).toEqual([
    expect.stringMatching(/Run run-1 \(\w+, label "train", created 0 s ago\).*`npx pulumi-lyceum abort run-1`/),
  ]);
});

test("the deleted run is not reported, and a service that refuses the list does not stop a destroy", async () => {
  const { context, service, reported, clock } = createWorld();
  service.behaviour.script = [{ after: 1, status: "running" }];
  const recorded = await createExecution(context, someInputs({ waitFor: "accepted" }));
  await reportRunsOfResource(context, recorded);
  await reportRunsOfResource(context, { ...recorded, startKey: "" });
  expect(reported.filter((line) => !line.startsWith("progress"))).toEqual([]);
  expect(abortsOf({ service })).toEqual([]);
  // Without this sleep, the process would use the list that it read before.
  await clock.sleep(3);
  service.behaviour.failing = { listActive: modelError(500) };
  await reportRunsOfResource(context, recorded);
  expect(reported.join("\n")).toContain("could not check whether an interrupted command left an active run");
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

test("runs are reported once each, sorted by label and age", () => {
  const { context, reported } = createWorld();
  const run = (id: string, createdAt: string) => ({ executionId: id, status: "running", createdAt });
  const a = { ...run("a", "2026-03-01"), hardwareProfile: "cpu" };
  const { createdAt: _, ...undated } = run("d", "");
  reportUnrecorded(context, [undated, run("b", "2026-03-01"), run("c", "2026-03-02"), a, a]);
  expect(reported.map((line) => line.includes(", machine cpu)"))).toEqual([true, false, false, false]);
  expect(reported[0]).toContain("Run a (running, created");
  expect(reported[3]).toContain("Run d (running) is active");
  expect(reported.map((line) => /Run (\w+)/.exec(line)?.[1])).toEqual(["a", "b", "c", "d"]);
});

test("runs of a stack whose secret is deleted are reported, and no others", async () => {
  const first = createWorld();
  first.service.behaviour.script = [{ after: 1, status: "running" }];
  for (const scope of ["one", "two"])
    await createExecution(first.context, someInputs({ waitFor: "accepted", $scope: scope }));
  const second = createWorld(first);
  await reportRunsOfScope(second.context, "two");
  expect(second.reported).toEqual([expect.stringContaining("Run run-2 (")]);
});

test.each([
  ["is active", "running", "abort", false, true],
  ["has ended", "failed", "abort", false, false],
  ["is being stopped", "cancelling", "abort", false, false],
  ["was to be left alone", "running", "leave", false, false],
  ["this process knows", "running", "abort", true, false],
] as const)("a run that %s counts as unrecorded: %s", (_, status, onDelete, isKnown, expected) => {
  const key = { scope: "s", resource: "r", inputs: "i", attempt: 1, onDelete };
  expect(isUnrecorded({ executionId: "r1", status }, key, { isKnown: () => isKnown })).toBe(expected);
});
