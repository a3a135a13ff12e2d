import { join } from "node:path";
import { compareGolden } from "../harness/golden/golden";
import { waitUntil } from "../harness/wait";
import { DoctorSetup } from "./command";

let setup: DoctorSetup;
beforeEach(async () => {
  setup = await DoctorSetup.begin("simulated");
});
afterEach(() => setup.end());

const PROBE = "--probe --yes";

test("the emulator confirms every assumption, and nothing is left behind", async () => {
  const { exitCode, stdout, stderr } = await setup.run(PROBE);
  compareGolden(join(__dirname, "golden", "probe.txt"), setup.stable(`${stdout}\n--- standard error\n${stderr}`));
  expect(exitCode).toBe(0);
  expect((await setup.emulator.control.executions()).length).toBe(1);
  expect(await setup.active()).toEqual([]);
});

test("after a signal it aborts the run, says so, and ends 130", async () => {
  const running = setup.start(PROBE);
  await waitUntil("a run", async () => ((await setup.active()).length > 0 ? true : undefined));
  process.kill(running.pid, "SIGINT");
  const { exitCode, stderr } = await running.ended;
  expect([exitCode, (await setup.active()).length]).toEqual([130, expect.any(Number)]);
  expect(setup.stable(stderr)).toMatch(
    /Stopping; a run that was started is aborted first\.\n(.*\n)*The run <id> was aborted\.\n/,
  );
  await waitUntil("its end", async () => ((await setup.active()).length === 0 ? true : undefined));
});

// The tests in `provider/lyceum/probe` have, for each assumption, a service for which it is wrong. They start no
// process.
test("deviations are named, and neither output nor report has a secret or anything of the account", async () => {
  const canaries = [setup.emulator.apiKey, "local@emulator.invalid", "local-user", "/stream/", "detail-canary"];
  const { control } = setup.emulator;
  await control.fault({ operation: "listWorkloads", times: "always", fault: { kind: "reshape", drop: ["file_name"] } });
  const refusal = { kind: "status", status: 403, body: { detail: "detail-canary" } } as const;
  await control.fault({ operation: "deleteExecutionRecord", times: "always", fault: refusal });
  const { exitCode, stdout, stderr } = await setup.run(`${PROBE} --json`);
  const { checks, run } = JSON.parse(stdout);
  const wrong = checks.filter(({ state }: { readonly state: string }) => state !== "ok");
  expect(wrong).toMatchObject([{ id: "list.file-name" }, { id: "delete-record.answers" }]);
  expect(exitCode).toBe(1);
  const text = await setup.run(PROBE);
  const requests = JSON.stringify(await control.executions());
  // The search works: it finds a text that exists.
  expect(stdout + requests).toContain(run.id);
  for (const canary of canaries)
    expect([canary, (stdout + stderr + text.stdout + text.stderr).includes(canary)]).toEqual([canary, false]);
});
