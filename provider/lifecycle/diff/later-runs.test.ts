import type { ExecutionSummary } from "../../lyceum/port";
import { check, create, deleteResource, diff } from "..";
import { formatFileName, type StartKey } from "../run/identity/start-key";
import { inputs, never, nextCommand, stateOf, URN } from "../testing/recorded-resource";
import { isLater } from "./later-runs";

const resource = { scope: "ssssss", resource: "rrrrrrr" };
const own: StartKey = { ...resource, inputs: "iiiiiii", attempt: 2, onDelete: "abort", tag: "mine" };
const recorded = { attempt: 2 };
const run = (key: Partial<StartKey>, status = "running"): ExecutionSummary => ({
  executionId: "r",
  status,
  fileName: formatFileName({ ...own, ...key }, "label"),
});

test.each<[string, ExecutionSummary, boolean]>([
  ["a later attempt: a checkpoint was restored", run({ attempt: 3, tag: "else" }), true],
  ["the same attempt, started by another command", run({ tag: "else" }), true],
  ["an earlier attempt, which a renamed row may hold", run({ attempt: 1, tag: "else" }), false],
  ["the same request, which a proxy has repeated", run({}), true],
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

/**
 * Makes the first command after an older checkpoint was restored. Before the restore, another command had already
 * replaced the run.
 */
async function restored() {
  const { process, old, runtime } = await nextCommand();
  const { inputs: newer } = await check(runtime, { oldInputs: old.oldInputs, news: inputs({ triggers: [1] }) });
  await diff(runtime, { state: old.state, news: newer });
  await deleteResource(runtime, { state: old.state, signal: never });
  const replacement = stateOf(await create(runtime, { news: newer, signal: never }));
  process.rows.length = 0;
  return { process, old, newer, replacement, runtime: process.newCommand() };
}

const reported = (rows: readonly string[]) => rows.filter((row) => row.includes("has read has this run"));

describe("a diff", () => {
  test("reports the newer run of a restored checkpoint, once", async () => {
    const { process, old, runtime } = await restored();
    const { inputs: news } = await check(runtime, { oldInputs: old.oldInputs, news: old.oldInputs });
    await diff(runtime, { state: old.state, news });
    await diff(runtime, { state: old.state, news });
    expect(reported(process.rows)).toEqual([
      expect.stringMatching(/^train warning: Run run-2 \(running, label "train"/),
    ]);
  });

  test("does not report a newer run that a replacement of the recorded run may adopt", async () => {
    const { process, old, newer, runtime } = await restored();
    const { inputs: news } = await check(runtime, { oldInputs: old.oldInputs, news: newer });
    expect(await diff(runtime, { state: old.state, news })).toMatchObject({ kind: "replace" });
    await deleteResource(runtime, { state: old.state, signal: never });
    expect(await create(runtime, { news, signal: never })).toMatchObject({ executionId: "run-2" });
    expect(reported(process.rows)).toEqual([]);
  });

  const twice = (rows: readonly string[]) => rows.filter((row) => row.includes("is recorded by two resources"));
  test.each([
    [{}, {}, 1],
    [{ onDelete: "leave" }, {}, 0],
    [{}, { onDelete: "leave" }, 0],
    [{}, { triggers: [1] }, 0],
  ])(
    "warns of a run that two resources have and that either deletion would abort: %j and %j",
    async (one, two, warnings) => {
      const { process, old, runtime } = await nextCommand();
      for (const [name, values] of [["train", one] as const, ["other", two] as const]) {
        const urn = URN.replace("::train", `::${name}`);
        const news = inputs(values, { urn });
        const { inputs: checked } = await check(runtime, { oldInputs: old.oldInputs, news });
        await diff(runtime, { state: { ...old.state, urn }, news: checked });
      }
      expect(twice(process.rows)).toHaveLength(warnings);
    },
  );
});
