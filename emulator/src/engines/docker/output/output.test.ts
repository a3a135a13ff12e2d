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

test("at the end of a run the rest of each container is read", async () => {
  const { messages, output } = setUp({
    a: [endedOutput(logFrame("1\n", 1), logFrame("3", 3))],
    b: [endedOutput(logFrame("2\n", 2), logFrame("4\n", 4, "stderr"))],
  });
  await output.finish([exited(a, 0), exited(b, 0)]);
  expect([...messages].sort()).toEqual(["a: 1", "a: 3", "b: 2", "b: 4"]);
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
