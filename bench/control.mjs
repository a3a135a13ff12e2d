// @ts-check
import { ToolError } from "../tools/run.mjs";

/** @typedef {{ at: string, operation: string | null, path: string, status: number | null }} ReceivedRequest */
/** @typedef {{ executionId: string, composeFileCode: string, timeline: { status: string, at: string }[] }} ObservedExecution */

/**
 * The requests that an emulator has seen, oldest first.
 * @param {import("./workspace.mjs").BenchEmulator} emulator
 * @returns {Promise<ReceivedRequest[]>}
 */
export function receivedRequests(emulator) {
  return read(emulator, "requests");
}

/**
 * The runs of an emulator.
 * @param {import("./workspace.mjs").BenchEmulator} emulator
 * @returns {Promise<ObservedExecution[]>}
 */
export function observedExecutions(emulator) {
  return read(emulator, "executions");
}

/**
 * @param {import("./workspace.mjs").BenchEmulator} emulator
 * @param {string} what
 */
async function read(emulator, what) {
  const answer = await fetch(`${emulator.control}/${what}`, {
    headers: { authorization: `Bearer ${emulator.apiKey}` },
  });
  if (!answer.ok) throw new ToolError(`The emulator answered ${answer.status} when asked for its ${what}.`);
  return /** @type {any} */ (await answer.json());
}
