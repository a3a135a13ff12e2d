import { join } from "node:path";
import type { Fault } from "../harness/emulator/control";
import { compareGolden } from "../harness/golden/golden";
import { waitUntil } from "../harness/wait";
import { DoctorSetup } from "./command";

let setup: DoctorSetup;
beforeEach(async () => {
  setup = await DoctorSetup.begin("simulated");
});
afterEach(() => setup.end());

interface Row {
  readonly id: string;
  readonly result: string;
  readonly shown: string | null;
}

const PROBE = "--probe --yes --compose-file long.yaml";

/** A probe, and what it reports as JSON. */
async function probe(args = PROBE) {
  const { exitCode, stdout, stderr } = await setup.run(`${args} --json`);
  const report = JSON.parse(stdout);
  const rows: readonly Row[] = report.probe.assumptions;
  return { exitCode, stdout, stderr, report, rows, notConfirmed: rows.filter(({ result }) => result !== "confirmed") };
}

test("the emulator confirms every assumption, and nothing is left behind", async () => {
  const { exitCode, stdout, stderr } = await setup.run(PROBE);
  compareGolden(join(__dirname, "golden", "probe.txt"), setup.stable(`${stdout}\n--- standard error\n${stderr}`));
  expect(exitCode).toBe(0);
  expect((await setup.emulator.control.executions()).length).toBe(1);
  const { notConfirmed } = await probe();
  expect(notConfirmed.map(({ id, result }) => [id, result])).toEqual([["end.completed", "not tried"]]);
  expect(await setup.active()).toEqual([]);
});

test("without an abort it confirms how a run ends, too", async () => {
  const { exitCode, rows, notConfirmed } = await probe("--probe --yes --no-abort");
  expect(notConfirmed.map(({ id, result }) => [id, result])).toEqual([
    ["abort.answers", "not tried"],
    ["abort.ends", "not tried"],
  ]);
  expect(rows.find(({ id }) => id === "end.completed")?.result).toBe("confirmed");
  expect(exitCode).toBe(0);
});

const reshape = (fields: object) => ({ kind: "reshape", ...fields });
const refuse = (status: number) => ({ kind: "status", status });

/** How a call deviates, and the assumption that names it. */
const DEVIATIONS: readonly (readonly [Fault["operation"], Fault["fault"], string, string])[] = [
  ["listWorkloads", reshape({ drop: ["file_name"] }), "list.file-name", "different"],
  ["getBillingHistory", refuse(403), "history.answers", "refused"],
  ["getExecution", reshape({ drop: ["status"] }), "status.words", "different"],
  ["abortWorkload", refuse(405), "abort.answers", "refused"],
  ["getStreamingStatus", reshape({ empty: true }), "older-status.answers", "refused"],
  ["startComposeExecution", reshape({ empty: true }), "start.answers", "refused"],
  ["getExecutionLogs", { kind: "garbage", body: "<html>" }, "logs.answers", "refused"],
];

/** Of one service that deviates in all these ways: what is shown of the assumptions that they break. */
async function expectNamed(deviations: typeof DEVIATIONS): Promise<void> {
  const merged = new Map<string, Fault["fault"]>();
  for (const [operation, fault] of deviations) merged.set(operation, { ...merged.get(operation), ...fault });
  for (const [operation, fault] of merged) {
    await setup.emulator.control.fault({ operation, times: "always", fault });
  }
  const { exitCode, rows } = await probe();
  expect(exitCode).toBe(1);
  for (const [, , id, result] of deviations)
    expect(rows.find((row) => row.id === id)).toMatchObject({ id, result, shown: expect.any(String) });
  // Where no abort is accepted the run ends by its own timeout, which the probe waits for.
  expect(await setup.active()).toEqual([]);
}

// The table of assumptions has a test of each, without a process: `provider/lyceum/probe`.
test("several deviations at once are all named", async () => {
  const picked = DEVIATIONS.filter(([, , id]) => !["start.answers", "status.words"].includes(id));
  await expectNamed(picked);
});

test.each(["start.answers", "status.words"])("so is one that hides others: %s", (id) =>
  expectNamed(DEVIATIONS.filter(([, , one]) => one === id)),
);

test("stopped by a signal it aborts the run, says so, and ends 130", async () => {
  const running = setup.start(PROBE);
  await waitUntil("a run", 30, async () => ((await setup.active()).length > 0 ? true : undefined));
  process.kill(running.pid, "SIGINT");
  const { exitCode, stderr } = await running.ended;
  expect([exitCode, (await setup.active()).length]).toEqual([130, expect.any(Number)]);
  expect(setup.stable(stderr)).toMatch(
    /Stopping; a run that was started is aborted first\.\n(.*\n)*The run <id> was aborted\.\n/,
  );
  await waitUntil("its end", 30, async () => ((await setup.active()).length === 0 ? true : undefined));
});

test("neither output nor report holds a secret or anything of the account", async () => {
  const canaries = [setup.emulator.apiKey, "local@emulator.invalid", "local-user", "/stream/", "detail-canary"];
  const fault = { kind: "status", status: 403, body: { detail: "detail-canary" } };
  await setup.emulator.control.fault({ operation: "getExecutionTiming", times: "always", fault });
  const { stdout, stderr, report } = await probe();
  const text = await setup.run(PROBE);
  const requests = JSON.stringify(await setup.emulator.control.executions());
  // The search finds what is there.
  expect(stdout + requests).toContain(report.probe.run.executionId);
  for (const canary of canaries)
    expect([canary, (stdout + stderr + text.stdout + text.stderr).includes(canary)]).toEqual([canary, false]);
});
