import type { LyceumPort } from "../../lyceum/port";
import { recordedRun } from "../testing/maps";
import { createVirtualClock } from "../testing/virtual-clock";
import { someInputs } from "../testing/world";
import { failureReason } from "./failure";

/** The reason of a run that failed with this exit code, errors and output lines. */
function reasonFor(returnCode: number, errors: readonly string[], log: readonly string[] = [], inputs = someInputs()) {
  const client = { logsTail: async () => log.map((message) => ({ message })) } as unknown as LyceumPort;
  const outputs = recordedRun("run-1", { status: "failed", returnCode });
  return failureReason({ client, clock: createVirtualClock() }, inputs, outputs, { status: "failed", errors });
}

test("each cut of the output leaves no half of a secret", async () => {
  const secret = "variable-canary-0123456789";
  const inputs = someInputs({ variables: { PASSWORD: secret }, $secrets: ["variables.PASSWORD"] });
  for (let before = 8192 - secret.length; before <= 8192; before += 5) {
    expect(await reasonFor(3, [], [`${"x".repeat(before)}${secret}`], inputs)).not.toMatch(/canar|0123/);
  }
});

test("neither what the service reports nor the name of a failed service shows a secret", async () => {
  const secret = "variable-canary-0123456789";
  const inputs = someInputs({ variables: { PASSWORD: secret }, $secrets: ["variables.PASSWORD"] });
  const errors = [`service "${secret}" exited with code 3`, `no route to ${secret}`];
  const reason = await reasonFor(3, errors, [], inputs);
  expect(reason).not.toContain("canary");
  expect(reason).toContain('service "[redacted]" exited with code 3');
  expect(reason).toContain("The service reports: no route to [redacted]");
});

test("failureOutput false leaves the lines out", async () => {
  expect(await reasonFor(3, [], ["cannot open input"])).toContain("cannot open input");
  expect(await reasonFor(3, [], ["cannot open input"], someInputs({ failureOutput: false }))).not.toContain("cannot");
});

test.each([
  [126, "its command cannot be run"],
  [127, "its command is not in the image"],
  [137, "killed: often out of memory, or the grace period ended"],
  [139, "it crashed: it used memory"],
  [143, "ended by SIGTERM"],
])("the meaning of exit code %i stands after it, once", async (code, meaning) => {
  const named = await reasonFor(code, [`service "db" exited with code ${code}`]);
  expect(named).toContain(`failed with exit code ${code}: service "db" exited with code ${code} (${meaning}`);
  const unnamed = await reasonFor(code, []);
  expect(unnamed).toContain(`failed with exit code ${code} (${meaning}`);
  for (const text of [named, unnamed]) expect(text.split(meaning)).toHaveLength(2);
});

test("a later record without a failed service does not remove the known one", async () => {
  const asked: unknown[] = [];
  const client = {
    logsTail: async (_id: string, _lines: number, options: object) => {
      asked.push(options);
      return [];
    },
  } as unknown as LyceumPort;
  const context = { client, clock: createVirtualClock() };
  const known = { status: "failed", returnCode: 3, failedService: "web" };
  const reason = (more: object) =>
    failureReason(context, someInputs(), recordedRun("run-1", { ...known, ...more }), { status: "failed", errors: [] });
  expect(await reason({ services: { web: 3 } })).toContain(
    'failed with exit code 3: service "web" exited with code 3. ',
  );
  expect(await reason({})).toContain('failed with exit code 3: service "web" failed. ');
  expect(asked[0]).toMatchObject({ service: "web", record: { status: "failed", errors: [] } });
});

test("an exit code of the program itself has no explanation", async () => {
  expect(await reasonFor(3, [])).toMatch(/failed with exit code 3\. /);
});

test("two failed services are named in order, and not repeated below", async () => {
  const reason = await reasonFor(3, [
    'service "web" exited with code 0',
    'service "db" exited with code 3',
    'service "api" exited with code 137',
    'service "db" exited with code 9',
    "the disk is full",
  ]);
  expect(reason).toMatch(
    /^LYC3001: Run run-1 failed with exit code 3: service "db" exited with code 3, then service "api" exited with code 137 \(killed: [^)]*\)\. /,
  );
  expect(reason).toContain("The service reports: the disk is full");
  expect(reason.match(/"api" exited/g)).toHaveLength(1);
});
