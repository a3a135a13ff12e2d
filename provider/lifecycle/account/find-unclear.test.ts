import { recordedRun } from "../testing/maps";
import { modelError } from "../testing/model-service";
import { createVirtualClock } from "../testing/virtual-clock";
import { afterUnclear } from "../testing/world";
import { reportOn } from "../watch/ports";
import { findUnclear, LISTS_LAG_SECONDS, untilListsShow } from "./find-unclear";

test("finds the run of a start in the list, otherwise in the history", async () => {
  const { outputs, service, clock } = await afterUnclear(true);
  service.calls.length = 0;
  expect(await findUnclear(service.client, outputs)).toMatchObject({ run: { executionId: "run-1" }, errors: [] });
  expect(service.calls).toEqual(["listActive"]);
  const [run] = service.runs;
  if (run !== undefined) service.end(run, "failed", 3);
  await clock.sleep(60);
  expect(await findUnclear(service.client, outputs)).toMatchObject({ run: { executionId: "run-1" }, errors: [] });
  service.behaviour.failing = { listActive: modelError(500) };
  expect(await findUnclear(service.client, outputs)).toMatchObject({ run: {}, errors: [modelError(500)] });
  service.behaviour.failing.history = modelError(503);
  expect(await findUnclear(service.client, outputs)).toEqual({ errors: [modelError(500), modelError(503)] });
});

test("sends no request if no key is recorded, and does not use another start of the attempt", async () => {
  const { outputs, service } = await afterUnclear(true);
  service.calls.length = 0;
  expect(await findUnclear(service.client, { startKey: "" })).toEqual({ errors: [] });
  expect(service.calls).toEqual([]);
  await service.client.start({ compose_file_code: "", file_name: "train.yaml" });
  const other = outputs.startKey.replace(/.$/, (letter) => (letter === "a" ? "b" : "a"));
  expect(await findUnclear(service.client, { startKey: other })).toEqual({ errors: [] });
});

test.each([
  ["right after the start", 0, 30, 1],
  ["later", 20, 10, 1],
  ["when the lists must show the run", LISTS_LAG_SECONDS, 0, 0],
  ["if the clock was set back", -1, 0, 0],
])("waits until the lists show a run: %s", async (_, age, seconds, lines) => {
  const clock = createVirtualClock();
  const reported: string[] = [];
  const report = reportOn("present", {
    progress: (urn) => void reported.push(urn),
    notice: () => undefined,
    warning: () => undefined,
  });
  const begun = clock.now();
  const requestedAt = new Date(begun - age * 1000).toISOString();
  const recorded = { ...recordedRun("", { requestedAt }), resourceUrn: "recorded" };
  await untilListsShow({ clock, report }, recorded, undefined);
  // The program may have renamed the resource since the start, so the recorded name is not the name of the row.
  expect([(clock.now() - begun) / 1000, reported]).toEqual([seconds, Array(lines).fill("present")]);
});
