import { LyceumError } from "../../lyceum/errors";
import type { ExecutionPage, LyceumPort } from "../../lyceum/port";
import type { ExecutionOutputs } from "../run/record/record";
import { modelError } from "../testing/model-service";
import { createWorld, running } from "../testing/world";
import { deleteExecution, type Replacement } from "./delete";

// What a delete decides about a run whose end nothing shows, and what its messages name. Time is virtual.

interface Change {
  readonly calls?: (service: Awaited<ReturnType<typeof running>>["service"]) => Partial<LyceumPort>;
  readonly outputs?: { readonly [Name in keyof ExecutionOutputs]?: ExecutionOutputs[Name] | undefined };
  /** Seconds after which the command is cancelled. */
  readonly cancelAfter?: number;
  readonly isLossAccepted?: boolean;
  readonly replacement?: Replacement;
}

/** Deletes an active run that no abort ends. */
async function deleted({ calls, outputs, cancelAfter, isLossAccepted, replacement }: Change) {
  const first = await running({ gracefulTimeout: 10 }, 1000);
  first.service.behaviour.abortWorks = false;
  const client = { ...first.service.client, ...calls?.(first.service) };
  const { context, clock, reported } = createWorld({ ...first, open: () => client });
  if (isLossAccepted === true) context.processCache.acceptLoss("run-1");
  const begunAt = clock.now();
  const cancel = new AbortController();
  if (cancelAfter !== undefined) void clock.sleep(cancelAfter).then(() => cancel.abort());
  const recorded = { ...first.outputs, ...outputs } as ExecutionOutputs;
  const failure = await deleteExecution(context, recorded, replacement, cancel.signal).catch((error: unknown) => error);
  const message = failure instanceof Error ? `${failure}` : "";
  return { message, seconds: (clock.now() - begunAt) / 1000, reported };
}

const fails = (error: LyceumError) => async () => Promise.reject(error);
const forbidden = fails(modelError(403));
const unknown = async () => ({ kind: "missing", error: modelError(404) }) as const;
const moved = fails(new LyceumError({ code: "LYC1109", message: "moved", status: 302 }));
const page = (executionId: string): ExecutionPage => ({
  executions: [{ executionId, status: "running" }],
  unreadable: 0,
  hasMore: false,
});

const LONG_AGO = { createdAt: "1970-01-01T00:00:00Z", requestedAt: "1970-01-01T00:00:00Z" };

/** Reads that answer 404, and a list that shows the run only after this number of reads. */
function listedAfter(reads: number): Partial<LyceumPort> {
  let sent = 0;
  return {
    record: () => {
      sent += 1;
      return unknown();
    },
    olderStatus: unknown,
    listActive: async () => page(sent >= reads ? "run-1" : "another"),
  };
}

describe("a run whose reads are answered 404", () => {
  test.each([2, 3, 4])("is active if the list shows it after %d reads: a refused abort is an error", async (reads) => {
    const { message, seconds } = await deleted({ calls: () => ({ ...listedAfter(reads), abort: forbidden }) });
    expect(message).toMatch(/LYC3018: Run run-1 .* cannot be aborted: .* answered 403\. It stays/);
    expect(seconds).toBeLessThan(5);
  });

  test.each([2, 3])("is active if the list shows it after %d reads: an unknown abort is sent again", async (reads) => {
    const { message, seconds } = await deleted({ calls: () => ({ ...listedAfter(reads), abort: unknown }) });
    expect(message).toMatch(/LYC3018: .* answered 404 \(sent 5 times\), although the run is active\. It stays/);
    expect(seconds).toBe(70);
  });

  const others = async () => page("another");
  const lost = { record: unknown, olderStatus: unknown, listActive: others, history: others };
  test("is reported as ended if its time limits have long passed", async () => {
    const { reported } = await deleted({ calls: () => lost, outputs: LONG_AGO });
    expect(reported.at(-1)).toMatch(/^notice: Lyceum does not know run run-1 \(404\)\. Its time limits ended/);
  });

  test("keeps its files if it is lost", async () => {
    const { reported } = await deleted({ calls: () => lost, isLossAccepted: true, outputs: { filesPrefix: "p/q" } });
    expect(reported.at(-1)).toBe("notice: The files of run run-1 stay in the bucket, in p/q.");
  });

  test.each<[string, Change, RegExp | undefined]>([
    ["is an error after the delete clock", { calls: () => lost }, /LYC3005: Lyceum does not know run run-1/],
    ["is over if its time limits have long passed", { calls: () => lost, outputs: LONG_AGO }, undefined],
    ["is lost if the program accepts this", { calls: () => lost, isLossAccepted: true }, undefined],
    [
      "is not ended if the list shows it at the end of the clock",
      { calls: () => ({ ...lost, ...listedAfter(8) }) },
      /LYC3005: The delete clock \(70 s\) ran out before Lyceum reported the end of the aborted run run-1/,
    ],
  ])("and whose abort was accepted %s", async (_, change, expected) => {
    const { message, seconds } = await deleted(change);
    if (expected === undefined) expect(message).toBe("");
    else expect(message).toMatch(expected);
    expect(seconds).toBe(70);
  });
});

describe("a run that no call shows", () => {
  const hidden = { record: forbidden, olderStatus: forbidden, listActive: forbidden, history: forbidden };
  const warnings = (reported: readonly string[]) => reported.filter((line) => line.startsWith("warning"));

  test("counts as deleted after the delete clock, and the warning names the refused calls alone", async () => {
    const { message, seconds, reported } = await deleted({ calls: () => hidden });
    expect([message, seconds]).toEqual(["", 70]);
    expect(reported.filter((line) => line.startsWith("progress"))).toEqual([
      "progress: abort sent; waiting up to 70 s for run run-1 to end",
    ]);
    expect(warnings(reported)).toEqual([
      expect.stringMatching(
        /LYC3015: .* of run run-1, .* \(GET \/execution\/\{id\} .*, GET \S+status .*, GET \S+list .*, GET \S+history answered 403\)\. Lyceum ends it by its `timeout` of 60 s at the latest/,
      ),
    ]);
  });

  test("has no known timeout if it was adopted", async () => {
    const { reported } = await deleted({ calls: () => hidden, outputs: { timeout: undefined } });
    expect(warnings(reported).join()).toContain("Lyceum ends it by its `timeout` at the latest.");
  });

  test("is not reported after a cancel", async () => {
    const calls = { ...hidden, record: unknown, olderStatus: unknown, abort: forbidden };
    const { message, reported } = await deleted({ calls: () => calls, cancelAfter: 20 });
    expect(message).toContain("LYC3021");
    expect(reported.slice(1)).toEqual(["progress: no call shows run run-1; waiting 70 s for it to end"]);
  });

  test("gets its time to end if reads and abort do not know it, and the warning names a refused abort", async () => {
    const calls = { ...hidden, record: unknown, olderStatus: unknown };
    const { message, seconds, reported } = await deleted({ calls: () => ({ ...calls, abort: forbidden }) });
    expect([message, seconds]).toEqual(["", 70]);
    expect(warnings(reported).join()).toMatch(/\(POST \S+ answered 403, GET \S+ answered 403, GET \S+ answered 403\)/);
  });
});

test.each<[string, Partial<LyceumPort>, RegExp]>([
  [
    "every call is redirected",
    { record: moved, olderStatus: moved, listActive: moved, history: moved },
    /^LYC1109: moved/,
  ],
  ["the abort alone is redirected", {}, /LYC3018: .* answered with a redirect \(302\)\. It stays/],
])("an abort that is not carried out because %s", async (_, calls, expected) => {
  const { message } = await deleted({ calls: () => ({ ...calls, abort: moved }) });
  expect(message).toMatch(expected);
});

test("an end that the list of active runs hides is found after the delete clock", async () => {
  const { message, seconds } = await deleted({
    calls: ({ runs, end, client }) => ({
      listActive: async () => page("run-1"),
      abort: async (...given) => {
        for (const run of runs) end(run, "aborted", 143);
        return client.abort(...given);
      },
    }),
  });
  expect([message, seconds]).toEqual(["", 70]);
});

test("an abort that Lyceum forbids is an error for an active run", async () => {
  const { message } = await deleted({ calls: () => ({ abort: forbidden }) });
  expect(message).toMatch(/LYC3018: Run run-1 \(last status: running\) cannot be aborted: .* answered 403\. It stays/);
});

test.each<[string, Partial<LyceumPort>, string]>([
  ["accepted", {}, "run run-1. Its last status was running. Its abort was sent. It stays"],
  ["not yet answered", { abort: () => new Promise(() => undefined) }, "but Lyceum has not confirmed it. It stays"],
])("a cancel during an abort that is %s is reported with this outcome", async (_, calls, expected) => {
  const { message, seconds } = await deleted({ calls: () => calls, cancelAfter: 5 });
  expect(message).toContain(expected);
  expect(seconds).toBe(5);
});

test("a cancel during an abort keeps the resource, although the replacement has onDelete leave", async () => {
  const replacement = { onDelete: "leave", rehearse: async () => undefined } as const;
  const { message, reported } = await deleted({ cancelAfter: 5, replacement });
  expect(message).toContain("LYC3021");
  expect(reported.filter((line) => !line.startsWith("progress"))).toEqual([]);
});

test("an abort without a clear answer, whose run stays active, is an error with both last answers", async () => {
  const { message } = await deleted({ calls: () => ({ abort: fails(modelError(500)) }) });
  expect(message).toMatch(
    /LYC3005: .* clear answer: POST \S+ answered 500 \(sent 5 times\)\. Its last status was running, [1-9]\d* s ago\. .* --target 'urn:/,
  );
});

test("a new status, and an end although Lyceum refused the abort, are reported", async () => {
  const { message, reported } = await deleted({
    outputs: { status: "pending" },
    calls: ({ runs, end }) => ({
      abort: async () => {
        for (const run of runs) end(run, "completed", 0);
        throw modelError(403);
      },
    }),
  });
  expect(message).toBe("");
  expect(reported.slice(1)).toEqual(["progress: completed (run run-1)", "progress: Run run-1 has ended (completed)."]);
});
