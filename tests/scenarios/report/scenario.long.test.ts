import { ONE_HOST, testScenario } from "../../harness/register";

const PASSWORD = "password-canary-of-the-report-31";

/** Checks what both pages must show of the run, and what they must not show. */
function expectPage(page: string): void {
  for (const part of ["failed (exit code 3)", "service worker with exit code 3", "Timeline: ", "no such table"]) {
    expect(page).toContain(part);
  }
  expect(page).toMatch(/<b>worker<\/b> \| <bdi>(?:login with )?\[redacted\]/);
  expect(page).not.toContain(PASSWORD);
}

testScenario(
  "a failing run of three services: the error names service, exit code and last lines, and so do both reports",
  { folder: __dirname, hosts: ONE_HOST },
  async (scenario) => {
    scenario.plant("password", PASSWORD);
    await scenario.pulumi.setSecret("dbPassword", PASSWORD);
    const failed = await scenario.up("one of three services fails", { fails: true });
    expect(failed.output).toMatch(/worker[\s\S]*3[\s\S]*\[redacted\][\s\S]*no such table/);
    expect(await scenario.resource("job")).toMatchObject({
      outputs: { failedService: "worker", services: { worker: 3 }, cost: 0 },
    });

    expectPage(scenario.work.read("out/job.html"));

    const report = ["report", "--stack", "dev", "--output", "stack.html"];
    const asked = await scenario.pulumi.start(report, {}, "npx pulumi-lyceum").ended;
    expect(asked).toMatchObject({
      exitCode: 0,
      stdout: "",
      stderr: expect.stringMatching(/^stack\.html: 1 run\nSIMULATED: /),
    });
    expectPage(scenario.work.read("stack.html"));
    await scenario.leaveRequestsOut();
    await scenario.destroy();
  },
);
