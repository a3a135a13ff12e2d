import { createVirtualClock } from "../testing/virtual-clock";
import { createOutputReaders } from "./latest-output";

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

/** Lets what was asked for come in. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("the line that is known is answered at once, and the next one is asked for every five seconds", async () => {
  let number = 0;
  const { clock, asked, read } = readers(async () => [{ message: `line ${++number}` }]);
  const output = read("r1", new AbortController().signal);
  const answers: (string | undefined)[] = [];
  for (let second = 0; second < 10; second += 1) {
    answers.push(output.line());
    await settled();
    await clock.sleep(1);
  }
  expect(answers).toEqual([undefined, ...Array(5).fill("line 1"), ...Array(4).fill("line 2")]);
  expect(asked).toEqual(["r1", "r1"]);
});

test("of four waits each asks every twenty seconds, and one that is over counts no more", async () => {
  const { clock, asked, read } = readers(async () => []);
  const [over, ...waits] = [1, 2, 3, 4].map(() => new AbortController());
  const outputs = [over, ...waits].map((wait, index) => read(`r${index}`, (wait as AbortController).signal));
  for (let second = 0; second < 40; second += 1) {
    for (const output of outputs) output.line();
    await settled();
    await clock.sleep(1);
  }
  expect(asked).toHaveLength(8);
  over?.abort();
  for (let second = 0; second < 15; second += 1) {
    for (const output of outputs) output.line();
    await settled();
    await clock.sleep(1);
  }
  expect(asked.slice(8).sort()).toEqual(["r1", "r2", "r3"]);
});

test("a log that cannot be read leaves the line as it was", async () => {
  let answers = 0;
  const { clock, read } = readers(async () => {
    answers += 1;
    if (answers > 1) throw new Error("refused");
    return [{ message: "first" }];
  });
  const output = read("r1", new AbortController().signal);
  for (let second = 0; second < 12; second += 1) {
    output.line();
    await settled();
    await clock.sleep(1);
  }
  expect([output.line(), answers]).toEqual(["first", 3]);
});
