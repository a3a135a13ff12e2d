import type { ExecutionSummary } from "../../provider/lyceum/port";
import { findRun } from "./find-run";
import { runsIn } from "./recorded-runs";
import { clientWith } from "./testing/client";

const ID = "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90";
const notRead = () => {
  throw new Error("no stack is read");
};
const page = (executions: readonly ExecutionSummary[]) => ({ executions, unreadable: 0, hasMore: false });
const run = (executionId: string, label: string, hour: number): ExecutionSummary => ({
  executionId,
  status: "running",
  fileName: `abcdefghijklmnopqrsta1-${label}`,
  createdAt: `2026-03-01T${hour}:00:00Z`,
});

test.each([ID, `local-${ID}`])("the id %s is used without a call", async (id) => {
  await expect(findRun(id, { client: clientWith({}), recorded: notRead })).resolves.toEqual({ executionId: id });
});

test("of several runs with one label, the newest active one is used, and a note names it", async () => {
  const active = [run("r1", "train", 10), run("r2", "train", 12), run("r3", "train-nightly", 13)];
  const client = clientWith({ listActive: async () => page(active) });
  await expect(findRun("train", { client, recorded: notRead })).resolves.toEqual({
    executionId: "r2",
    note: "Run r2 (running), the newest of 2 active runs with this label",
    choice: "Run r2 (running), the newest of 2 active runs with this label",
  });
});

test("for an abort, a label must belong to exactly one active run, and not to another person's run", async () => {
  const ofLabel = "only active" as const;
  const two = clientWith({ listActive: async () => page([run("r1", "train", 10), run("r2", "train", 12)]) });
  await expect(findRun("train", { client: two, recorded: notRead }, { ofLabel })).rejects.toThrow(
    /^Several active runs are called train: .*r2 \(created 2026-03-01T12:00:00Z\), r1/,
  );
  const missing = async () => ({ kind: "missing", error: new Error("404") as never }) as const;
  const none = clientWith({ listActive: async () => page([]), record: missing });
  await expect(findRun("train", { client: none, recorded: notRead }, { ofLabel })).rejects.toThrow("No run has");
});

test.each([
  ["one active run is aborted", [run("r1", "train", 10)], "r1"],
  ["a run that the history shows as ended is named", [], "r0"],
])("for an abort, of a label %s", async (_what, active, executionId) => {
  const history = async () => page([{ ...run("r0", "train", 9), status: "failed" }, run("r5", "train", 11)]);
  const client = clientWith({ listActive: async () => page(active), history });
  const found = await findRun("train", { client, recorded: notRead }, { ofLabel: "only active" });
  expect(found).toMatchObject({ executionId });
  expect(found).not.toHaveProperty("choice");
});

test("if the history cannot be read, only an abort goes on, because an abort needs no run that has ended", async () => {
  const history = async () => {
    throw new Error("no history");
  };
  const missing = async () => ({ kind: "missing", error: new Error("404") as never }) as const;
  const client = clientWith({ listActive: async () => page([]), history, record: missing });
  const find = (ofLabel: "only active" | "newest") => findRun("train", { client, recorded: notRead }, { ofLabel });
  await expect(find("newest")).rejects.toThrow("no history");
  await expect(find("only active")).rejects.toThrow("No run has the id or the label train");
  const noList = clientWith({
    listActive: async () => {
      throw new Error("no list");
    },
  });
  const abort = findRun("train", { client: noList, recorded: notRead }, { ofLabel: "only active" });
  await expect(abort).rejects.toThrow("no list");
});

test("if no active run has the label, the history is searched", async () => {
  const client = clientWith({ listActive: async () => page([]), history: async () => page([run("r1", "train", 10)]) });
  await expect(findRun("train", { client, recorded: notRead })).resolves.toMatchObject({ executionId: "r1" });
});

test("of several runs in the history, the newest one is used, and the note counts them", async () => {
  const history = async () => page([run("r1", "train", 10), run("r2", "train", 12), run("r0", "train", 11)]);
  const client = clientWith({ listActive: async () => page([]), history });
  await expect(findRun("train", { client, recorded: notRead })).resolves.toMatchObject({
    executionId: "r2",
    choice: "Run r2 (running), the newest of 3 runs with this label",
  });
});

test("a word that is not a label may be an id of another form, and is an error otherwise", async () => {
  const nothing = { listActive: async () => page([]), history: async () => page([]) };
  const known = clientWith({
    ...nothing,
    record: async () => ({ kind: "found", value: { status: "running", errors: [] } }),
  });
  await expect(findRun("run-7", { client: known, recorded: notRead })).resolves.toEqual({ executionId: "run-7" });
  const missing = async () => ({ kind: "missing", error: new Error("404") as never }) as const;
  const unknown = clientWith({ ...nothing, record: missing });
  await expect(findRun("run-7", { client: unknown, recorded: notRead })).rejects.toThrow(
    /^No run has the id or the label run-7/,
  );
});

describe("a resource of a stack", () => {
  const urn = (name: string, type = "lyceum:index:ComposeExecution") =>
    `urn:pulumi:dev::shop::my:Component$${type}::${name}`;
  const resources = [
    { urn: urn("train"), id: "r1", type: "lyceum:index:ComposeExecution" },
    { urn: urn("old"), id: "r0", type: "lyceum:index:ComposeExecution", delete: true },
    { urn: urn("other", "aws:s3:Bucket"), id: "b", type: "aws:s3:Bucket" },
    {
      urn: urn("eval", "pulumi-nodejs:dynamic/lyceum:ComposeExecution"),
      id: "r2",
      type: "pulumi-nodejs:dynamic/lyceum:ComposeExecution",
    },
  ];
  const unclear = { type: "lyceum:index:ComposeExecution", id: "unclear-start-k" };
  const found = { ...unclear, urn: urn("found"), outputs: { executionId: "r3" } };
  const unknown = { ...unclear, urn: urn("unknown"), outputs: { executionId: "" } };
  const asked: string[] = [];
  const recorded = (stack: string) => {
    asked.push(stack);
    return runsIn(JSON.stringify({ deployment: { resources: [...resources, found, unknown] } }));
  };
  const find = (named: string, stack?: string) => findRun(named, { client: clientWith({}), recorded }, { stack });

  test("is found by its URN, which names the stack, and by its name in a stack", async () => {
    await expect(find(urn("train"))).resolves.toEqual({ executionId: "r1" });
    await expect(find("eval", "org/shop/dev")).resolves.toEqual({ executionId: "r2" });
    expect(asked).toEqual(["dev", "org/shop/dev"]);
  });

  test("that does not exist is an error that lists the existing resources", async () => {
    await expect(find("trian", "dev")).rejects.toThrow(
      "The stack dev has no run of trian; it has train, eval, found, unknown",
    );
    await expect(find("old", "dev")).rejects.toThrow("no run of old");
  });

  test("whose start got no clear answer is found by the id of its run, not by the id of the start", async () => {
    await expect(find("found", "dev")).resolves.toEqual({ executionId: "r3" });
    await expect(find("unknown", "dev")).rejects.toThrow("The start of unknown got no clear answer");
  });

  test("a stack without resources has no runs", async () => {
    expect(runsIn("{}").size).toBe(0);
  });
});
