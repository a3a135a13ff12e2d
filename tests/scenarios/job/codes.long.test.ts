import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { whyNoCompose } from "../../differential/docker-compose";
import { dockerHost } from "../../harness/emulator/docker";
import { AT_ONCE, declare, MANY } from "../../harness/many";
import { NO_DOCKER } from "../../harness/needs";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";

const shell = (script: string) => ({ command: ["sh", "-c", script] });
/** A signal to the first process of a container has no effect. With `init`, the shell is the second one. */
const signalled = (signal: number) => ({ ...shell(`kill -${signal} $$$$`), init: true });
const after = (service: string, condition: string) => ({
  command: ["true"],
  depends_on: { db: { condition: "service_started" }, [service]: { condition } },
});

/** How the command of each job ends. */
const jobs: Readonly<Record<string, object>> = {
  "exit-0": { command: ["true"] },
  "exit-1": shell("exit 1"),
  "exit-3": shell("exit 3"),
  "exit-255": shell("exit 255"),
  "exit-256": shell("exit 256"),
  "signal-int": signalled(2),
  "signal-kill": signalled(9),
  "signal-segv": signalled(11),
  "signal-term": signalled(15),
  "not-found-by-a-shell": shell("no-such-command"),
  "not-executable-by-a-shell": shell("/etc/passwd"),
  "not-found": { command: ["no-such-command"] },
  "not-executable": { command: ["/etc/passwd"] },
  "no-such-user": { command: ["true"], user: "nobody-at-all" },
  "after-a-failed-service": after("failing", "service_completed_successfully"),
  "after-an-unhealthy-service": after("unhealthy", "service_healthy"),
};

const image = "busybox:stable";
const project = JSON.stringify({
  services: {
    db: { image, command: ["sleep", "600"], init: true },
    failing: { image, ...shell("exit 4") },
    unhealthy: {
      image,
      command: ["sleep", "600"],
      init: true,
      healthcheck: { test: ["CMD", "false"], interval: "1s", retries: 2 },
    },
  },
  jobs: Object.fromEntries(
    Object.entries(jobs).map(([name, job]) => [
      name,
      { image, depends_on: ["db"], triggers: { manual: true }, ...job },
    ]),
  ),
});

/** Runs each job with `docker compose run` of the newest release, one after the other. Returns the exit codes. */
async function codesOfCompose({ work }: Scenario): Promise<Readonly<Record<string, number>>> {
  const folder = join(work.base, "compose");
  mkdirSync(folder);
  writeFileSync(join(folder, "compose.yaml"), project);
  const compose = (...args: readonly string[]) =>
    new Promise<number>((resolve, reject) => {
      const options = {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: work.home, DOCKER_CONFIG: work.home, ...dockerHost() },
        timeout: 120_000,
      };
      const plugin = process.env.LYCEUM_TEST_NEWEST_COMPOSE ?? "";
      const named = ["--project-name", `lyceum-codes-${process.pid}`, ...args];
      execFile(plugin, named, options, (error) => {
        if (error === null) resolve(0);
        else if (typeof error.code === "number") resolve(error.code);
        else reject(error);
      }).stdin?.end();
    });
  const codes: Record<string, number> = {};
  try {
    for (const name of Object.keys(jobs)) codes[name] = await compose("run", "--rm", "--no-TTY", name);
  } finally {
    await compose("down", "--timeout", "0");
  }
  return codes;
}

testScenario(
  "the exit code of a job with a database is that of docker compose run",
  {
    folder: __dirname,
    ...MANY,
    variant: "codes",
    engines: ["docker"],
    hosts: ONE_HOST,
    missing: NO_DOCKER ?? whyNoCompose("newest"),
    seconds: 600,
  },
  async (scenario) => {
    const theirs = await codesOfCompose(scenario);
    const declared = { composeFileCode: project, waitFor: "completed", timeout: 300 };
    declare(scenario, Object.fromEntries(Object.keys(jobs).map((job) => [job, { ...declared, job }])));
    const args = ["up", "--yes", "--skip-preview", ...AT_ONCE];
    const { exitCode } = await scenario.pulumi.start(args).ended;
    // Most of the jobs fail.
    expect(exitCode).not.toBe(0);
    await scenario.leaveRequestsOut();
    const row = (...[first = "", second = "", ...others]: readonly string[]) =>
      scenario.print([first.padEnd(28), second.padEnd(20), ...others].join(""));
    row("job", "docker compose run", "returnCode");
    for (const job of Object.keys(jobs)) {
      const { outputs } = await scenario.resource(job);
      row(job, `${theirs[job]}`, `${outputs?.returnCode ?? "none"}`);
    }
  },
);
