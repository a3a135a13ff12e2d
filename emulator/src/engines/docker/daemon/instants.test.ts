import fc from "fast-check";
import { compareInstants, instantMillis, sortableInstant } from "./instants";

/** As Go prints RFC 3339 with nanoseconds: trailing zeros cut off. */
function daemonInstant(second: number, nanos: number): string {
  const base = new Date(second * 1000).toISOString().slice(0, 19);
  const fraction = String(nanos).padStart(9, "0").replace(/0+$/, "");
  return fraction === "" ? `${base}Z` : `${base}.${fraction}Z`;
}

const instants = fc.record({
  second: fc.integer({ min: 0, max: 4_000_000_000 }),
  nanos: fc.integer({ min: 0, max: 999_999_999 }),
});

test("order of instants is order of time, however many digits were cut off", () => {
  fc.assert(
    fc.property(instants, instants, (a, b) => {
      const expected = Math.sign(a.second - b.second || a.nanos - b.nanos);
      expect(compareInstants(daemonInstant(a.second, a.nanos), daemonInstant(b.second, b.nanos))).toBe(expected);
    }),
  );
  // What plain text order gets wrong.
  expect(compareInstants("2026-01-01T00:00:00.1Z", "2026-01-01T00:00:00.12Z")).toBe(-1);
});

test("the daemon's year 1 means never", () => {
  expect(sortableInstant("0001-01-01T00:00:00Z")).toBe("");
  expect(instantMillis("0001-01-01T00:00:00Z")).toBeUndefined();
  expect(instantMillis(undefined)).toBeUndefined();
  expect(instantMillis("2026-01-01T00:00:00.123456789Z")).toBe(Date.parse("2026-01-01T00:00:00.123Z"));
});
