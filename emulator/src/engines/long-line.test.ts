import { ArrivingLine, boundedLine, LINE_BYTES } from "./long-line";

const bounded = (message: string, values: readonly string[] = [], omitted = 0) =>
  boundedLine(message, omitted, () => values);
const HALF = LINE_BYTES / 2;

test.each([
  ["a short line", "x"],
  ["a line of the largest length", "x".repeat(LINE_BYTES)],
  ["a line of the largest length in bytes", "é".repeat(HALF)],
])("%s stays whole", (_title, message) => {
  expect(bounded(message)).toBe(message);
});

test("of a longer line, both ends stay, no character is cut, and the missing bytes are counted", () => {
  const message = `BEGIN${"é".repeat(LINE_BYTES)}END`;
  const shown = bounded(message);
  expect(shown).not.toContain("\ufffd");
  const [, head = "", count, tail = ""] =
    /^(.*)… \[emulator\] (\d+) bytes of this line are left out here …(.*)$/.exec(shown) ?? [];
  expect([head.slice(0, 6), tail.slice(-4)]).toEqual(["BEGINé", "éEND"]);
  expect(Buffer.byteLength(head) + Number(count) + Buffer.byteLength(tail)).toBe(Buffer.byteLength(message));
  expect(Buffer.byteLength(head + tail)).toBeLessThanOrEqual(LINE_BYTES);
});

test.each([
  ["at a space", " hunter2hunter2 ", []],
  ["in a text without spaces, if the run has the value", "hunter2hunter2", ["hunter2hunter2"]],
  ["with spaces in the value", "hunter2 or hunter2", ["PASSWORD=hunter2 or hunter2"]],
  ["in a URL", "hunter2hunter2", ["postgres://me:hunter2hunter2@db:5432/app?sslmode=require"]],
  ["in a value of several lines", "hunter2hunter2", ["first\nhunter2hunter2\nlast"]],
])("no half of a word or of a value remains where a line is cut: %s", (_title, secret, values) => {
  for (let shift = 0; shift <= secret.length; shift++) {
    for (const at of [HALF - shift, 2 * LINE_BYTES - HALF - shift]) {
      const message = "x".repeat(at) + secret + "x".repeat(2 * LINE_BYTES - at - secret.length);
      const rest = bounded(message, values)
        .replaceAll(secret.trim(), "")
        .replace(/[x\s]{2,}/g, "x");
      expect([at, shift, rest.replace(/\d+ bytes/, "N bytes")]).toEqual([
        at,
        shift,
        "x… [emulator] N bytes of this line are left out here …x",
      ]);
    }
  }
});

test("a line that arrives in pieces needs no more memory than its two ends, and no byte is lost from the count", () => {
  const line = new ArrivingLine();
  const [piece, pieces] = [Buffer.from("y".repeat(16_000)), 640];
  line.add(Buffer.from("BEGIN"));
  for (let count = 0; count < pieces; count++) line.add(piece);
  line.add(Buffer.from("END"));
  const { message, omittedBytes = 0 } = line.end();
  expect(message.length).toBeLessThan(4 * LINE_BYTES);
  expect(message.length + omittedBytes).toBe(8 + 16_000 * pieces);
  const shown = bounded(message, [], omittedBytes);
  expect(shown).toMatch(/^BEGINy+… \[emulator\] \d+ bytes of this line are left out here …y+END$/);
  expect(shown).toContain(` ${8 + 16_000 * pieces - LINE_BYTES} bytes `);
});

test.each([
  ["of the largest length whose middle is missing", "x".repeat(LINE_BYTES), 1],
  ["that is one byte too long", "x".repeat(LINE_BYTES + 1), 0],
  ["of letters of several bytes that is too long", "é".repeat(HALF + 1), 0],
])("the note of a line %s has the number of bytes that are left out", (_what, message, omitted) => {
  const shown = bounded(message, [], omitted);
  const [note = "", count] = /… \[emulator\] (\d+) bytes of this line are left out here …/.exec(shown) ?? [];
  const rest = shown.replace(note, "");
  expect(Number(count)).toBe(Buffer.byteLength(message) + omitted - Buffer.byteLength(rest));
  expect(Number(count)).toBeGreaterThan(0);
});

test("the values of a run are read only for a line that is too long", () => {
  const values = () => {
    throw new Error("read");
  };
  expect(boundedLine("x".repeat(LINE_BYTES), 0, values)).toHaveLength(LINE_BYTES);
  expect(() => boundedLine("x".repeat(LINE_BYTES + 1), 0, values)).toThrow("read");
});

test.each([
  ["whole, up to twice its ends and more", 3 * 64 * 1024, undefined],
  ["without its middle, beyond", 3 * 64 * 1024 + 1, 64 * 1024 + 1],
])("a line in pieces is kept %s", (_what, length, omittedBytes) => {
  const line = new ArrivingLine();
  for (let at = 0; at < length; at += 1000) line.add(Buffer.from("y".repeat(Math.min(1000, length - at))));
  const { message, omittedBytes: omitted } = line.end();
  expect([omitted, message.length + (omitted ?? 0)]).toEqual([omittedBytes, length]);
});
