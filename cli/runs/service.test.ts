import { startServer, text } from "../../provider/lyceum/testing/server";
import { UsageError } from "../command";
import { fakeSurface } from "../testing/surface";
import { type RunService, withService } from "./service";

const before = process.env;
beforeEach(() => {
  process.env = { ...before, LYCEUM_BASE_URL: "http://127.0.0.1:9", LYCEUM_API_KEY: "lk_for_this_test" };
});
afterEach(() => {
  process.env = before;
});

/**
 * Runs work with the service. `reads` are the results of printing, in order: whether somebody still reads the output.
 */
async function worked(work: (service: RunService) => Promise<number>, reads: readonly boolean[] = []) {
  const surface = fakeSurface({});
  let at = 0;
  const print = () => reads[at++] ?? true;
  const code = await withService({ ...surface, print }, work).catch((error: Error) => error.message);
  const listeners = process.listenerCount("SIGINT");
  return [code, surface.complaints.join("\n"), listeners];
}

const listeners = process.listenerCount("SIGINT");
const aborted = (work: () => number | never) => async (service: RunService) => {
  process.emit("SIGINT");
  if (!service.stopped.aborted) return -1;
  return work();
};
const fail = (error: Error) => (): never => {
  throw error;
};

test.each<[string, (service: RunService) => Promise<number>, readonly boolean[], number | string, string]>([
  ["its own result", async () => 1, [], 1, ""],
  ["130 after ^C", aborted(() => 0), [], 130, ""],
  ["130 if ^C makes a call fail", aborted(fail(new Error("cut"))), [], 130, ""],
  [
    "0 if nobody reads its output any more",
    async ({ print, stopped }) => {
      print("one");
      print("two");
      return stopped.aborted ? 1 : -1;
    },
    [true, false],
    0,
    "",
  ],
  [
    "0 if nobody reads its output any more, and a call fails for that reason",
    async ({ print }) => {
      print("one");
      throw new Error("cut");
    },
    [false],
    0,
    "",
  ],
  ["2 for a run that is not known", async () => fail(new UsageError("no such run"))(), [], 2, "No such run."],
  ["2 for an error with a code", async () => fail(new Error("LYC6009: No."))(), [], 2, "LYC6009: No."],
  ["another error as it is", async () => fail(new Error("a bug"))(), [], "a bug", ""],
])("a command about runs ends with %s", async (_what, work, reads, code, complaints) => {
  expect(await worked(work, reads)).toEqual([code, complaints, listeners]);
});

test("with an empty key, the command ends with 2, and does not begin", async () => {
  process.env.LYCEUM_API_KEY = "";
  const work = jest.fn();
  const [code, complaints] = await worked(work);
  expect([code, work.mock.calls, complaints]).toEqual([
    2,
    [],
    expect.stringMatching(/^LYC1013: LYCEUM_API_KEY is set, but empty/),
  ]);
});

test.each([
  [true, 1],
  [false, 0],
])("a command that shows runs (%s) says that those of an emulator are simulated", async (showsRuns, count) => {
  const server = await startServer();
  server.answerWith(text(200, "[]", { "content-type": "application/json", "x-lyceum-emulator": "simulated" }));
  process.env.LYCEUM_BASE_URL = server.url;
  const surface = fakeSurface({});
  const list = async ({ client }: RunService) => {
    await client.listActive();
    return 0;
  };
  expect(await withService(surface, list, showsRuns)).toBe(0);
  await server.close();
  expect(surface.complaints.filter((line) => /simulated/i.test(line))).toHaveLength(count);
});
