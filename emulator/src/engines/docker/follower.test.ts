import { PassThrough } from "node:stream";
import { ManualClock } from "../../clock/manual";
import { OutputFollower } from "./follower";
import { daemonTime, endedOutput as ended, logFrame } from "./testing/log-frames";

const stamp = (second: number) => daemonTime(second * 1_000);
const frame = (content: string, second: number, stream?: "stderr") => logFrame(content, second * 1_000, stream);

/** A daemon that answers each request for output with the next of these. */
function setUp(answers: readonly PassThrough[], readUpTo?: string) {
  const asked: (number | undefined)[] = [];
  const tails: number[] = [];
  const messages: string[] = [];
  const logged: string[] = [];
  const clock = new ManualClock(0);
  const daemon = {
    output: async (_id: string, from: { since?: number | undefined; tail?: number | undefined } = {}) => {
      const stream = answers[asked.length];
      asked.push(from.since);
      if (from.tail !== undefined) tails.push(from.tail);
      if (stream === undefined) throw new Error("no such container");
      return { stream, tty: false };
    },
  };
  const onLine = (line: { message: string }) => messages.push(line.message);
  const onGap = (message: string) => messages.push(`[gap] ${message}`);
  const effects = { daemon, clock, onLine, onGap, log: (message: string) => logged.push(message) };
  const follower = new OutputFollower({ id: "c", service: "web" }, effects, readUpTo);
  return { follower, asked, tails, messages, logged, clock };
}

test("a stream that is opened again reports no line twice and misses none", async () => {
  const first = ended(frame("one\n", 10), frame("two\n", 11));
  const second = ended(frame("two\n", 11), frame("late on stderr\n", 11, "stderr"), frame("three", 12));
  const { follower, asked, messages } = setUp([first, second]);
  follower.follow();
  follower.follow();
  await follower.finish();
  expect(messages).toEqual(["one", "two", "late on stderr", "three"]);
  expect(asked).toEqual([undefined, Date.parse("2026-01-01T00:00:10Z") / 1000]);
});

test("what an earlier process has reported is not reported again", async () => {
  const { follower, messages } = setUp([ended(frame("old\n", 20), frame("new\n", 21))], stamp(20));
  await follower.finish();
  expect(messages).toEqual(["new"]);
});

test("a container that is gone ends the reading, and is only noted", async () => {
  const { follower, messages, logged } = setUp([]);
  await follower.finish();
  expect(messages).toEqual([]);
  expect(logged).toEqual([expect.stringContaining("no such container")]);
});

test("a stream that never ends is left after a while", async () => {
  const endless = new PassThrough();
  endless.write(frame("one\n", 10));
  const { follower, messages, clock } = setUp([endless, ended(frame("two\n", 11))]);
  follower.follow();
  const finished = follower.finish();
  await clock.advance(5_000);
  await finished;
  expect(messages).toEqual(["one", "two"]);
  expect(endless.destroyed).toBe(true);
});

/** Sends more than is read of one container, until it is cut off. */
async function flood(endless: PassThrough): Promise<void> {
  const chunk = Buffer.concat(Array.from({ length: 64 }, () => frame(`${"x".repeat(16_000)}\n`, 10)));
  for (let sent = 0; sent < 12 && !endless.destroyed; sent++) {
    endless.write(chunk);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("of output without end the beginning and the end are kept, and a line marks the gap", async () => {
  const endless = new PassThrough();
  const end = ended(frame("seen before\n", 9), frame("nearly\n", 20), frame("the-end", 21));
  const { follower, messages, tails } = setUp([endless, end]);
  follower.follow();
  await flood(endless);
  await follower.finish();
  expect(endless.destroyed).toBe(true);
  expect(tails).toEqual([1_000]);
  expect(messages.slice(-3)).toEqual([expect.stringContaining("More than 8 MB of output"), "nearly", "the-end"]);
  expect(messages.filter((message) => message.startsWith("[gap]"))).toHaveLength(1);
});

test("an end that is itself too long keeps its last lines", async () => {
  const endless = new PassThrough();
  const long = Array.from({ length: 200 }, (_, index) => frame(`${index} ${"y".repeat(15_000)}\n`, 20));
  const { follower, messages } = setUp([endless, ended(...long, frame("the-end", 21))]);
  follower.follow();
  await flood(endless);
  await follower.finish();
  const marker = messages.findIndex((message) => message.startsWith("[gap]"));
  expect(messages.at(-1)).toBe("the-end");
  expect(messages.length - marker - 1).toBeLessThan(72);
  expect(messages.at(-2)).toMatch(/^199 /);
});
