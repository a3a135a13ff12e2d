import fc from "fast-check";
import { type EmulatorProcess, startEmulatorProcess } from "../stress/emulator-process";
import { amount, atMost, logFigures } from "./amount";
import { answersIn, sendRaw } from "./http";
import { conversation } from "./raw-bytes";

let emulator: EmulatorProcess;
beforeAll(async () => {
  emulator = await startEmulatorProcess();
});
afterAll(() => emulator.end());

test(
  "whatever bytes come, what goes back is HTTP, in order, and the emulator lives",
  async () => {
    const counts = new Map<number, number>();
    await fc.assert(
      fc.asyncProperty(conversation, async ({ pieces, end, requests }) => {
        const answers = answersIn(await sendRaw(emulator.port, pieces, { end, answers: requests }));
        // What stands behind the good requests may hold further ones.
        const further = Buffer.concat([...pieces])
          .toString("latin1")
          .split(/ HTTP\/\d/).length;
        expect(answers.length).toBeLessThanOrEqual(requests + further);
        for (const { status, body, isJson } of answers) {
          counts.set(status, (counts.get(status) ?? 0) + 1);
          if (status >= 500) expect(status).toBe(501);
          if (isJson) expect(() => JSON.parse(body)).not.toThrow();
          expect(body).not.toMatch(/\n\s+at |node_modules|node:internal/);
        }
        // Good requests are answered in their order, whatever comes behind them.
        if (end === "half-close") {
          expect(answers.slice(0, requests).map((answer) => answer.status)).toEqual(Array(requests).fill(200));
        }
      }),
      amount(1_500),
    );
    logFigures("conversations in bytes", { answers: Object.fromEntries([...counts].sort()) });
    expect(emulator.isAlive()).toBe(true);
    expect(await emulator.control("GET", "/breaches")).toEqual([]);
  },
  atMost(200),
);
