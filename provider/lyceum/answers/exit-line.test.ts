import { exitCodeOf } from "./exit-line";

test.each([
  ["train-1 exited with code 0", 0],
  ["train_1 exited with code 137", 137],
  ["\u001B[36mtrain-1 exited with code 3\u001B[0m\r", 3],
  ["train-1 exited with code 1 (restarting)", undefined],
  ["pre-train-1 exited with code 0", undefined],
  ["train-2 exited with code 0", undefined],
  ["log: train-1 exited with code 0", undefined],
  ["train-1 exited with code 0, it says", undefined],
  [`train-1 exited with code 0${" ".repeat(300)}`, undefined],
  [`${" ".repeat(274)}train-1 exited with code 0`, 0],
  [`${" ".repeat(275)}train-1 exited with code 0`, undefined],
  [`loss 0.1${" ".repeat(300)}\r\ntrain-1 exited with code 3\r\n`, 3],
  ["db-1 exited with code 1\nlog: train-1 exited with code 0", undefined],
])("%j", (message, code) => expect(exitCodeOf([{ message }], "train")).toBe(code));

test("a line of another service is no proof, and the first line about the job counts", () => {
  const line = (code: number, service?: string) => ({
    message: `train-1 exited with code ${code}`,
    ...(service === undefined ? {} : { service }),
  });
  expect(exitCodeOf([line(0, "web")], "train")).toBeUndefined();
  expect(exitCodeOf([line(5, "train"), line(0)], "train")).toBe(5);
});
