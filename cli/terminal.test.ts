import { lineWriter, questions } from "./terminal";

/** Replaces properties of a stream, and returns a function that restores them. */
function altered(stream: object, values: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(values).map((name) => [name, Object.getOwnPropertyDescriptor(stream, name)] as const);
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(stream, name, { value, configurable: true });
  return () => {
    for (const [name, property] of before) {
      if (property === undefined) Reflect.deleteProperty(stream, name);
      else Object.defineProperty(stream, name, property);
    }
  };
}

test.each([
  [true, true, true],
  [true, false, false],
  [false, true, false],
])(
  "with a terminal at the input (%s) and at the output (%s), questions may be asked: %s",
  (input, output, expected) => {
    const restore = [altered(process.stdin, { isTTY: input }), altered(process.stdout, { isTTY: output })];
    const ask = questions();
    for (const undo of restore) undo();
    expect(ask !== undefined).toBe(expected);
  },
);

test.each([
  ["the terminal's width, without its last column", 10, "abcdefghi"],
  ["80 columns, if the terminal reports no width", 0, "abcdefghijklm"],
])("the last line of a terminal is replaced, and cut to %s", (_what, columns, text) => {
  const written: string[] = [];
  const write = (part: string) => written.push(part);
  const restore = altered(process.stderr, { isTTY: true, columns, write, on: () => undefined });
  lineWriter()?.("abcdefghijklm");
  lineWriter()?.("x".repeat(100));
  restore();
  expect(written).toEqual([`\r${text}\u001b[K`, `\r${"x".repeat((columns || 80) - 1)}\u001b[K`]);
});

test("without a terminal, no line is replaced", () => {
  const restore = altered(process.stderr, { isTTY: false });
  expect(lineWriter()).toBeUndefined();
  restore();
});
