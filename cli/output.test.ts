import type * as FileSystem from "node:fs";
import { crashReport, createOutput, OutputError, terminalColumns, wantsColor, writeText } from "./output";

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ TERM: "dumb" }, true, false],
  [{ NO_COLOR: "1" }, true, false],
  [{ NO_COLOR: "" }, true, true],
  [{ FORCE_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "" }, false, true],
  [{ FORCE_COLOR: "0" }, true, false],
  [{ FORCE_COLOR: "false" }, true, false],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "3", TERM: "dumb" }, false, true],
] as const)(
  "colors with %j, terminal %p: %p",
  (environment: Readonly<Record<string, string>>, isTerminal, expected) => {
    expect(wantsColor((name) => environment[name], isTerminal)).toBe(expected);
  },
);

test("a thrown value that is not an error is reported too", () => {
  expect(crashReport("no", "1.2.3")).toContain(
    `pulumi-lyceum 1.2.3 failed unexpectedly on Node ${process.versions.node}: no\n`,
  );
});

describe("writing to a descriptor", () => {
  // An import would be a copy of the module, in which no function can be replaced.
  const fs = jest.requireActual<typeof FileSystem>("node:fs");

  afterEach(() => jest.restoreAllMocks());

  /**
   * Writes two lines. Each call of the system has one of these results: a number of bytes, or an error with this code.
   */
  function written(descriptor: 1 | 2, results: readonly (number | string)[]) {
    const parts: string[] = [];
    let at = 0;
    jest.spyOn(fs, "writeSync").mockImplementation(((_descriptor: number, bytes: Uint8Array, offset: number) => {
      const result = results[at++] ?? bytes.length;
      if (typeof result === "string") throw Object.assign(new Error("failed"), { code: result });
      const part = Buffer.from(bytes).subarray(offset, offset + result);
      parts.push(part.toString());
      return part.length;
    }) as typeof fs.writeSync);
    const print = createOutput(descriptor);
    const isRead = [print("one"), print("two")];
    return { text: parts.join(""), isRead };
  }

  test.each<[string, 1 | 2, readonly (number | string)[], string, readonly boolean[]]>([
    ["all at once", 1, [], "one\ntwo\n", [true, true]],
    ["in parts", 1, [1, 2, 1], "one\ntwo\n", [true, true]],
    ["to a full pipe, again", 1, ["EAGAIN", 2, "EAGAIN"], "one\ntwo\n", [true, true]],
    ["to a full pipe of errors, again", 2, ["EAGAIN"], "one\ntwo\n", [true, true]],
    ["until the reader has closed the pipe", 1, [4, "EPIPE"], "one\n", [true, false]],
    ["until the terminal is closed", 1, ["EIO"], "", [false, false]],
    ["until errors cannot be written", 2, ["ENOSPC"], "", [false, false]],
  ])("lines are written %s", (_what, descriptor, results, text, isRead) => {
    expect(written(descriptor, results)).toEqual({ text, isRead });
  });

  test("a full disk is an error", () => {
    expect(() => written(1, ["ENOSPC"])).toThrow(new OutputError("The output cannot be written (ENOSPC)."));
  });

  test.each([
    ["a file", false, true, undefined],
    ["a device that is no terminal", true, false, undefined],
    ["a terminal", true, true, 90],
  ])("the columns of %s", (_what, isCharacterDevice, isTTY, columns) => {
    jest.spyOn(fs, "fstatSync").mockReturnValue({ isCharacterDevice: () => isCharacterDevice } as never);
    for (const [descriptor, stream] of [
      [1, process.stdout],
      [2, process.stderr],
    ] as const) {
      const before = Object.getOwnPropertyDescriptors(stream);
      for (const [name, value] of Object.entries({ isTTY, columns: 90 * descriptor }))
        Object.defineProperty(stream, name, { value, configurable: true });
      const found = terminalColumns(descriptor);
      for (const name of ["isTTY", "columns"] as const) {
        Reflect.deleteProperty(stream, name);
        if (before[name] !== undefined) Object.defineProperty(stream, name, before[name]);
      }
      expect(found).toBe(columns && columns * descriptor);
    }
  });

  test("a path that cannot be written is an error of usage", () => {
    expect(() => writeText("/dev/null/x", "")).toThrow("/dev/null/x cannot be written (EEXIST)");
  });
});
