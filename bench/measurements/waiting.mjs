// @ts-check
import { createRequire } from "node:module";
import { join } from "node:path";
import { ToolError } from "../../tools/run.mjs";
import { observedExecutions, receivedRequests } from "../control.mjs";
import { median, ratio, single } from "../figures.mjs";
import { mostMegabytes, sampledUp } from "../sampling.mjs";
import { makeStack } from "../stack.mjs";
import { withEmulator } from "../workspace.mjs";
import { heldByNoOp } from "./held.mjs";

const { indexIn } = createRequire(import.meta.url)("../programs/compose-text.cjs");

/** The shortest time between the last start and the first end: steady waiting, in the slow rhythm for the most part. */
const STEADY_SECONDS = 135;
/** The ends are spread over so many seconds. */
const SPREAD_SECONDS = 30;
/** Slots of the engine: one for each wait. */
const PARALLEL = ["--parallel", "256"];
/** The rhythm is the slow one for waits older than this. */
const SLOW_AFTER_SECONDS = 60;

/** @typedef {{ startedAt: number, endedAt: number, rowAt: number, observedAt: number }} Wait */

/**
 * `count` runs waited for to the end at once: how often the service is asked, what the provider process uses meanwhile,
 * and how soon an end is known.
 * @param {number} count
 * @returns {import("../main.mjs").Measurement}
 */
export function waiting(count) {
  return {
    name: `waiting-${count}`,
    measure: async (workspace, { template }) => {
      const figures = await withEmulator(workspace, async (emulator) => {
        // The starts themselves take a while, and all of it has to be steady behind them.
        const runSeconds = STEADY_SECONDS + count / 10;
        const settings = /** @type {const} */ ({
          count,
          lines: 30,
          waitFor: "completed",
          runSeconds,
          spreadSeconds: SPREAD_SECONDS,
        });
        const stack = await makeStack(workspace, {
          name: `waiting-${count}`,
          program: "executions",
          settings,
          emulator,
        });
        /** @type {Map<number, number>} */
        const rows = new Map();
        const samples = await sampledUp(stack, PARALLEL, (line, at) => {
          const index = /\brun-(\d+) created\b/.exec(line)?.[1];
          if (index !== undefined) rows.set(Number(index), at);
        });
        const requests = await receivedRequests(emulator);
        const waits = (await observedExecutions(emulator)).map((run) => waitOf(run, requests, rows));
        if (waits.length !== count) throw new ToolError(`${waits.length} runs were started, not ${count}.`);
        return figuresOf(count, waits, requests, samples, rhythmOf(workspace));
      });
      if (count < 200) return figures.all;
      const noOp = await heldByNoOp(workspace, template, count);
      const name = `provider memory while ${count} wait / that of a provider that does nothing`;
      return [...figures.all, ratio(name, [[figures.memory, noOp]], 1.25)];
    },
  };
}

/**
 * @param {import("../control.mjs").ObservedExecution} run
 * @param {import("../control.mjs").ReceivedRequest[]} requests
 * @param {Map<number, number>} rows
 * @returns {Wait}
 */
function waitOf(run, requests, rows) {
  const [first, last] = [run.timeline[0], run.timeline.at(-1)];
  const endedAt = Date.parse(last?.at ?? "");
  const rowAt = rows.get(indexIn(run.composeFileCode));
  if (first === undefined || last?.status !== "completed" || rowAt === undefined)
    throw new ToolError(`${run.executionId}: last status ${last?.status}, row ${rowAt ? "observed" : "not observed"}.`);
  const read = requests.find(
    ({ path, at }) => path.endsWith(`/execution/${run.executionId}`) && Date.parse(at) >= endedAt,
  );
  return { startedAt: Date.parse(first.at), endedAt, rowAt, observedAt: Date.parse(read?.at ?? "") };
}

/**
 * @param {number} count
 * @param {Wait[]} waits
 * @param {import("../control.mjs").ReceivedRequest[]} requests
 * @param {import("../sampling.mjs").Sample[]} samples
 * @param {(ageSeconds: number) => number} tickSeconds
 */
function figuresOf(count, waits, requests, samples, tickSeconds) {
  const lastStart = Math.max(...waits.map(({ startedAt }) => startedAt));
  const firstEnd = Math.min(...waits.map(({ endedAt }) => endedAt));
  const steady = samples.filter(({ at }) => at > lastStart + 3000 && at < firstEnd);
  const [from, to] = [steady[0], steady.at(-1)];
  if (from === undefined || to === undefined || to.at - from.at < 60_000)
    throw new ToolError(
      `There was no minute of steady waiting: ${steady.length} samples in the ${Math.round((firstEnd - lastStart) / 1000)} s ` +
        "between the last start and the first end.",
    );
  const cpu = ((to.cpuSeconds - from.cpuSeconds) / ((to.at - from.at) / 1000)) * 100;
  const slow = tickSeconds(SLOW_AFTER_SECONDS + 1);
  const lags = (/** @type {"rowAt" | "observedAt"} */ what) => waits.map((wait) => (wait[what] - wait.endedAt) / 1000);
  const largest = (/** @type {number[]} */ values) => Math.max(...values);
  const while_ = `while ${count} wait`;
  const memory = mostMegabytes(steady);
  const all = [
    single(`list calls per tick ${while_}`, [listCallsPerTick(requests, lastStart, firstEnd, tickSeconds)], "calls", 1),
    single(`list calls per minute ${while_}, after the first minute`, [60 / slow], "calls"),
    single(`reads of single runs ${while_}`, [recordReads(requests, lastStart, firstEnd).length], "reads"),
    single(
      `reads of single runs per end, ${count} runs`,
      [recordReads(requests, firstEnd, Infinity).length / count],
      "reads",
    ),
    single(`end to provider, ${count} runs, longest`, [largest(lags("observedAt")) / slow], "ticks", 2),
    single(`end to row, ${count} runs, longest`, [largest(lags("rowAt")) / slow], "ticks", 2),
    single(`end to row, ${count} runs, median`, [median(lags("rowAt"))], "s"),
    single(`provider CPU ${while_}`, [cpu], "% of a core", count >= 200 ? 10 : null),
    single(`provider memory ${while_}`, [memory], "MB"),
  ];
  return { all, memory };
}

/**
 * The pauses between list calls, each measured in the ticks that the rhythm allows at that age of the youngest wait.
 * @param {import("../control.mjs").ReceivedRequest[]} requests
 * @param {number} lastStart
 * @param {number} firstEnd
 * @param {(ageSeconds: number) => number} tickSeconds
 */
function listCallsPerTick(requests, lastStart, firstEnd, tickSeconds) {
  const calls = requests
    .filter(({ operation }) => operation === LIST)
    .map(({ at }) => Date.parse(at))
    .filter((at) => at > lastStart + 3000 && at < firstEnd);
  let ticks = 0;
  for (const [position, at] of calls.slice(1).entries()) {
    const before = calls[position] ?? at;
    ticks += (at - before) / 1000 / tickSeconds((before - lastStart) / 1000);
  }
  return (calls.length - 1) / ticks;
}

const LIST = "listWorkloads";
const RECORD = "getExecution";

/**
 * @param {import("../control.mjs").ReceivedRequest[]} requests
 * @param {number} from
 * @param {number} to
 */
function recordReads(requests, from, to) {
  return requests.filter(({ operation, at }) => operation === RECORD && Date.parse(at) > from && Date.parse(at) < to);
}

/**
 * The provider's own rhythm: seconds of a tick by the age of the youngest wait.
 * @param {import("../workspace.mjs").Workspace} workspace
 * @returns {(ageSeconds: number) => number}
 */
function rhythmOf(workspace) {
  const file = join(workspace.packageDir, "dist", "provider", "execution", "poll-rhythm.js");
  return createRequire(import.meta.url)(file).tickSeconds;
}
