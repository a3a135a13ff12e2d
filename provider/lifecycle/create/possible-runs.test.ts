import type { ExecutionSummary } from "../../lyceum/port";
import { possibleRuns, showsKeys } from "./start-decision";
import { formatFileName } from "./start-key";

const key = { scope: "ssssss", resource: "aaaaaaa", inputs: "bbbbbbb" };

/** A run of the resource. */
const ours = (inputs = key.inputs): ExecutionSummary => ({
  executionId: "r",
  status: "running",
  fileName: formatFileName({ ...key, inputs, attempt: 1, onDelete: "abort" }, "label"),
});

describe("runs that may have come of a start", () => {
  const snapshot = (...active: ExecutionSummary[]) => ({ active, history: [], gaps: [] });
  const nameless = { executionId: "o", status: "running" };
  const before = snapshot({ executionId: "old", status: "running" });
  const possible = (...runs: ExecutionSummary[]) => possibleRuns(snapshot(...runs), key, before, (id) => id === "own");
  const named = (fileName: string) => possible({ ...nameless, fileName });
  const otherKey = formatFileName({ ...key, resource: "ccccccc", attempt: 1, onDelete: "abort" }, "label");

  test("are none in an empty list", () => expect(possible()).toEqual([]));
  test("are those without a file name, whatever their times", () =>
    expect(possible({ ...nameless, createdAt: "2026-03-01T10:53:20.000Z" })).toEqual(["o"]));
  test("are not those that were there before, or that this process knows", () =>
    expect(possible({ executionId: "old", status: "completed" }, { ...nameless, executionId: "own" })).toEqual([]));
  test("are those of ours", () => expect(possible(ours())).toEqual(["r"]));
  test("are not those of this resource with other inputs, or of another resource", () => {
    expect(possible(ours("ccccccc"))).toEqual([]);
    expect(named(otherKey)).toEqual([]);
    expect(named("ssssssccccccca1b2c3da1-label")).toEqual([]);
  });
  test.each([
    "x",
    "docker-compose.yml",
    otherKey.toUpperCase(),
    `x-${otherKey}`,
    otherKey.slice(0, 20),
    "0".repeat(64),
  ])("are those whose name is not surely somebody else's: %s", (fileName) => expect(named(fileName)).toEqual(["o"]));
});

test("a lookup shows keys where a name begins with one", () => {
  const of = (fileName?: string) =>
    showsKeys({
      active: [],
      history: [{ executionId: "o", status: "running", ...(fileName && { fileName }) }],
      gaps: [],
    });
  expect([of(ours().fileName), of("train.yaml"), of()]).toEqual([true, false, false]);
  const mixed = [ours(), { ...ours(), executionId: "s", fileName: "train.yaml" }];
  expect(showsKeys({ active: mixed, history: [], gaps: [] })).toBe(true);
});
