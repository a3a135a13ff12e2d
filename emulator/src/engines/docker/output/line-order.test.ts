import fc from "fast-check";
import { ManualClock } from "../../../clock/manual";
import type { EngineLine } from "../../engine";
import { HOLD, LineOrder } from "./line-order";

/** A line that was written so many milliseconds after the start. */
function written(service: string, millis: number, message = `${service} ${millis}`): EngineLine {
  return { service, stream: "stdout", message, timestamp: new Date(millis).toISOString() };
}

function setUp() {
  const clock = new ManualClock(0);
  const messages: string[] = [];
  const order = new LineOrder(clock, (line) => messages.push(line.message));
  return { clock, messages, order };
}

test("lines of two services that are read one service after the other come in the order in which they were written", async () => {
  const { clock, messages, order } = setUp();
  for (const millis of [1, 3, 5]) order.add(written("a", millis));
  await clock.advance(HOLD - 1);
  expect(messages).toEqual([]);
  for (const millis of [2, 4, 6]) order.add(written("b", millis));
  await clock.advance(1);
  expect(messages).toEqual(["a 1", "b 2", "a 3", "b 4", "a 5"]);
  await clock.advance(HOLD);
  expect(messages.at(-1)).toBe("b 6");
});

test("a line is held no longer than its time, however many come behind it", async () => {
  const { clock, messages, order } = setUp();
  for (let millis = 0; millis < 10 * HOLD; millis += HOLD / 4) {
    order.add(written("a", millis));
    await clock.advance(HOLD / 4);
    expect(messages).toHaveLength(Math.max(0, millis / (HOLD / 4) - 2));
  }
});

test("lines of one time stay as they came, and the daemon's cut off zeros do not count", () => {
  const { messages, order } = setUp();
  const at = (timestamp: string, message: string) => ({ ...written("a", 0, message), timestamp });
  order.add(at("2026-01-01T00:00:00.12Z", "third"));
  order.add(at("2026-01-01T00:00:00.12Z", "fourth"));
  order.add(at("2026-01-01T00:00:00.1Z", "second"));
  order.add(at("2026-01-01T00:00:00Z", "first"));
  order.flush();
  expect(messages).toEqual(["first", "second", "third", "fourth"]);
});

test("a flush shows everything that is held, and nothing is shown twice", async () => {
  const { clock, messages, order } = setUp();
  order.add(written("a", 2));
  order.add(written("b", 1));
  order.flush();
  expect(messages).toEqual(["b 1", "a 2"]);
  await clock.advance(10 * HOLD);
  expect(messages).toHaveLength(2);
});

test("after the end nothing is shown any more", async () => {
  const { clock, messages, order } = setUp();
  order.add(written("a", 1));
  order.end();
  order.add(written("a", 2));
  await clock.advance(10 * HOLD);
  expect(messages).toEqual(["a 1"]);
});

test("no line is lost, and what was read within the time is in order, whatever the services do", async () => {
  const reading = fc.record({
    service: fc.constantFrom("a", "b", "c"),
    late: fc.nat(HOLD - 1),
    next: fc.integer({ min: 1, max: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(reading, { maxLength: 60 }), async (readings) => {
      const { clock, messages, order } = setUp();
      let now = 0;
      const lines = readings.map(({ service, late, next }, index) => {
        now += next;
        return { at: now + late, line: written(service, now, String(index)) };
      });
      // Lines of one service are read in the order in which it wrote them.
      const latest = new Map<string, number>();
      for (const { at, line } of lines) {
        const readAt = Math.max(at, latest.get(line.service) ?? 0);
        latest.set(line.service, readAt);
        clock.schedule(readAt, () => order.add(line));
      }
      await clock.advance(now + 10 * HOLD);
      expect(messages).toEqual(lines.map((_, index) => String(index)));
    }),
  );
});
