// @ts-check
import { createRequire } from "node:module";
import { join } from "node:path";
import { ToolError } from "../../tools/run.mjs";
import { single } from "../figures.mjs";
import { sampled } from "../processes.mjs";
import { makeStack } from "../stack.mjs";
import { withEmulator } from "../workspace.mjs";

const { indexIn } = createRequire(import.meta.url)("../programs/compose-text.cjs");

const LIST = "listWorkloads";
/** Slots of the engine: one for each wait. */
const PARALLEL = ["--parallel", "256"];
/** Milliseconds after the last start. The starts take a while, and the steady phase begins after them. */
const AFTER_STARTS = 3000;
const SIZES = {
  full: { count: 200, runSeconds: 155, spreadSeconds: 30, steadySeconds: 60 },
  small: { count: 2, runSeconds: 8, spreadSeconds: 0, steadySeconds: 1 },
};

/** @typedef {{ startedAt: number, endedAt: number, rowAt: number }} Wait */

/**
 * Many runs that are awaited at once: how often the service is asked, the CPU time of the provider process, and how
 * soon a row shows an end.
 * @type {import("../main.mjs").Measurement}
 */
export const waiting = {
  name: "waiting",
  measure: async (workspace, { small }) =>
    withEmulator(workspace, async (emulator) => {
      const { steadySeconds, ...size } = small ? SIZES.small : SIZES.full;
      const settings = { ...size, lines: 30, waitFor: /** @type {const} */ ("completed") };
      const stack = await makeStack(workspace, { name: "waiting", program: "executions", settings, emulator });
      /** @type {Map<number, number>} */
      const rows = new Map();
      const onLine = (/** @type {string} */ line) => {
        const index = /\brun-(\d+) created\b/.exec(line)?.[1];
        if (index !== undefined) rows.set(Number(index), Date.now());
      };
      const samples = await sampled(stack.dir, () => stack.up(PARALLEL, { onLine }));
      /** @type {ObservedExecution[]} */
      const runs = await read(emulator, "executions");
      const waits = runs.map((run) => waitOf(run, rows));
      if (waits.length !== size.count) throw new ToolError(`${waits.length} runs were started, not ${size.count}.`);
      const from = Math.max(...waits.map(({ startedAt }) => startedAt)) + AFTER_STARTS;
      const to = Math.min(...waits.map(({ endedAt }) => endedAt));
      const tick = rhythmOf(workspace)((to - from) / 1000);
      const late = Math.max(...waits.map(({ rowAt, endedAt }) => (rowAt - endedAt) / 1000)) / tick;
      /** @type {ReceivedRequest[]} */
      const requests = await read(emulator, "requests");
      const lists = requests.filter(({ operation, at }) => {
        const moment = Date.parse(at);
        return operation === LIST && moment > from && moment < to;
      });
      const while_ = `while ${SIZES.full.count} runs wait`;
      return [
        single(`list calls a minute ${while_}`, (lists.length / (to - from)) * 60_000, "calls"),
        single(
          `longest time from the end of a run to the update of its row, of ${SIZES.full.count} runs`,
          late,
          "ticks",
          2,
        ),
        single(`provider CPU ${while_}`, cpuPercent(samples, from, to, steadySeconds), "% of a core", 10),
      ];
    }),
};

/**
 * @param {ObservedExecution} run
 * @param {Map<number, number>} rows
 * @returns {Wait}
 */
function waitOf(run, rows) {
  const [first, last] = [run.timeline[0], run.timeline.at(-1)];
  const rowAt = rows.get(indexIn(run.composeFileCode));
  if (first === undefined || last?.status !== "completed" || rowAt === undefined)
    throw new ToolError(`${run.executionId}: last status ${last?.status}, row ${rowAt ? "observed" : "not observed"}.`);
  return { startedAt: Date.parse(first.at), endedAt: Date.parse(last.at), rowAt };
}

/**
 * @param {readonly import("../processes.mjs").Sample[]} samples
 * @param {number} from
 * @param {number} to
 * @param {number} least seconds of the steady phase
 */
function cpuPercent(samples, from, to, least) {
  const steady = samples.filter(({ at }) => at > from && at < to);
  const [first, last] = [steady[0], steady.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < least * 1000)
    throw new ToolError(`There were not ${least} s of steady waiting: ${steady.length} samples in ${to - from} ms.`);
  return ((last.cpuSeconds - first.cpuSeconds) / ((last.at - first.at) / 1000)) * 100;
}

/**
 * The provider's own interval: seconds between two polls, by the age of the youngest wait.
 * @param {import("../workspace.mjs").Workspace} workspace
 * @returns {(ageSeconds: number) => number}
 */
function rhythmOf(workspace) {
  const file = join(workspace.packageDir, "dist", "provider", "lifecycle", "watch", "poll-tick.js");
  return createRequire(import.meta.url)(file).tickSeconds;
}

/** @typedef {{ at: string, operation: string | null }} ReceivedRequest */
/** @typedef {{ executionId: string, composeFileCode: string, timeline: { status: string, at: string }[] }} ObservedExecution */

/**
 * The runs of an emulator, or the requests that it received; oldest first.
 * @param {import("../../tools/emulator.mjs").Emulator} emulator
 * @param {"executions" | "requests"} what
 * @returns {Promise<any>}
 */
async function read(emulator, what) {
  const answer = await fetch(`${new URL(emulator.url).origin}/_emulator/${what}`, {
    headers: { authorization: `Bearer ${emulator.apiKey}` },
  });
  if (!answer.ok) throw new ToolError(`The emulator answered ${answer.status} when asked for its ${what}.`);
  return answer.json();
}
