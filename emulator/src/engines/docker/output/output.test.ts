import { PassThrough } from "node:stream";
import { ManualClock } from "../../../clock/manual";
import { exited, runningContainer, settle } from "../testing/fake-daemon";
import { endedOutput, logFrame } from "../testing/log-frames";
import { RunOutput } from "./output";

const [a, b] = [runningContainer("a"), runningContainer("b")];

/** @param streams what the daemon answers for each container, request by request; then nothing more. */
function setUp(streams: Readonly<Record<string, readonly PassThrough[]>>) {
  const clock = new ManualClock(0);
  const messages: string[] = [];
  const asked: string[] = [];
  const output = new RunOutput({
    daemon: {
      output: async (id) => {
        const stream = streams[id]?.[asked.filter((one) => one === id).length] ?? endedOutput();
        asked.push(id);
        return { stream, tty: false };
      },
    },
    clock,
    onLine: ({ service, message }) => messages.push(`${service}: ${message}`),
    log: () => {},
  });
  return { clock, messages, output };
}

test("services that write in turn are shown in turn, though each is read by itself", async () => {
  const [first, second] = [new PassThrough(), new PassThrough()];
  const { clock, messages, output } = setUp({ a: [first], b: [second] });
  output.follow([a, b]);
  await settle();
  for (const millis of [1, 3, 5]) first.write(logFrame(`${millis}\n`, millis));
  await settle();
  expect(messages).toEqual([]);
  for (const millis of [2, 4, 6]) second.write(logFrame(`${millis}\n`, millis));
  await settle();
  await clock.advance(1_000);
  expect(messages).toEqual(["a: 1", "b: 2", "a: 3", "b: 4", "a: 5", "b: 6"]);
});

test("at the end of a run nothing is waited for: what is held is shown, in its order", async () => {
  const { messages, output } = setUp({
    a: [endedOutput(logFrame("1\n", 1), logFrame("3", 3))],
    b: [endedOutput(logFrame("2\n", 2), logFrame("4\n", 4, "stderr"))],
  });
  await output.finish([exited(a, 0), exited(b, 0)]);
  expect(messages).toEqual(["a: 1", "b: 2", "a: 3", "b: 4"]);
});

test("a line of the emulator's own stands behind what was read before it, whatever its clock says", async () => {
  const stream = new PassThrough();
  const { messages, output } = setUp({ a: [stream] });
  output.follow([a]);
  await settle();
  stream.write(logFrame("one\n", 1));
  await settle();
  output.note("a", "a note");
  expect(messages).toEqual(["a: one", "a: [emulator] a note"]);
});

test("the mark of a gap stands between the beginning and the end, also where the end has an earlier time", async () => {
  const endless = new PassThrough();
  const last = Array.from({ length: 998 }, () => logFrame("...\n", 15));
  const end = endedOutput(logFrame("earlier on the other stream\n", 5, "stderr"), ...last, logFrame("the-end", 20));
  // Cut off, it is not read on, but only its end.
  const { messages, output } = setUp({ a: [endless, end] });
  output.follow([a]);
  const chunk = Buffer.concat(Array.from({ length: 64 }, () => logFrame(`${"x".repeat(16_000)}\n`, 10)));
  for (let sent = 0; sent < 12 && !endless.destroyed; sent++) {
    endless.write(chunk);
    await settle();
  }
  await output.finish([exited(a, 0)]);
  const gap = messages.findIndex((message) => message.startsWith("a: [emulator] More than 8 MB"));
  expect([messages[gap + 1], messages.at(-1)]).toEqual(["a: earlier on the other stream", "a: the-end"]);
  expect(messages).toHaveLength(gap + 1 + 1_000);
  expect(new Set(messages.slice(0, gap))).toEqual(new Set([`a: ${"x".repeat(16_000)}`]));
});

test("once the output is over, a line that comes late is not shown", async () => {
  const stream = new PassThrough();
  const { clock, messages, output } = setUp({ a: [stream] });
  output.follow([a]);
  await settle();
  stream.write(logFrame("one\n", 1));
  await settle();
  output.end();
  expect(messages).toEqual(["a: one"]);
  stream.write(logFrame("two\n", 2));
  await settle();
  await clock.advance(1_000);
  expect(messages).toEqual(["a: one"]);
});
