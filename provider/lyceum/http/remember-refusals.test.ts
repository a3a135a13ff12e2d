import { LyceumError } from "../errors";
import type { LyceumPort } from "../port";
import { rememberRefusals } from "./remember-refusals";

const failure = (status: number) => new LyceumError({ code: "LYC1108", message: `${status}`, status });
const page = { executions: [], unreadable: 0, hasMore: false };

/** A client whose list has these answers, one for each call. All further calls get the last answer. */
function listing(...answers: readonly (LyceumError | "page")[]) {
  let sent = 0;
  const listActive = async () => {
    const answer = answers[Math.min(sent, answers.length - 1)];
    sent += 1;
    if (answer instanceof LyceumError) throw answer;
    return page;
  };
  const { client, refused } = rememberRefusals({ listActive, record: listActive } as unknown as LyceumPort);
  const ask = (call: "listActive" | "record" = "listActive") =>
    (call === "record" ? client.record("r1") : client.listActive()).then(
      () => "page",
      (error: LyceumError) => error.status,
    );
  return { ask, refused, sent: () => sent };
}

test.each([
  ["a lasting refusal", [failure(403)], 1, [403, 403], 403],
  ["a refused credential", [failure(401)], 2, [401, 401], 401],
  ["a failure that may pass", [failure(500)], 2, [500, 500], undefined],
  ["a refusal after an answer", ["page", failure(403)], 2, ["page", 403], 403],
  ["an answer after a failure", [failure(500), "page"], 2, [500, "page"], undefined],
] as const)("the list after %s", async (_, answers, sent, seen, remembered) => {
  const list = listing(...answers);
  expect([await list.ask(), await list.ask()]).toEqual(seen);
  expect([list.sent(), list.refused("list")?.status]).toEqual([sent, remembered]);
});

test("a list that has worked is sent again after each refusal", async () => {
  const list = listing("page", failure(403), "page");
  expect([await list.ask(), await list.ask(), await list.ask()]).toEqual(["page", 403, "page"]);
  expect(list.refused("list")).toBeUndefined();
});

test("a call about one run is sent each time", async () => {
  const record = listing(failure(403));
  expect([await record.ask("record"), await record.ask("record")]).toEqual([403, 403]);
  expect([record.sent(), record.refused("record")?.status]).toEqual([2, 403]);
});

test.each([
  ["record", "record", ["r1", { signal: undefined }]],
  ["olderStatus", "olderStatus", ["r1", { signal: undefined }]],
  ["abort", "abort", ["r1", { sentOnce: true }]],
  ["deleteRecord", "deleteRecord", ["r1", { signal: undefined }]],
  ["listActive", "list", [{ signal: undefined }]],
  ["history", "history", [{ limit: 1, offset: 2 }, { signal: undefined }]],
] as const)(
  "the client passes %s on with its arguments, and remembers its refusal as that of %s",
  async (method, call, given) => {
    const passed: unknown[] = [];
    const real = {
      [method]: async (...args: unknown[]) => {
        passed.push(...args);
        throw failure(403);
      },
    } as unknown as LyceumPort;
    const { client, refused } = rememberRefusals(real);
    const ask = client[method] as (...args: readonly unknown[]) => Promise<unknown>;
    await expect(ask(...given)).rejects.toMatchObject({ status: 403 });
    expect(passed).toEqual(given);
    expect(refused(call)?.status).toBe(403);
  },
);
