import { instantMillis } from "./instants";

test.each([
  [undefined, undefined],
  ["0001-01-01T00:00:00Z", undefined],
  ["2026-01-01T00:00:00Z", Date.UTC(2026, 0, 1)],
  ["2026-01-01T00:00:00.123456789Z", Date.UTC(2026, 0, 1) + 123],
  ["2026-01-01T00:00:00.5Z", Date.UTC(2026, 0, 1) + 500],
])("the daemon's %s", (instant, millis) => expect(instantMillis(instant)).toBe(millis));
