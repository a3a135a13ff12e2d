import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ManualClock } from "../../testing/manual-clock";
import type { EngineEnd } from "../engine";
import { createSimulatedEngine } from ".";
import { SCRIPT_KEYS } from "./script";

const ROOT = join(__dirname, "..", "..", "..", "..");

const origin = Date.parse("2030-01-01T00:00:00Z");

/** Starts a text. Records everything that the engine reports, with the second of each report. */
function simulate(text: string, options: { grace?: number; timeout?: number } = {}) {
  const clock = new ManualClock(origin);
  const engine = createSimulatedEngine(clock);
  const lines: [seconds: number, word: string][] = [];
  const ends: EngineEnd[] = [];
  const note = (word: string) => lines.push([(clock.now() - origin) / 1000, word]);
  engine.start(
    {
      executionId: "local-1",
      composeFileCode: text,
      timeoutSeconds: options.timeout ?? 60,
      gracefulTimeoutSeconds: options.grace ?? 10,
    },
    {
      status: note,
      line: (line) => note(`${line.service} ${line.stream}: ${line.message}`),
      ended: (end) => {
        note(end.status);
        ends.push(end);
      },
    },
  );
  return { clock, engine, lines, ends, abort: () => engine.abort("local-1") };
}

const one = (script: string) => `services: {app: {image: busybox}}\nx-lyceum-sim: ${script}\n`;

test("a run follows its script", async () => {
  const run = simulate(
    one("{queue: 1, start: 2, run: 4, output: [first, {line: second, at: 3, stream: stderr}], exitCode: 0}"),
  );
  await run.clock.advance(60_000);
  expect(run.lines).toEqual([
    [1, "starting"],
    [3, "running"],
    [3, "app stdout: first"],
    [6, "app stderr: second"],
    [7, "completed"],
  ]);
  expect(run.ends).toEqual([{ status: "completed", returnCode: 0, errors: [], dockerErrors: [] }]);
});

test("a run may print everything that it gets, in the spellings that programs use", async () => {
  const run = simulate(
    "services: {app: {image: busybox, environment: {PW: correct-horse}}}\nx-lyceum-sim: {run: 0, echo: true, output: [a]}\n",
  );
  await run.clock.advance(60_000);
  const words = run.lines.map(([, word]) => word);
  expect(words).toContain("app stdout: a");
  expect(words).toContain('app stdout: correct-horse Y29ycmVjdC1ob3JzZQ== correct-horse "correct-horse"');
  expect(words).toContain('app stdout: lyceum-result word0 "correct-horse"');
});

test("a run without a script reports that nothing ran, and completes", async () => {
  const run = simulate("services: {app: {image: busybox}}");
  await run.clock.advance(60_000);
  expect(run.lines.map(([, word]) => word)).toEqual([
    "starting",
    "running",
    "app stdout: SIMULATED: app did not run; no container was started",
    "completed",
  ]);
});

test("an exit code other than 0 makes the run failed, with this code", async () => {
  const run = simulate(one("{exitCode: 3}"));
  await run.clock.advance(60_000);
  expect(run.ends).toEqual([
    { status: "failed", returnCode: 3, errors: ["The service app exited with code 3."], dockerErrors: [] },
  ]);
});

const chain = `services: {a: {image: i}, b: {image: i, depends_on: [a]}, c: {image: i, depends_on: [b]}}
x-lyceum-sim: {start: 0, run: 100, ignoreSignal: true}`;

test.each([
  ["at once where the signal is heeded", one("{start: 0, run: 100, stopTakes: 0.5}"), 1.5, 143],
  ["after the grace, by a kill, where it is ignored", one("{start: 0, run: 100, ignoreSignal: true}"), 4, 137],
  ["after one grace for a chain of services", chain, 4, 137],
  ["without a code before anything runs", one("{queue: 100}"), 1, null],
])("an abort ends a run %s, and a second one changes nothing", async (_, text, second, returnCode) => {
  const run = simulate(text, { grace: 3, timeout: 600 });
  await run.clock.advance(1_000);
  run.abort();
  await run.clock.advance(100);
  run.abort();
  await run.clock.advance(60_000);
  expect(run.lines.at(-1)).toEqual([second, "aborted"]);
  expect(run.ends).toEqual([{ status: "aborted", returnCode, errors: [], dockerErrors: [] }]);
});

test("the timeout counts from running", async () => {
  const run = simulate(one("{start: 5, run: 100, stopTakes: 0}"), { timeout: 10 });
  await run.clock.advance(600_000);
  expect(run.lines.at(-1)).toEqual([15, "timeout"]);
  expect(run.ends).toEqual([
    { status: "timeout", returnCode: null, errors: ["The run was ended after its timeout of 10 s."], dockerErrors: [] },
  ]);
});

test("a job next to a database that never ends reaches its timeout, and the error shows this", async () => {
  const run = simulate(
    `services:
  job: {image: i, x-lyceum-sim: {run: 2}}
  db: {image: i, x-lyceum-sim: {run: 500}}
x-lyceum-sim: {start: 0}`,
    { timeout: 10 },
  );
  await run.clock.advance(600_000);
  expect(run.ends[0]?.errors).toEqual([
    "The run was ended after its timeout of 10 s. Ended before, with exit code 0: job. Still running: db.",
  ]);
});

test("the end of a service is printed if other services go on, as Compose prints it", async () => {
  const run = simulate(`services:
  job: {image: i, x-lyceum-sim: {run: 2, output: [done]}}
  db: {image: i, x-lyceum-sim: {run: 4, output: [up]}}
`);
  await run.clock.advance(60_000);
  const words = run.lines.map(([, word]) => word);
  expect(words.filter((word) => word.includes("exited"))).toEqual(["job stdout: job-1 exited with code 0"]);
  expect(words.indexOf("job stdout: job-1 exited with code 0")).toBeGreaterThan(words.indexOf("job stdout: done"));
});

test("a run ends when a service fails, and the others are stopped", async () => {
  const run = simulate(
    `services:
  bad: {image: i, x-lyceum-sim: {run: 2, exitCode: 3}}
  good: {image: i, x-lyceum-sim: {run: 5}}
x-lyceum-sim: {start: 0, stopTakes: 0.5}`,
  );
  await run.clock.advance(60_000);
  expect(run.lines.at(-1)).toEqual([2.5, "failed"]);
  expect(run.ends[0]?.returnCode).toBe(3);
});

test.each([
  ["not YAML", "services: [", /yaml/],
  ["no mapping", "- a", /must be a mapping/],
  ["no services", "name: x", /services is empty/],
  ["no image", "services: {app: {}}", /"app" has neither an image nor a build/],
  [
    "an unknown word in the script",
    one("{runs: 3}"),
    /x-lyceum-sim\.runs is not known\n"The script of a simulated run" in docs\/guides\/emulator\.md/,
  ],
  [
    "a wrong value in the script",
    one("{run: long, exitCode: -1}"),
    /x-lyceum-sim\.run must be number\nx-lyceum-sim.exitCode must be >= 0/,
  ],
  ["a start error", one("{startError: pull access denied}"), /pull access denied/],
  ["a text that nests too deep", `services: ${"[".repeat(100_000)}`, /./],
])("a run whose text is or has %s fails with the reason", async (_, text, reason) => {
  const run = simulate(text);
  await run.clock.advance(60_000);
  expect(run.ends).toHaveLength(1);
  expect(run.ends[0]).toMatchObject({ status: "failed", returnCode: null });
  expect(run.ends[0]?.dockerErrors.join("\n")).toMatch(reason);
});

test("the guide has each key of a script, and no other", () => {
  const guide = readFileSync(join(ROOT, "docs", "guides", "emulator.md"), "utf8");
  const section = guide.split("### The script of a simulated run\n")[1]?.split("\n#")[0] ?? "";
  expect([...section.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key).sort()).toEqual([...SCRIPT_KEYS].sort());
});

test("after a forced end, a run does not end again", async () => {
  const run = simulate(one("{start: 0, run: 5}"));
  await run.clock.advance(1_000);
  const end: EngineEnd = { status: "system_failure", returnCode: null, errors: ["forced"], dockerErrors: [] };
  expect(run.engine.endNow("local-1", end)).toBe(true);
  expect(run.engine.endNow("local-1", end)).toBe(false);
  await run.clock.advance(60_000);
  expect(run.ends).toEqual([end]);
});
