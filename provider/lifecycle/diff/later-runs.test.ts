import type { ExecutionSummary } from "../../lyceum/port";
import { formatFileName, formatStartKey, type StartKey } from "../create/start-key";
import { isLater } from "./later-runs";

const resource = { scope: "ssssss", resource: "rrrrrrr" };
const own: StartKey = { ...resource, inputs: "iiiiiii", attempt: 2, onDelete: "abort", tag: "mine" };
const recorded = { attempt: 2, startKey: formatStartKey(own) };
const run = (key: Partial<StartKey>, status = "running"): ExecutionSummary => ({
  executionId: "r",
  status,
  fileName: formatFileName({ ...own, ...key }, "label"),
});

test.each<[string, ExecutionSummary, boolean]>([
  ["a later attempt: a checkpoint was restored", run({ attempt: 3, tag: "else" }), true],
  ["the same attempt, started by somebody else", run({ tag: "else" }), true],
  ["an earlier attempt, which a renamed row may hold", run({ attempt: 1, tag: "else" }), false],
  ["the recorded run, under an id of another form", run({}), false],
  ["one that has ended", run({ attempt: 3 }, "completed"), false],
  ["one that is being stopped", run({ attempt: 3 }, "cancelling"), false],
  ["one that was started to be left alone", run({ attempt: 3, onDelete: "leave" }), false],
  ["another resource's", run({ attempt: 3, resource: "ooooooo" }), false],
  ["another stack's", run({ attempt: 3, scope: "oooooo" }), false],
  ["a stranger's", { executionId: "r", status: "running", fileName: "train.yaml" }, false],
])("is reported: %s", (_what, listed, expected) => {
  expect(isLater(listed, { resource, recorded, processCache: { isKnown: () => false } })).toBe(expected);
  expect(isLater(listed, { resource, recorded, processCache: { isKnown: () => true } })).toBe(false);
});
