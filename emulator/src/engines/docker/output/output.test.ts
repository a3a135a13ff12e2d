import { ManualClock } from "../../../testing/manual-clock";
import { exited, runningContainer, settle } from "../testing/fake-daemon";
import { endedOutput, logFrame } from "../testing/log-frames";
import { RunOutput } from "./output";

test("at the end of a run, the remaining output of each started container is read", async () => {
  const outputs = new Map([
    ["a", [logFrame("1\n", 1), logFrame("3", 3)]],
    ["b", [logFrame("2\n", 2), logFrame("4\n", 4, "stderr")]],
  ]);
  const messages: string[] = [];
  const output = new RunOutput({
    daemon: { output: async (id) => ({ stream: endedOutput(...(outputs.get(id) ?? [])), tty: false }) },
    clock: new ManualClock(0),
    onLine: ({ service, message }) => messages.push(`${service}: ${message}`),
    log: () => {},
  });
  const [a, b] = [runningContainer("a"), runningContainer("b")];
  await output.finish([exited(a, 0), exited(b, 0)]);
  output.note("a", "a note");
  expect(messages.slice(0, -1).sort()).toEqual(["a: 1", "a: 3", "b: 2", "b: 4"]);
  expect(messages.at(-1)).toBe("a: [emulator] a note");
});

test("the end of a container is printed once, with the time of the end, if another container goes on", () => {
  const lines: string[] = [];
  const output = new RunOutput({
    daemon: { output: async () => ({ stream: endedOutput(), tty: false }) },
    clock: new ManualClock(0),
    onLine: ({ service, message, timestamp }) => lines.push(`${timestamp} ${service}: ${message}`),
    log: () => {},
  });
  const [a, b] = [runningContainer("a"), runningContainer("b")];
  const ended = { ...exited(a, 0), finishedAt: "2030-01-01T00:00:05.000000001Z" };
  output.follow([a, b]);
  output.follow([ended, b]);
  output.follow([ended, b]);
  expect(lines).toEqual(["2030-01-01T00:00:05.000000001Z a: a-1 exited with code 0"]);
  output.follow([ended, exited(b, 0)]);
  expect(lines).toHaveLength(1);
});

test("output that was read while a container was running is not read again at its end", async () => {
  const lines: string[] = [];
  const output = new RunOutput({
    daemon: { output: async () => ({ stream: endedOutput(logFrame("1\n", 1), logFrame("2\n", 2)), tty: false }) },
    clock: new ManualClock(0),
    onLine: ({ message }) => lines.push(message),
    log: () => {},
  });
  const a = runningContainer("a");
  output.follow([a]);
  await settle();
  output.follow([a]);
  await output.finish([
    exited(a, 3),
    { ...runningContainer("b"), state: "created", startedAt: "0001-01-01T00:00:00Z" },
  ]);
  expect(lines).toEqual(["1", "2"]);
});
