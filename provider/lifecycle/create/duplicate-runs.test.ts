import type { ExecutionSummary } from "../../lyceum/port";
import { abortsOf, createWorld, someInputs } from "../testing/world";
import { createExecution } from "./create";
import { isDuplicate } from "./duplicate-runs";
import { formatFileName, type StartKey } from "./start-key";

const key: StartKey = { scope: "ssssss", resource: "rrrrrrr", inputs: "iiiiiii", attempt: 2, onDelete: "abort" };
const run = (parts: Partial<StartKey>, status = "running"): ExecutionSummary => ({
  executionId: "late",
  status,
  fileName: formatFileName({ ...key, ...parts }, "label"),
});

test.each<[string, ExecutionSummary, boolean]>([
  ["the same start, twice", run({}), true],
  ["an earlier attempt with other inputs", run({ attempt: 1, inputs: "ooooooo" }), true],
  ["one that has ended", run({}, "completed"), false],
  ["a later command's", run({ attempt: 3 }), false],
  ["another resource's", run({ resource: "ooooooo" }), false],
  ["another stack's", run({ scope: "oooooo" }), false],
  ["one of before that was to be left alone", run({ attempt: 1, onDelete: "leave" }), false],
  ["the same start, which was to be left alone, twice", run({ onDelete: "leave" }), true],
  ["a stranger's", { executionId: "late", status: "running", fileName: "train.yaml" }, false],
])("%s", (_name, listed, expected) => {
  expect(isDuplicate(listed, { executionId: "own", key }, () => false)).toBe(expected);
  expect(isDuplicate(listed, { executionId: "late", key }, () => false)).toBe(false);
  expect(isDuplicate(listed, { executionId: "own", key }, () => true)).toBe(false);
});

/** A world in which the start of a killed command takes effect after the next one has looked and started its own. */
function heldStart() {
  const world = createWorld();
  const { service, clock } = world;
  service.behaviour.script = [
    { after: 1, status: "running" },
    { after: 30, status: "completed", returnCode: 0 },
  ];
  clock.at(5, () => {
    const [first] = service.runs;
    if (first !== undefined) void service.client.start(first.request);
  });
  return world;
}

test("a start that was held until this command had looked is aborted in the tick that shows it, and reported", async () => {
  const { context, service, reported } = heldStart();
  const outputs = await createExecution(context, someInputs({ waitFor: "completed" }));
  expect(outputs).toMatchObject({ executionId: "run-1", status: "completed" });
  expect(abortsOf({ service })).toEqual(["run-2"]);
  const late = service.calls.slice(service.calls.lastIndexOf(`start ${service.runs[1]?.request.file_name}`));
  expect(late.slice(0, late.indexOf("abort run-2")).filter((call) => call === "listActive")).toHaveLength(1);
  expect(reported.join()).toContain(
    "An interrupted command left run run-2 (pending) active; it was aborted and has ended.",
  );
});

test("it is aborted, too, when the wait for its resource is over and the command still waits for another", async () => {
  const { context, service, reported } = heldStart();
  const other = someInputs({ $urn: "urn:pulumi:dev::shop::t::other", waitFor: "completed" });
  const [own] = await Promise.all([
    createExecution(context, someInputs({ waitFor: "accepted" })),
    createExecution(context, other),
  ]);
  expect(own.executionId).toBe("run-1");
  expect(abortsOf({ service })).toEqual(["run-3"]);
  expect(service.runs[2]?.request.file_name).toBe(`${own.startKey}-train`);
  expect(reported.join()).toContain("An interrupted command left run run-3 (pending) active; it was aborted");
});

test("the provider of a killed command leaves the next command's run alone", async () => {
  const { context, service, engine, clock } = heldStart();
  clock.at(4, () => {
    engine.alive = false;
  });
  await createExecution(context, someInputs({ waitFor: "completed" }));
  expect(abortsOf({ service })).toEqual([]);
});
