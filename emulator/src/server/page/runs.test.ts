import { timesAsLong } from "../../../../compose/testing/times-as-long";
import { accepted } from "../../executions/execution";
import type { StoredRun } from "../../executions/execution-store";
import { hideNothing } from "../../executions/hidden-secrets";
import { RunOutput } from "../../executions/output";
import { startTestEmulator } from "../../testing/emulator";
import { composeView } from "./compose";
import { listedRuns, type RunFilter } from "./runs";
import { PAGE_LIMITS } from "./texts";

const ALL: RunFilter = { search: "", status: "", service: "" };

function storedRun(sequence: number, text: string, fileName = `run-${sequence}`): StoredRun {
  const execution = accepted({ executionId: `local-${sequence}`, sequence, fileName, machine: "cpu", at: sequence });
  return { execution, body: { compose_file_code: text }, output: new RunOutput() };
}

const textOf = (...services: readonly string[]) =>
  `services:\n${services.map((name) => `  ${name}: {image: busybox}\n`).join("")}`;

describe("the filter of the list", () => {
  const runs = [
    storedRun(1, textOf("train", "db"), "yyptx00123456abcdefga001q7zk-Train-ResNet"),
    { ...storedRun(2, textOf("web"), "serve") },
    storedRun(3, "{", "broken"),
  ];
  const [, served] = runs;
  if (served !== undefined) served.execution = { ...served.execution, status: "running" };

  test.each<[string, Partial<RunFilter>, readonly string[]]>([
    ["nothing", {}, ["broken", "serve", "Train-ResNet"]],
    ["a part of the name, in another case", { search: "resnet" }, ["Train-ResNet"]],
    ["two parts in any order", { search: "resnet  TRAIN" }, ["Train-ResNet"]],
    ["two parts, of which one is absent", { search: "resnet serve" }, []],
    ["the start key", { search: "yyptx0" }, ["Train-ResNet"]],
    ["the id", { search: "local-2" }, ["serve"]],
    ["the machine", { search: "cpu" }, ["broken", "serve", "Train-ResNet"]],
    ["a status", { status: "running" }, ["serve"]],
    ["a service", { service: "db" }, ["Train-ResNet"]],
    ["a part of a service, which is none", { service: "d" }, []],
    ["all three", { search: "s", status: "running", service: "web" }, ["serve"]],
    ["all three, of which one does not match", { search: "s", status: "failed", service: "web" }, []],
  ])("%s", (_, filter, labels) => {
    const listed = listedRuns(runs, { ...ALL, ...filter }, 10, hideNothing);
    expect(listed.executions.map(({ label }) => label)).toEqual(labels);
    expect([listed.total, listed.matching, listed.services, listed.unread]).toEqual([
      3,
      labels.length,
      ["db", "train", "web"],
      0,
    ]);
  });

  test("a deleted record is not listed", () => {
    const run = storedRun(4, textOf("app"));
    expect(listedRuns([run], ALL, 10, hideNothing).total).toBe(1);
    run.execution = { ...run.execution, recordDeleted: true };
    expect(listedRuns([run], ALL, 10, hideNothing).total).toBe(0);
  });
});

describe("thousands of runs", () => {
  const many = (count: number) => Array.from({ length: count }, (_, at) => storedRun(at, textOf(`service-${at % 50}`)));

  test("the answer is bounded, and the oldest run is found", () => {
    const runs = many(3000);
    const first = listedRuns(runs, ALL, 10, hideNothing);
    expect([first.total, first.executions.length, first.unread]).toEqual([3000, PAGE_LIMITS.runs, 2800]);
    expect(listedRuns(runs, { ...ALL, search: "run-0" }, 10, hideNothing)).toMatchObject({ matching: 1 });
    // Each call reads some texts, so that no call takes long.
    for (let unread = 2800; unread > 0; ) unread = listedRuns(runs, ALL, 10, hideNothing).unread;
    expect(listedRuns(runs, { ...ALL, service: "service-7" }, 10, hideNothing)).toMatchObject({
      matching: 60,
      unread: 0,
    });
  });

  test("the time is linear in the number of runs", () => {
    const [short, long] = [many(500), many(4000)];
    for (const runs of [short, long]) while (listedRuns(runs, ALL, 10, hideNothing).unread > 0);
    const list = (runs: readonly StoredRun[]) => () => void listedRuns(runs, { ...ALL, search: "x" }, 10, hideNothing);
    // Eight times as many runs. In quadratic time, they would take sixty-four times as long. On a busy machine, only
    // the short list stays in the processor's cache, and the long list takes up to 25 times as long.
    expect(timesAsLong(list(long), list(short), { enough: 16 })).toBeLessThan(40);
  });

  test("a text that is too long to read has no services", () => {
    const run = storedRun(1, `${textOf("app")}${"#".repeat(70_000)}`);
    expect(listedRuns([run], ALL, 10, hideNothing)).toMatchObject({ services: [], unread: 0, matching: 1 });
  });
});

describe("the Compose text", () => {
  test("is cut at a limit, and the rest is counted", () => {
    const run = storedRun(1, "#".repeat(PAGE_LIMITS.composeText + 5));
    expect(composeView(run, hideNothing)).toMatchObject({ omitted: 5, hasHidden: false });
  });

  test("has no secret, and neither has the output on the page; the API shows both", async () => {
    const hide = (line: string) => line.replaceAll("hunter2", "[redacted]");
    const emulator = await startTestEmulator({ hideSecrets: (text) => ({ text: hide(text), hide }) });
    try {
      const id = await emulator.start('{start: 0, run: 1, exitCode: 3, output: ["logged in with hunter2"]}');
      await emulator.advance(5);
      const compose = await emulator.control("GET", `/executions/${id}/compose`);
      expect(compose.body).toMatchObject({ text: expect.stringContaining("with [redacted]"), hasHidden: true });
      const page = await emulator.control("GET", `/page?run=${id}`);
      expect(page.body.run.lines).toMatchObject([{ message: "logged in with [redacted]" }]);
      expect(JSON.stringify((await emulator.control("GET", "/executions")).body)).toContain("hunter2");
      expect((await emulator.control("GET", "/executions/local-nothing/compose")).status).toBe(404);
    } finally {
      await emulator.close();
    }
  });
});
