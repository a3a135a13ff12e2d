import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { start } from "../../harness/processes/run";
import { ONE_HOST, testScenario } from "../../harness/register";
import { ROOT } from "../../harness/root";

const LINES = 1_000_000;
const REASON = "FATAL the disk is full";

/** A service that writes many lines, and then why it fails. */
const compose = `services:
  train:
    image: busybox:stable
    command: sh -c 'seq 1 ${LINES} | sed "s/^/line /"; echo "${REASON}"; exit 3'
`;

testScenario(
  "the reason after a million lines is in the error, the record and the logs, on a busy machine",
  { folder: __dirname, program: "../failing/program", engines: ["docker"], hosts: ONE_HOST, seconds: 600 },
  async (scenario) => {
    scenario.work.write("compose.yaml", compose);
    scenario.work.write("settings.json", JSON.stringify({ waitFor: "completed", timeout: 600 }));
    const busy = Array.from({ length: 4 }, (): ChildProcess => spawn("nice", [process.execPath, "-e", "for (;;) {}"]));
    try {
      const failed = await scenario.up("the last line is in the error", {
        fails: true,
        deadlineSeconds: 500,
        writesOnly: true,
      });
      expect(failed.output).toContain(`  ${REASON}`);
    } finally {
      for (const loop of busy) loop.kill("SIGKILL");
    }
    const { outputs } = await scenario.resource("job");
    const id = String(outputs?.executionId);
    const headers = { authorization: `Bearer ${scenario.emulator.apiKey}` };
    const record = await (await fetch(`${scenario.emulator.url}/execution/${id}`, { headers })).json();
    expect((record as { readonly combined_output: string }).combined_output).toMatch(
      new RegExp(`^line 1\n[^]*\n\\[emulator\\] \\d+ lines are left out here\\.\n[^]*\nline ${LINES}\n${REASON}\n$`),
    );
    const command = [join(ROOT, "dist", "cli", "main.js"), "logs", id, "--no-prefix"];
    const { program: cwd } = scenario.work;
    const logs = await start(process.execPath, command, { cwd, env: scenario.environment }).ended;
    expect(logs.stdout).toMatch(
      new RegExp(`^line 1\n[^]*\n\\[emulator\\] \\d+ lines are left out here\\.\n[^]*\nline ${LINES}\n${REASON}\n$`),
    );
    expect(logs.stderr).toMatch(new RegExp(`^The run has written ${LINES + 1} lines\\. Lyceum gave only \\d+ of them`));
    await scenario.destroy("destroy has nothing to abort");
  },
);
