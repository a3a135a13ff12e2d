import { createVirtualClock } from "../../provider/lifecycle/testing/virtual-clock";
import { fakeSurface } from "../testing/surface";
import { abortMany, type ManyRuns } from "./abort-many";
import type { RunService } from "./service";
import { clientWith } from "./testing/client";

const RUNS = ["run-1", "run-2", "run-3"];

/** Aborts runs of an account with three active runs. The stack `dev` has one of them, and a run that has ended. */
async function abortOf(many: Partial<ManyRuns>, answer: string | undefined, isComplete = true) {
  const clock = createVirtualClock();
  const aborted = new Set<string>();
  const questions: string[] = [];
  const surface = fakeSurface({});
  const client = clientWith({
    listActive: async () => ({
      executions: RUNS.filter((id) => !aborted.has(id)).map((executionId) => ({
        executionId,
        status: "running",
        fileName: executionId,
      })),
      unreadable: 0,
      hasMore: !isComplete,
    }),
    record: async (id) => ({ kind: "found", value: { status: aborted.has(id) ? "aborted" : "running", errors: [] } }),
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
    recorded: () =>
      new Map([
        ["urn-1", "run-2"],
        ["urn-2", "run-0"],
      ]),
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
  const { code, questions, aborted, out, said } = await abortOf({ stack: "dev" }, "y");
  expect([code, aborted]).toEqual([0, ["run-2"]]);
  expect(questions).toEqual(["Abort 1 active run of the stack dev? [y/N] "]);
  expect(said).toContain("  run-2  running  run-2");
  expect(out).toBe("Run run-2: aborted");
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
  const { code, out, said } = await abortOf({ isSure: true, json: true, stack: "dev" }, undefined, false);
  expect(code).toBe(1);
  expect(said).toMatch(/incomplete/);
  expect(JSON.parse(out)).toEqual({ runs: [{ executionId: "run-2", status: "aborted", ended: true }] });
});
