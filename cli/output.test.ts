import { crashReport, wantsColor } from "./output";

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
