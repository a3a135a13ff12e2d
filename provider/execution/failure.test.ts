import type { LyceumPort } from "../lyceum/port";
import { failureReason } from "./failure";
import { recordedRun } from "./testing/maps";
import { createVirtualClock } from "./testing/virtual-clock";
import { someInputs } from "./testing/world";

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

test("a secret that two messages share is in neither", async () => {
  const reasons = await reasonsFor([`first ${secret.slice(0, 12)}`, `${secret.slice(12)} last`]);
  expect(reasons).not.toMatch(/canar|ary-0|6789/);
  expect(reasons).toContain("last");
});
