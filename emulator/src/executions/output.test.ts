import fc from "fast-check";
import { OutputWindow, type StoredLine } from "./output";

const line = (message: string) => ({
  service: "app",
  stream: "stdout" as const,
  message,
  timestamp: "2030-01-01T00:00:00Z",
});

/** Does to a map what the store does on the disk. */
function apply(stored: Map<number, StoredLine>, window: OutputWindow): void {
  const change = window.change();
  for (const entry of change.write) stored.set(entry.index, entry);
  for (const index of stored.keys()) if (index < change.keptFrom) stored.delete(index);
  window.written(change);
}

test("what is kept are the newest lines, within both bounds, however the writes fall", () => {
  const limits = { lines: 5, bytes: 40, lineBytes: 1000 };
  const step = fc.oneof({ weight: 4, arbitrary: fc.string({ maxLength: 20 }) }, fc.constant(undefined));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const window = new OutputWindow(limits);
      const stored = new Map<number, StoredLine>();
      const all: string[] = [];
      for (const message of steps) {
        if (message === undefined) apply(stored, window);
        else {
          all.push(message);
          window.add(line(message));
        }
      }
      apply(stored, window);
      expect(window.pending).toEqual([]);
      const kept = [...stored.keys()].sort((one, other) => one - other);
      expect(kept).toEqual(kept.map((_, position) => all.length - kept.length + position));
      for (const index of kept) expect(stored.get(index)?.message).toBe(all[index]);
      const bytes = kept.reduce((sum, index) => sum + Buffer.byteLength(all[index] ?? ""), 0);
      expect(kept.length).toBeLessThanOrEqual(limits.lines);
      if (kept.length > 1) expect(bytes).toBeLessThanOrEqual(limits.bytes);
      // It drops no line that there was room for.
      const next = all[all.length - kept.length - 1];
      if (next !== undefined) {
        expect(kept.length === limits.lines || bytes + Buffer.byteLength(next) > limits.bytes).toBe(true);
      }
    }),
  );
});

test("lines that the store never gets to are not kept in memory", () => {
  const window = new OutputWindow({ lines: 10, bytes: 1000, lineBytes: 1000 });
  for (let index = 0; index < 100_000; index++) window.add(line("x".repeat(100)));
  expect(window.pending.length).toBeLessThanOrEqual(21);
});

test("a line that is too long is cut between characters, and says so", () => {
  const window = new OutputWindow({ lines: 10, bytes: 1000, lineBytes: 5 });
  window.add(line("ééé"));
  window.add(line("abcde"));
  expect(window.pending.map((entry) => entry.message)).toEqual(["éé…", "abcde"]);
});

test("a run met again goes on counting where the store ended", () => {
  const window = new OutputWindow({ lines: 2, bytes: 1000, lineBytes: 1000 }, { first: 3, next: 5 });
  window.add(line("five"));
  expect(window.change()).toMatchObject({ write: [{ index: 5 }], keptFrom: 4 });
});
