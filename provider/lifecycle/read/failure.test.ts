import type { LyceumPort } from "../../lyceum/port";
import { recordedRun } from "../testing/maps";
import { createVirtualClock } from "../testing/virtual-clock";
import { someInputs } from "../testing/world";
import { failureReason } from "./failure";

const secret = "variable-canary-0123456789";
const inputs = someInputs({ variables: { PASSWORD: secret }, $secrets: ["variables.PASSWORD"] });

async function reasonsFor(messages: readonly string[]): Promise<string> {
  const client = { logsTail: async () => messages.map((message) => ({ message })) } as unknown as LyceumPort;
  const context = { client, clock: createVirtualClock() };
  return failureReason(context, inputs, recordedRun("run-1", { status: "failed" }), undefined);
}

test("no cut of the output leaves half of a secret", async () => {
  for (let before = 8192 - secret.length; before <= 8192; before += 5) {
    expect(await reasonsFor([`${"x".repeat(before)}${secret}`])).not.toMatch(/canar|0123/);
  }
});

describe("what an exit code means", () => {
  const client = { logsTail: async () => [] } as unknown as LyceumPort;
  const reasons = (returnCode: number, errors: readonly string[]) =>
    failureReason(
      { client, clock: createVirtualClock() },
      someInputs(),
      recordedRun("run-1", { status: "failed", returnCode }),
      { status: "failed", errors },
    );

  test.each([
    [126, "its command cannot be run"],
    [127, "its command is not in the image"],
    [137, "killed: often out of memory, or the grace period ended"],
    [139, "it crashed: it used memory"],
    [143, "ended by SIGTERM"],
  ])("%i stands behind it, once", async (code, meaning) => {
    const named = await reasons(code, [`service "db" exited with code ${code}`]);
    expect(named).toContain(`failed with exit code ${code}: service "db" exited with code ${code} (${meaning}`);
    const unnamed = await reasons(code, []);
    expect(unnamed).toContain(`failed with exit code ${code} (${meaning}`);
    for (const text of [named, unnamed]) expect(text.split(meaning)).toHaveLength(2);
  });

  test("of a program's own is nothing that we know", async () => {
    expect(await reasons(3, [])).toMatch(/failed with exit code 3\. /);
  });
});

test("of two services that failed both are named, the first one first, and neither is repeated below", async () => {
  const client = { logsTail: async () => [] } as unknown as LyceumPort;
  const reasons = await failureReason(
    { client, clock: createVirtualClock() },
    someInputs(),
    recordedRun("run-1", { status: "failed", returnCode: 3 }),
    {
      status: "failed",
      errors: [
        'service "web" exited with code 0',
        'service "db" exited with code 3',
        'service "api" exited with code 137',
        'service "db" exited with code 9',
        "the disk is full",
      ],
    },
  );
  expect(reasons).toMatch(
    /^LYC3001: Run run-1 failed with exit code 3: service "db" exited with code 3, then service "api" exited with code 137 \(killed: [^)]*\)\. /,
  );
  expect(reasons).toContain("The service reports: the disk is full");
  expect(reasons.match(/"api" exited/g)).toHaveLength(1);
});
