import { createVirtualClock } from "../testing/virtual-clock";
import { createOutputReaders, type LatestOutput } from "./latest-output";
import type { Clock } from "./ports";

function readers(logsTail: () => Promise<readonly { readonly message: string }[]>) {
  const clock = createVirtualClock();
  const asked: string[] = [];
  const client = {
    logsTail: (executionId: string) => {
      asked.push(executionId);
      return logsTail();
    },
  };
  return { clock, asked, read: createOutputReaders(() => client, clock) };
}

/** Reads the latest line of each run every second, and lets pending requests finish. */
async function watch(clock: Clock, seconds: number, outputs: readonly LatestOutput[]) {
  const lines: (string | undefined)[] = [];
  for (let second = 0; second < seconds; second += 1) {
    lines.push(...outputs.map((output) => output.line()));
    await new Promise((resolve) => setImmediate(resolve));
    await clock.sleep(1);
  }
  return lines;
}

test("the known line is returned at once, and a new one is requested every five seconds", async () => {
  let number = 0;
  const { clock, asked, read } = readers(async () => [{ message: `line ${++number}` }]);
  const lines = await watch(clock, 10, [read("r1", new AbortController().signal)]);
  expect(lines).toEqual([undefined, ...Array(5).fill("line 1"), ...Array(4).fill("line 2")]);
  expect(asked).toEqual(["r1", "r1"]);
});

test("each of four waits sends a request every twenty seconds, and a wait that is over no longer counts", async () => {
  const { clock, asked, read } = readers(async () => []);
  const [over, ...waits] = [1, 2, 3, 4].map(() => new AbortController());
  const outputs = [over, ...waits].map((wait, index) => read(`r${index}`, (wait as AbortController).signal));
  await watch(clock, 40, outputs);
  expect(asked).toHaveLength(8);
  over?.abort();
  await watch(clock, 15, outputs);
  expect(asked.slice(8).sort()).toEqual(["r1", "r2", "r3"]);
});

test("a log that cannot be read leaves the line unchanged", async () => {
  let answers = 0;
  const { clock, read } = readers(async () => {
    answers += 1;
    if (answers > 1) throw new Error("refused");
    return [{ message: "first" }];
  });
  const output = read("r1", new AbortController().signal);
  await watch(clock, 12, [output]);
  expect([output.line(), answers]).toEqual(["first", 3]);
});
