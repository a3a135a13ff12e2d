import { LONGEST_TEXT, type Script, scriptOf } from "./script";

/** Returns the script of a text. */
function script(text: string): Script {
  const read = scriptOf(text);
  if (read.kind === "unusable") throw new Error(read.reasons.join("\n"));
  return read.script;
}
const reasons = (text: string) => {
  const read = scriptOf(text);
  return read.kind === "unusable" ? read.reasons : [];
};
const app = (fields: string) => `services: {app: {image: i, x-lyceum-sim: ${fields}}}`;

test("without a script, a run starts soon and its services take a second each", () => {
  const service = { run: 1, exitCode: 0, read: [], write: {}, ignoreSignal: false, stopTakes: 0.1 };
  const output = (name: string) => [
    { at: 0, stream: "stdout", message: `SIMULATED: ${name} did not run; no container was started` },
  ];
  expect(script("services: {a: {image: i}, b: {build: .}}")).toEqual({
    queue: 0,
    start: 0.2,
    services: ["a", "b"].map((name) => ({ ...service, name, output: output(name) })),
  });
});

test("what a script says for all services holds for each, except its output and files, which the first one has", () => {
  const { services } = script(
    `services: {a: {image: i}, b: {image: i, x-lyceum-sim: {run: 3}}}\nx-lyceum-sim: {run: 2, exitCode: 4, output: [x], read: [f], write: {g: h}}`,
  );
  expect(services.map(({ run, exitCode }) => [run, exitCode])).toEqual([
    [2, 4],
    [3, 4],
  ]);
  expect(services.map(({ read, write }) => [read, write])).toEqual([
    [["f"], { g: "h" }],
    [[], {}],
  ]);
  expect(services.map(({ output }) => output.map(({ message }) => message))).toEqual([
    ["x"],
    ["SIMULATED: b did not run; no container was started"],
  ]);
});

test("lines without a time are spread evenly over the time of the service", () => {
  const [service] = script(app("{run: 8, output: [a, {line: b, stream: stderr}, {line: c, at: 1}, 4]}")).services;
  expect(service?.output).toEqual([
    { at: 0, stream: "stdout", message: "a" },
    { at: 2, stream: "stderr", message: "b" },
    { at: 1, stream: "stdout", message: "c" },
    { at: 6, stream: "stdout", message: "4" },
  ]);
});

test("each error of a script has its place, and the guide is named once", () => {
  const text = `services:
  a: {image: i, x-lyceum-sim: {run: -1}}
  b: x
  c: {}
x-lyceum-sim: {start: soon}
`;
  expect(reasons(text)).toEqual([
    "x-lyceum-sim.start must be number",
    expect.stringContaining("docs/guides/emulator.md"),
    "services.a.x-lyceum-sim.run must be >= 0",
    "services.b must be a mapping",
    'service "c" has neither an image nor a build context specified',
  ]);
});

test.each([
  ["a day", app("{run: 86400}"), 0],
  ["more than a day", app("{run: 86401}"), 2],
  ["the largest exit code", app("{exitCode: 255}"), 0],
  ["a larger exit code", app("{exitCode: 256}"), 2],
  ["a file of 64 MiB", app("{write: {a: {bytes: 67108864}}}"), 0],
  ["a larger file", app("{write: {a: {bytes: 67108865}}}"), 2],
  ["an empty script", app("null"), 0],
  ["a script that is a list", app("[]"), 2],
  ["two documents", "services: {a: {image: i}}\n---\nb: 1\n", 1],
  ["no services", "services: {}", 1],
  ["services that are a list", "services: [a]", 1],
  ["the longest text", `${app("{}")} #`.padEnd(LONGEST_TEXT, "x"), 0],
  ["a longer text", `${app("{}")} #`.padEnd(LONGEST_TEXT + 1, "x"), 1],
])("of a text with %s, the errors are counted", (_what, text, count) => expect(reasons(text)).toHaveLength(count));
