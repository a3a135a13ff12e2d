import { LyceumError } from "../../lyceum/errors";
import type { AbortAnswer, Lookup, LyceumPort } from "../../lyceum/port";
import { modelError } from "../testing/model-service";
import { createVirtualClock } from "../testing/virtual-clock";
import { abortRun } from "./abort-run";
import type { Observation } from "./observe";
import type { Poller } from "./poller";

const status = (word: string, more: object = {}): Observation => ({ kind: "status", status: word, ...more });
const unlisted: Observation = { kind: "unlisted", error: modelError(403) };
const moved = new LyceumError({ code: "LYC1109", message: "moved", status: 302 });
const refused = (error: LyceumError): Observation => ({ kind: "refused", error });

/**
 * Aborts a run, and returns how the abort ended. The abort gets the given answer. Each second has one of the given
 * observations of the run, and the last one is repeated.
 */
async function abortOf(
  answer: LyceumError | "noted",
  shown: readonly Observation[],
  { bounds = {}, isListed = false }: { bounds?: object; isListed?: boolean } = {},
) {
  const clock = createVirtualClock();
  const begunAt = clock.now();
  const statuses: string[] = [];
  const deadlines: number[] = [];
  const limits: unknown[] = [];
  const abort: LyceumPort["abort"] = async (_id, options): Promise<Lookup<AbortAnswer>> => {
    limits.push(options?.timeoutSeconds);
    if (answer !== "noted") throw answer;
    return { kind: "found", value: {} as AbortAnswer };
  };
  const watch: Poller["watch"] = async (_id, see, deadline) => {
    for (let look = 0; clock.now() < deadline(); look += 1) {
      deadlines.push((deadline() - begunAt) / 1000);
      await clock.sleep(1);
      const end = see(shown[Math.min(look, shown.length - 1)] ?? unlisted);
      if (end !== undefined) return end;
    }
    return "deadline";
  };
  const client = { abort } as Pick<LyceumPort, "abort">;
  const run = abortRun(
    { client, clock, poller: { watch } as Poller },
    { executionId: "r1", status: "running", graceSeconds: 10, isListed },
    { endsAt: begunAt + 60_000, onStatus: (word) => statuses.push(word), ...bounds },
  );
  const end = await run.watch();
  const { run: last, at, kind } = run.last();
  return { end, statuses, last, seconds: (at - begunAt) / 1000, kind, limits };
}

test("each new status is reported, the last observation is kept, and the abort has the time of the watch", async () => {
  const ended = { status: "aborted", endedAt: "2026-03-01T12:00:00Z", returnCode: 143 };
  const shown = [status("running"), status("stopping"), status("stopping"), status("aborted", { record: ended })];
  expect(await abortOf("noted", shown)).toEqual({
    end: "ended",
    statuses: ["stopping", "aborted"],
    last: ended,
    seconds: 4,
    kind: "status",
    limits: [60],
  });
});

test("an observation without a status changes only the kind of the run", async () => {
  const { last, seconds, kind } = await abortOf("noted", [status("stopping"), refused(modelError(403))], {
    bounds: { stopsUnseen: true },
  });
  expect([last, seconds, kind]).toEqual([{ status: "stopping" }, 1, "refused"]);
});

test.each([
  ["an accepted abort", "noted" as const, [unlisted], {}, "gone"],
  ["an abort that is not accepted", modelError(503), [unlisted], {}, "late"],
  ["the same, of a run that was listed before", modelError(503), [unlisted], { isListed: true }, "gone"],
  [
    "the same, of a run that is listed meanwhile",
    modelError(503),
    [status("running", { isListed: true }), unlisted],
    {},
    "gone",
  ],
  ["the same, of a run that only its record shows", modelError(503), [status("running"), unlisted], {}, "late"],
])("a run that leaves the list after %s is %#", async (_, answer, shown, more, end) => {
  expect((await abortOf(answer, shown, more)).end).toBe(end);
});

test.each([
  ["the abort and the reads are redirected", moved, [refused(moved)], {}, "refused"],
  ["the abort is redirected, and the reads are refused", moved, [refused(modelError(403))], {}, "late"],
  ["the abort is redirected, and the run is active", moved, [status("running")], {}, "refused"],
  ["the reads alone are redirected", modelError(503), [refused(moved)], {}, "late"],
  ["the abort is refused, and the run is active", modelError(403), [status("running")], {}, "refused"],
  [
    "the abort is refused, and the run is unknown",
    modelError(403),
    [{ kind: "missing" } as Observation],
    {},
    "unknown",
  ],
  [
    "the run is not shown, and the caller stops then",
    "noted" as const,
    [refused(moved)],
    { stopsUnseen: true },
    "late",
  ],
])("the watch ends if %s", async (_, answer, shown, bounds, end) => {
  expect((await abortOf(answer, shown, { bounds })).end).toBe(end);
});

test("a run whose abort could not be sent is not watched", async () => {
  const unsent = new LyceumError({ code: "LYC1201", message: "no connection" });
  expect(await abortOf(unsent, [status("stopping")])).toMatchObject({ end: "late", statuses: [], kind: "unreachable" });
});
