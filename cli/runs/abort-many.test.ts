import { createVirtualClock } from "../../provider/lifecycle/testing/virtual-clock";
import { LyceumError } from "../../provider/lyceum/errors";
import { fakeSurface } from "../testing/surface";
import { abortMany, type ManyRuns } from "./abort-many";
import type { RunService } from "./service";
import { clientWith } from "./testing/client";

const unknown = new LyceumError({ code: "LYC1103", message: "unknown", status: 404 });
const RUNS = ["run-1", "run-2", "run-3"];

const urnOf = (name: string) => `urn:pulumi:dev::training::lyceum:index:ComposeExecution::${name}`;
/** The runs in the state of the stack `dev`: an active run, and a run that has ended. */
const RECORDED = { train: "run-2", prepare: "run-0" };

/** Aborts runs of an account with three active runs. */
async function abortOf(
  many: Partial<ManyRuns>,
  answer: string | undefined,
  {
    isComplete = true,
    recorded = RECORDED,
    active = RUNS,
  }: { isComplete?: boolean; recorded?: Record<string, string>; active?: readonly string[] } = {},
) {
  const clock = createVirtualClock();
  const aborted = new Set<string>();
  const questions: string[] = [];
  const surface = fakeSurface({});
  const client = clientWith({
    listActive: async () => ({
      executions: active
        .filter((id) => !aborted.has(id))
        .map((executionId) => ({
          executionId,
          status: "running",
          fileName: executionId,
        })),
      unreadable: 0,
      hasMore: !isComplete,
    }),
    record: async (id) => {
      if (id === "run-of-another-account") return { kind: "missing", error: unknown };
      if (id === "run-unreadable") throw new Error("LYC1104: no answer");
      const hasEnded = aborted.has(id) || id === "run-0";
      return { kind: "found", value: { status: hasEnded ? "aborted" : "running", errors: [] } };
    },
    abort: async (id) => {
      if (id === "run-3") throw new Error("LYC1102: no access");
      aborted.add(id);
      return { kind: "found", value: {} };
    },
  });
  const service = {
    client,
    now: clock.now,
    sleep: clock.sleep,
    stopped: new AbortController().signal,
    recorded: () => new Map(Object.entries(recorded).map(([name, id]) => [urnOf(name), id])),
  } as unknown as RunService;
  const ask = async (question: string) => {
    questions.push(question);
    return answer ?? "";
  };
  const work = abortMany(
    service,
    surface,
    { stack: undefined, isSure: false, waits: true, json: false, ...many },
    answer === undefined ? undefined : ask,
  );
  const code = await work.catch(String);
  return {
    code,
    questions,
    aborted: [...aborted],
    out: surface.output.join("\n"),
    said: surface.complaints.join("\n"),
  };
}

test("the runs of a stack are aborted after a question that shows them, and no other run", async () => {
  const { code, questions, aborted, out } = await abortOf({ stack: "dev" }, "y");
  expect([code, aborted]).toEqual([0, ["run-2"]]);
  expect(questions).toEqual(["Abort 1 active run of the stack dev? [y/N] "]);
  expect(out).toBe("  run-2  running  run-2\nRun run-2: aborted");
});

test("the question shows every run that is aborted", async () => {
  const active = Array.from({ length: 25 }, (_, index) => `many-${index}`);
  const { aborted, out } = await abortOf({}, "y", { active });
  expect(aborted).toEqual(active);
  expect(out.split("\n").slice(0, 25)).toEqual(active.map((id) => `  ${id}  running  ${id}`));
});

test.each(["", "n", "no", "yess"])("the answer %j aborts nothing", async (answer) => {
  expect(await abortOf({}, answer)).toMatchObject({
    code: 1,
    aborted: [],
    said: expect.stringContaining("Nothing was"),
  });
});

test("without a terminal, --yes is needed", async () => {
  const { code, aborted } = await abortOf({}, undefined);
  expect([code, aborted]).toEqual([
    expect.stringMatching(/--yes is missing: it aborts 3 active runs of the account/),
    [],
  ]);
});

test("an abort that fails does not stop the others, and is no success", async () => {
  const { code, questions, aborted, out } = await abortOf({ isSure: true }, undefined);
  expect([code, questions, aborted]).toEqual([1, [], ["run-1", "run-2"]]);
  expect(out).toMatch(/^Run run-3: not aborted\. .*LYC1102/m);
});

test("an incomplete list is no success, and JSON has each run", async () => {
  const { code, out, said } = await abortOf({ isSure: true, json: true, stack: "dev" }, undefined, {
    isComplete: false,
  });
  expect(code).toBe(1);
  expect(said).toMatch(/incomplete/);
  expect(JSON.parse(out)).toEqual({ runs: [{ executionId: "run-2", status: "aborted", ended: true }] });
});

test.each([
  ["of another account", "run-of-another-account", /Run run-of-another-account of eval .*\(404\).*set LYCEUM_API_KEY/],
  [
    "without a clear answer to its start",
    "",
    /The start of eval got no clear answer, so its run is not known: `pulumi/,
  ],
  ["that cannot be read", "run-unreadable", /Run run-unreadable of eval cannot be read, .*LYC1104: no answer/],
])("a run %s is no success, and the other runs of the stack are aborted", async (_title, id, message) => {
  const alone = await abortOf({ stack: "dev", isSure: true }, undefined, { recorded: { eval: id } });
  expect([alone.code, alone.aborted, alone.said]).toEqual([1, [], expect.stringMatching(message)]);
  expect(alone.said).not.toMatch(/No active runs/);
  const both = await abortOf({ stack: "dev", isSure: true }, undefined, { recorded: { ...RECORDED, eval: id } });
  expect([both.code, both.aborted, both.said]).toEqual([1, ["run-2"], expect.stringMatching(message)]);
});

test("a run of the stack that the list of active runs does not have yet is aborted", async () => {
  const { code, questions, aborted } = await abortOf({ stack: "dev" }, "y", { recorded: { eval: "run-new" } });
  expect([code, aborted, questions]).toEqual([0, ["run-new"], ["Abort 1 active run of the stack dev? [y/N] "]]);
});

test("a stack whose runs have ended has no active runs, which is a success", async () => {
  const { code, said } = await abortOf({ stack: "dev" }, "y", { recorded: { prepare: "run-0" } });
  expect([code, said]).toEqual([0, "No active runs of the stack dev."]);
});
