import { crashReport } from "./crash";

// Column 5 of the first line of the bundle is line 8, column 3 of `cli/run.ts`.
const map = JSON.stringify({
  version: 3,
  sources: ["../../cli/run.ts"],
  names: [],
  mappings: "IAOE",
});
const failed = (frame: string): Error => Object.assign(new TypeError("no"), { stack: `TypeError: no\n${frame}` });

it("names the lines of the sources", () => {
  const report = crashReport(failed("    at a (/p/dist/cli/main.js:1:5)"), "1.2.3", () => map);
  expect(report.split("\n")).toEqual([
    `pulumi-lyceum 1.2.3 failed unexpectedly on Node ${process.versions.node}: TypeError: no`,
    "    at cli/run.ts:8:3",
    "Please report it with these lines, after removing what is secret from them.",
  ]);
});

it.each([
  ["a frame of Node", "    at node:internal/modules/run_main:1:5", () => map],
  ["a file without a map", "    at a (/p/dist/cli/main.js:1:5)", () => undefined],
  [
    "a map that cannot be read",
    "    at file:///p/dist/cli/main.js:1:5",
    () => {
      throw new Error("ENOENT");
    },
  ],
  ["a position before all code", "    at a (/p/dist/cli/main.js:1:2)", () => map],
])("keeps %s as it is", (_what, frame, mapOf) => {
  expect(crashReport(failed(frame), "1.2.3", mapOf).split("\n")[1]).toBe(frame);
});

it("reports what is thrown without being an error", () => {
  expect(crashReport("no", "1.2.3")).toContain(`${process.versions.node}: no\n`);
});
