import type { StackIdentity, UnrecordedRun, UnrecordedRuns } from "../../../provider/reads";
import { fakeSurface } from "../../testing/surface";
import type { Session } from "../stack/session";
import { TYPE, urnOf } from "../testing/events";
import { settled } from "./settle";

const SCOPE = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  plaintext: '"the-secret-of-the-stack"',
};
const creating = { type: "creating", resource: { urn: urnOf("job"), type: TYPE, inputs: { __scope: SCOPE } } };
const ROOT = { urn: "urn:pulumi:prod::training::pulumi:pulumi:Stack::training-prod", type: "pulumi:pulumi:Stack" };
const web = { urn: urnOf("web"), type: TYPE, id: "run-web", inputs: {}, outputs: { status: "running" } };
const run: UnrecordedRun = { executionId: "run-2", status: "running", isActive: true, label: "job", urn: urnOf("job") };

/** Returns the result for a stack with the execution `web`, after a command that ended in this way. */
async function settledStack(
  pending: readonly unknown[],
  lookup: UnrecordedRuns,
  { kind = "succeeded", isStopped = false, clears = true, others = [] as readonly unknown[] } = {},
) {
  let left = pending;
  const asked: StackIdentity[] = [];
  const cleared: (string | undefined)[] = [];
  const surface = fakeSurface({});
  const stack = {
    exportStack: async () => ({ deployment: { resources: [ROOT, web, ...others], pending_operations: left } }),
  };
  const stop = new AbortController();
  if (isStopped) stop.abort();
  const session = { surface, open: { stack }, stop: { signal: stop.signal } } as unknown as Session;
  const result = await settled(
    session,
    { kind: kind as "succeeded" },
    {
      find: async (identity) => {
        asked.push(identity);
        return lookup;
      },
      clear: async (root) => {
        cleared.push(root);
        if (clears) left = [];
        return clears;
      },
    },
  );
  return { result, asked, cleared, printed: surface.complaints.join("\n") };
}

test("without pending operations, nothing is listed and nothing is cleared", async () => {
  const { result, asked, cleared } = await settledStack([], { runs: [], gap: "refused" });
  expect([result.pending, asked, cleared]).toEqual([[], [], []]);
});

test("the run of an interrupted create is found by the secret of the stack, reported and not ended", async () => {
  const { result, asked, cleared, printed } = await settledStack([creating], { runs: [run], gap: undefined });
  expect(asked).toMatchObject([{ scopes: ["the-secret-of-the-stack"], interrupted: [urnOf("job")] }]);
  expect(asked[0]?.recorded.map(({ executionId }) => executionId)).toEqual(["run-web"]);
  expect(cleared).toEqual([ROOT.urn]);
  expect(result).toMatchObject({ pending: [], unrecorded: [run], notes: [] });
  expect(printed).toContain("job: a killed command has started run run-2 (running), and the state does not have it.");
  expect(printed).toContain("run `npx pulumi-lyceum abort run-2`");
  expect(printed).not.toContain("the-secret-of-the-stack");
});

test.each([
  ["no run", [], "A killed command was creating it, and no run of it is active."],
  [
    "a run that has ended",
    [{ ...run, status: "completed", isActive: false }],
    "A killed command was creating it, and no run of it is active. Its latest run run-2 has ended (completed).",
  ],
])("an interrupted create with %s is cleared and reported", async (_, runs, text) => {
  const { result, cleared, printed } = await settledStack([creating], { runs, gap: undefined });
  expect(cleared).toHaveLength(1);
  expect(result).toMatchObject({ pending: [], notes: [{ severity: "warning", name: "job", text }] });
  expect(printed).toContain(`job: ${text}`);
});

test("if the list of runs cannot be read, the operation stays, and the reason is reported", async () => {
  const { result, cleared } = await settledStack([creating], { runs: [], gap: "GET /workloads/list answered 403." });
  expect(cleared).toEqual([]);
  expect(result).toMatchObject({ pending: [{ reason: "GET /workloads/list answered 403." }], notes: [] });
});

test("if the state has no secret, the operation stays", async () => {
  const { resource } = creating;
  const plain = { ...creating, resource: { ...resource, inputs: {} } };
  const { result, asked } = await settledStack([plain], { runs: [], gap: undefined });
  expect(asked).toEqual([]);
  expect(result.pending).toMatchObject([{ reason: "The state does not have the secret of the start keys." }]);
});

test("after a failed or stopped command, nothing is settled", async () => {
  const lookup = { runs: [run], gap: undefined };
  const failed = await settledStack([creating], lookup, { kind: "failed" });
  expect([failed.result.pending, failed.asked, failed.cleared]).toEqual([[], [], []]);
  const stopped = await settledStack([creating], lookup, { isStopped: true });
  expect([stopped.result.pending.length, stopped.asked, stopped.cleared]).toEqual([1, [], []]);
});

test("operations that the refresh could not clear stay", async () => {
  const { result, printed } = await settledStack([creating], { runs: [], gap: undefined }, { clears: false });
  expect(result.pending).toHaveLength(1);
  expect(printed).toContain("The refresh failed: the pending operations stay.");
});

test("the run of an interrupted create is reported, even if its execution has adopted another run", async () => {
  const job = { urn: urnOf("job"), type: TYPE, id: "run-0", inputs: {}, outputs: { adopted: true } };
  const found = await settledStack([creating], { runs: [run], gap: undefined }, { others: [job] });
  expect(found.asked).toMatchObject([{ interrupted: [urnOf("job")] }]);
  expect(found.cleared).toEqual([ROOT.urn]);
  expect(found.printed).toContain("job: a killed command has started run run-2 (running)");
  // The execution may have adopted the run of the interrupted create.
  const none = await settledStack([creating], { runs: [], gap: undefined }, { others: [job] });
  expect([none.cleared, none.result.notes]).toEqual([[ROOT.urn], []]);
});
