import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startRun } from "../harness/emulator/emulator";
import { type Running, type RunOptions, start } from "../harness/processes/run";
import { ROOT } from "../harness/root";
import { waitUntil } from "../harness/wait";

const main = join(ROOT, "dist", "cli", "main.js");
let cache = "";
let running: Running | undefined;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "lyceum-emulator-cli-"));
});
afterEach(() => {
  running?.killAlone();
  rmSync(cache, { recursive: true, force: true });
});

/** Starts the command. `printed` returns its output so far. */
function emulator(...words: readonly string[]) {
  let printed = "";
  const take = (chunk: string): void => {
    printed += chunk;
  };
  const options: RunOptions = { cwd: cache, env: environment(), onOutput: take, onError: take };
  const started = start(process.execPath, [main, "emulator", ...words], options);
  running = started;
  return { ...started, printed: () => printed };
}

const environment = () => ({ PATH: process.env.PATH, HOME: cache, XDG_CACHE_HOME: cache });
const exported = () =>
  spawnSync(process.execPath, [main, "emulator", "--env"], { env: environment(), encoding: "utf8" });

test("it prints what to export, shows each step of a run, and ends with its runs at ^C", async () => {
  expect(exported()).toMatchObject({
    status: 1,
    stdout: "export LYCEUM_BASE_URL=no-emulator-is-running\nfalse\n",
    stderr: expect.stringMatching(/^No emulator of this user is running .*Start one with `npx pulumi-lyceum emulator`/),
  });
  const { printed, pid, ended } = emulator("--engine", "simulated", "--port", "0");
  await waitUntil("the emulator to be ready", () => printed().includes("^C ends it"));
  expect(printed()).toContain("SIMULATED, no container runs, nothing is billed.");
  expect(printed().match(/SIMULATED/g)).toHaveLength(1);

  const { stdout: lines } = exported();
  const [, url = "", key = ""] = /^export LYCEUM_BASE_URL=(\S+)\nexport LYCEUM_API_KEY=(\S+)\n$/.exec(lines) ?? [];
  for (const line of lines.trimEnd().split("\n")) expect(printed()).toContain(line);
  const post = (script: string): Promise<string> => {
    const text = `services: {app: {image: busybox}}\nx-lyceum-sim: ${script}\n`;
    return startRun({ url, apiKey: key }, { compose_file_code: text, file_name: "\u001b[31mtrain" });
  };
  const short = await post("{start: 0, run: 0, exitCode: 3}");
  await waitUntil("the end of the run", () => printed().includes("failed (exit code 3)"));
  const steps = printed()
    .split("\n")
    .filter((line) => line.includes(short));
  expect(steps.map((line) => line.replace(/^\d\d:\d\d:\d\d UTC {2}/, ""))).toEqual(
    ["pending", "starting", "running", "failed (exit code 3)"].map((step) => `${step}  train  ${short}`),
  );

  const long = await post("{start: 0, run: 600}");
  await waitUntil("the second run", () => printed().includes(`running  train  ${long}`));
  process.kill(pid, "SIGINT");
  expect((await ended).exitCode).toBe(0);
  expect(printed()).toContain("Stopping: what runs is ended");
  expect(printed()).toContain(`system_failure  train  ${long}`);
  expect(exported().status).toBe(1);
});

test("a taken port is an error when the command line names it", async () => {
  const { printed } = emulator("--engine", "simulated", "--port", "0");
  await waitUntil("the emulator to be ready", () => printed().includes("^C ends it"));
  const port = /127\.0\.0\.1:(\d+)\/api/.exec(printed())?.[1] ?? "";
  const second = spawnSync(process.execPath, [main, "emulator", "--engine", "simulated", "--port", port], {
    env: environment(),
    encoding: "utf8",
  });
  expect(second).toMatchObject({ status: 1, stdout: "" });
  expect(second.stderr).toContain(
    `emulator: Port ${port} is taken. Choose another with --port, or let --port 0 find a free one.\n`,
  );
});

test("a second one on another port says so, and the first one is found again when the second one ends", async () => {
  // If the usual port is in use, by an emulator or any other process, the next emulator takes another port.
  const first = emulator("--engine", "simulated");
  await waitUntil("the first emulator", () => first.printed().includes("^C ends it"));
  const lines = exported().stdout;
  const second = emulator("--engine", "simulated");
  await waitUntil("the second emulator", () => second.printed().includes("^C ends it"));
  try {
    const port = /127\.0\.0\.1:(\d+)\/api/.exec(second.printed())?.[1];
    expect(second.printed()).toContain(
      `Port 4010 is taken, perhaps by another emulator, so this one uses port ${port}.`,
    );
    expect(exported().stdout).toContain(`127.0.0.1:${port}/`);
    process.kill(second.pid, "SIGINT");
    await second.ended;
    expect(exported()).toMatchObject({ status: 0, stdout: lines });
  } finally {
    first.killAlone();
  }
});

const command = (...words: readonly string[]) =>
  spawnSync(process.execPath, [main, "emulator", ...words], { env: environment(), encoding: "utf8" });

test("a detached one is ready when the command returns, is listed without its key, and is stopped", async () => {
  expect(command("status")).toMatchObject({ status: 1, stderr: "No emulator of this user is running.\n" });
  expect(command("stop")).toMatchObject({ status: 1 });
  const started = command("--detach", "--json", "--engine", "simulated", "--port", "0");
  expect(started).toMatchObject({ status: 0, stderr: "" });
  const { url, apiKey, pid, data } = JSON.parse(started.stdout);
  const port = new URL(url).port;
  expect((await fetch(`${url}/health/ping`)).status).toBe(200);
  expect(command("--env", "--port", port, "--format", "dotenv").stdout).toBe(
    `LYCEUM_BASE_URL=${url}\nLYCEUM_API_KEY=${apiKey}\n`,
  );
  expect(command("--env", "--port", "1")).toMatchObject({ status: 1, stdout: expect.stringContaining("no-emulator") });
  expect(command("--wait")).toMatchObject({ status: 0, stdout: "" });
  const status = command("status", "--json").stdout;
  expect(JSON.parse(status)).toMatchObject([{ pid, data, engine: "simulated" }]);
  expect(status).not.toContain(apiKey);
  // Only the user may read the folder with the records.
  expect((statSync(data).mode & 0o777).toString(8)).toBe("700");
  expect(command("clean").stdout).toContain(`Kept: The data folder ${data} is in use`);

  const second = JSON.parse(command("--detach", "--json", "--engine", "simulated", "--port", "0").stdout);
  expect(second.data).not.toBe(data);
  expect(command("stop")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("Several emulators are running."),
  });
  expect(command("stop", "--port", port).stdout).toBe(
    `Stopped the emulator at port ${port} (process ${pid}), and its runs.\n`,
  );
  // The shell of a program still has the key of the first one.
  const again = JSON.parse(command("--detach", "--json", "--engine", "simulated", "--port", port).stdout);
  expect(again).toMatchObject({ url, apiKey, data });
  expect(command("stop", "--all")).toMatchObject({ status: 0 });
  expect(command("clean").stdout).toContain(`Removed ${data}.\n`);
  expect(existsSync(data)).toBe(false);
});

test("a detached one that cannot start shows why, and the command fails", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as AddressInfo;
  const failed = command("--detach", "--engine", "simulated", "--port", String(port));
  taken.close();
  expect(failed).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining(`Port ${port} is taken.`) });
});
