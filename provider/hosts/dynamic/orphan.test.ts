import { createVirtualClock } from "../../execution/testing/virtual-clock";
import { exitWithEngine } from "./orphan";

test("a dead engine ends the process, after the starts under way; a hiccup does not", async () => {
  const clock = createVirtualClock(0);
  const answers = [true, false, true, true, false, false];
  const exits: number[] = [];
  let underWay = 1;
  clock.at(40, () => {
    underWay = 0;
  });
  await exitWithEngine({ isAlive: async () => answers.shift() ?? false }, clock, { underWay: () => underWay }, () =>
    exits.push(clock.now()),
  );
  expect(answers).toEqual([]);
  expect(exits).toEqual([40_000]);
});
