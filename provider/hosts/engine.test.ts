import { createVirtualClock } from "../lifecycle/testing/virtual-clock";
import { exitWithEngine } from "./engine";

test("a dead engine ends the process within 10 s; a single failed check does not", async () => {
  const clock = createVirtualClock(0);
  const answers = [true, false, true, true, false, false];
  const exits: number[] = [];
  await exitWithEngine({ isAlive: async () => answers.shift() ?? false }, clock, () => exits.push(clock.now()));
  expect(answers).toEqual([]);
  expect(exits).toEqual([12_000]);
});
