import { PassThrough } from "node:stream";
import { ManualClock } from "../../../testing/manual-clock";
import type { OutputPart } from "../daemon/daemon";
import { settle } from "../testing/fake-daemon";
import { endedOutput as ended, logFrame } from "../testing/log-frames";
import { OutputFollower } from "./follower";

const frame = (content: string, second: number, stream?: "stderr") => logFrame(content, second * 1_000, stream);

/** Returns a fake daemon, which answers each request for output with the next of these streams. */
function setUp(answers: readonly PassThrough[]) {
  const asked: OutputPart[] = [];
  const messages: string[] = [];
  const logged: string[] = [];
  const clock = new ManualClock(0);
  const daemon = {
    output: async (_id: string, part: OutputPart) => {
      const stream = answers[asked.length];
      asked.push(part);
      if (stream === undefined) throw new Error("no such container");
      return { stream, tty: false };
    },
  };
  const onLine = (line: { message: string }) => messages.push(line.message);
  const onGap = (message: string) => messages.push(`[gap] ${message}`);
  const effects = { daemon, clock, onLine, onGap, log: (message: string) => logged.push(message) };
  const follower = new OutputFollower({ id: "c", service: "web" }, effects);
  return { follower, asked, messages, logged, clock };
}

test("a stream that is opened again reports no line twice and misses none", async () => {
  const first = ended(frame("one\n", 10), frame("two\n", 11));
  const second = ended(frame("two\n", 11), frame("late on stderr\n", 11, "stderr"), frame("three", 12));
  const { follower, asked, messages } = setUp([first, second]);
  follower.follow();
  follower.follow();
  await settle();
  await follower.finish();
  expect(messages).toEqual(["one", "two", "late on stderr", "three"]);
  expect(asked).toEqual([{ follow: true }, { since: Date.parse("2026-01-01T00:00:10Z") / 1000 }]);
});

test("a missing container ends the reading, and the output reports this", async () => {
  const { follower, messages, logged } = setUp([]);
  await follower.finish();
  expect(messages).toEqual(["[gap] The rest of the output could not be read: no such container."]);
  expect(logged).toEqual([expect.stringContaining("no such container")]);
});

test("the log of an ended container is read while the daemon sends it, however long that takes", async () => {
  const [live, log] = [new PassThrough(), new PassThrough()];
  live.write(frame("0\n", 10));
  const { follower, messages, clock } = setUp([live, log]);
  follower.follow();
  await settle();
  const finished = follower.finish();
  await settle();
  // The last lines come from the log, so the test does not wait for the stream of the running container.
  expect(live.destroyed).toBe(true);
  for (let line = 0; line < 20; line++) {
    log.write(frame(`${line}\n`, 10 + line));
    await settle();
    await clock.advance(29_000, settle);
  }
  log.end(frame("LAST\n", 40));
  await finished;
  expect(messages).toEqual([...Array.from({ length: 20 }, (_, line) => String(line)), "LAST"]);
});

test("reading from a silent daemon ends after some time, and the output reports this", async () => {
  const silent = new PassThrough();
  silent.write(frame("one\n", 10));
  const { follower, messages, clock } = setUp([silent]);
  const finished = follower.finish();
  await settle();
  await clock.advance(30_000, settle);
  await finished;
  expect(silent.destroyed).toBe(true);
  expect(messages).toEqual([
    "one",
    "[gap] The rest of the output could not be read: the daemon has sent nothing for 30 s.",
  ]);
});

test("short lines are counted by their text, without the daemon's frames", async () => {
  const lines = Array.from({ length: 120_000 }, (_, line) => frame(`line number ${line}\n`, 10));
  const { follower, messages, asked } = setUp([ended(Buffer.concat(lines), frame("LAST\n", 11))]);
  await follower.finish();
  expect(Buffer.concat(lines).length).toBeGreaterThan(6 * 1024 * 1024);
  expect(messages).toHaveLength(120_001);
  expect(messages.at(-1)).toBe("LAST");
  expect(asked).toEqual([{}]);
});

test("output of any length is read to its end", async () => {
  const chunk = Array.from({ length: 64 }, () => frame(`${"x".repeat(16_000)}\n`, 10));
  const { follower, messages, asked } = setUp([
    ended(...Array.from({ length: 20 }, () => chunk).flat(), frame("LAST\n", 11)),
  ]);
  await follower.finish();
  expect(asked).toHaveLength(1);
  expect(messages).toHaveLength(20 * 64 + 1);
  expect(messages.at(-1)).toBe("LAST");
});

test("a line that is only half read is read to its end, and lines of one time are read once each", async () => {
  const [live, part] = [new PassThrough(), "x".repeat(16_000)];
  live.write(Buffer.concat([frame("a\n", 9), frame("a\n", 9), frame(part, 10), frame(part, 10)]));
  const rest = [
    frame("a\n", 9),
    frame("a\n", 9),
    ...Array.from({ length: 3 }, () => frame(part, 10)),
    frame("END\n", 10),
  ];
  const { follower, messages } = setUp([live, ended(...rest)]);
  follower.follow();
  await settle();
  await follower.finish();
  expect(messages).toEqual(["a", "a", `${part.repeat(3)}END`]);
});
