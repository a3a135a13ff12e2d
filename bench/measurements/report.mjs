// @ts-check
import { spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { ToolError } from "../../tools/run.mjs";
import { single } from "../figures.mjs";
import { withEmulator } from "../workspace.mjs";

const { findChromium, NO_CHROMIUM, sandboxArguments } = createRequire(import.meta.url)("../../tools/chromium.cjs");

const RUNS = 200;
const OPENINGS = 15;
const LINES = Array.from({ length: 20 }, (_, line) => `epoch ${line}: loss 0.4213, accuracy 0.9127, 812 samples/s`);

/**
 * The report of 200 runs with their last lines: how large it is, and how long a browser takes to load and paint it.
 * @type {import("../main.mjs").Measurement}
 */
export const reportOfRuns = {
  name: `report-${RUNS}`,
  measure: async (workspace) => {
    const executablePath = findChromium();
    if (executablePath === undefined) {
      workspace.log(`report-${RUNS} is left out: ${NO_CHROMIUM}`);
      return [];
    }
    const file = join(workspace.dir, "report.html");
    await withEmulator(workspace, (emulator) => writeReport(workspace.packageDir, emulator, file));
    const browser = await chromium.launch({ executablePath, args: sandboxArguments() });
    try {
      const seconds = [];
      for (let opening = 0; opening < OPENINGS; opening++) seconds.push(await secondsToOpen(browser, file));
      return [
        single(`report of ${RUNS} runs`, [(await stat(file)).size], "bytes", 1_000_000),
        single(`report of ${RUNS} runs, loaded and painted in Chromium`, seconds, "s", 1),
      ];
    } finally {
      await browser.close();
    }
  },
};

/**
 * Starts the runs, waits for their ends, and has the command write its page.
 * @param {string} packageDir
 * @param {import("../workspace.mjs").BenchEmulator} emulator
 * @param {string} file
 */
async function writeReport(packageDir, { url, apiKey }, file) {
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const script = { services: { train: { image: "busybox" } }, "x-lyceum-sim": { start: 0, run: 0.1, output: LINES } };
  for (let run = 0; run < RUNS; run++) {
    const body = JSON.stringify({ compose_file_code: JSON.stringify(script), file_name: `sweep-${run}` });
    const answer = await fetch(`${url}/execution/compose/start`, { method: "POST", headers, body });
    if (!answer.ok) throw new ToolError(`A start was answered with ${answer.status}.`);
  }
  const active = async () =>
    /** @type {any[]} */ (await (await fetch(`${url}/workloads/list`, { headers })).json()).length;
  while ((await active()) > 0) await sleep(100);
  const since = new Date(Date.now() - 3_600_000).toISOString();
  const args = ["report", "--since", since, "--limit", String(RUNS), "--output", file];
  const child = spawn(process.execPath, [join(packageDir, "dist", "cli", "main.js"), ...args], {
    stdio: "ignore",
    env: { ...process.env, LYCEUM_BASE_URL: url, LYCEUM_API_KEY: apiKey },
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code !== 0) throw new ToolError(`pulumi-lyceum report ended with ${code}.`);
}

/**
 * From the start of the navigation until everything is loaded and something is painted, by the browser's own clock.
 * @param {import("playwright-core").Browser} browser
 * @param {string} file
 */
async function secondsToOpen(browser, file) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  /** @type {number} */
  const milliseconds = await page.evaluate(`(async () => {
    const painted = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    while (painted() === undefined) await new Promise(requestAnimationFrame);
    return Math.max(painted(), performance.getEntriesByType("navigation")[0].loadEventEnd);
  })()`);
  await page.close();
  return milliseconds / 1000;
}
