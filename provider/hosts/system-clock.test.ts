import { getEventListeners } from "node:events";
import timers from "node:timers/promises";
import { createVirtualClock } from "../lifecycle/testing/virtual-clock";
import { DEFAULT_PORTS } from "../lyceum/http/caller";
import { systemClock } from "./serve";

const CLOCKS = [
  ["the machine's clock", systemClock.sleep],
  ["the client's", DEFAULT_PORTS.sleep],
  ["the virtual clock", createVirtualClock().sleep],
] as const;

// One wait sleeps many times with the same signal. If each sleep left a listener on the signal, Node would print a
// warning at the eleventh sleep.
test.each(CLOCKS)("%s leaves no listener on the signal of a sleep", async (_name, sleep) => {
  const { signal } = new AbortController();
  const sleeping = sleep(0.001, signal);
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  await sleeping;
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

test.each(CLOCKS)("%s wakes by its signal, before or during a sleep", async (_name, sleep) => {
  const cut = new AbortController();
  const sleeping = sleep(3600, cut.signal);
  cut.abort();
  await sleeping;
  await sleep(3600, cut.signal);
  expect(getEventListeners(cut.signal, "abort")).toHaveLength(0);
});

// Node 24 and later print a warning about a negative time, which then is in the output of the command.
test("a sleep until a moment that has just passed asks Node for no negative time", async () => {
  const asked = jest.spyOn(timers, "setTimeout");
  await DEFAULT_PORTS.sleep(-0.001);
  expect(asked.mock.calls.map(([milliseconds]) => milliseconds)).toEqual([0]);
  asked.mockRestore();
});
