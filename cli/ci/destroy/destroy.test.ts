import { observedOf, step } from "../testing/events";
import { stepsOfDestroy } from "./destroy";

const running = { executionId: "run-1", status: "running", onDelete: "abort" };
const same = step("same", "job", { old: running, new: { onDelete: "abort", deleteRecord: false } });

test.each([
  ["deleted", [same, step("delete", "job", { old: running })], ["delete"]],
  ["new in the program", [step("same", "job", { old: {}, new: {} })], []],
  ["not a target", [same], ["same"]],
  [
    "left by an earlier replacement",
    [same, step("delete-replaced", "job", { old: running })],
    ["same", "delete-replaced"],
  ],
])("of an execution that is %s", (_title, events, ops) => {
  expect(stepsOfDestroy(observedOf(events).steps).map(({ op }) => op)).toEqual(ops);
});
