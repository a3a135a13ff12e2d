import { belongings, containersOf } from "../../harness/emulator/docker";
import { watchDeaths } from "../../harness/emulator/docker-events";
import { abortsIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import { waitUntil } from "../../harness/wait";

/** The grace period of the program, in seconds. */
const GRACE = 3;

/** Aborts a run whose services ignore the stop signal. Compares the daemon's times with the time of the abort. */
async function cancel(scenario: Scenario, composeFile: string, services: readonly string[]): Promise<void> {
  scenario.work.write("settings.json", JSON.stringify({ composeFile }));
  await scenario.up("a run that ignores the stop signal");
  const { executionId } = await scenario.pulumi.outputs();
  const id = String(executionId);
  await waitUntil("all containers to run", () => containersOf(id).length === services.length);

  const deaths = watchDeaths(id);
  const destroyed = await scenario.destroy("destroy gives the grace once, to all at the same time");
  expect(abortsIn(destroyed.requests)).toBe(1);
  const abort = destroyed.requests.find(({ operation }) => operation === "abortWorkload");
  const arrived = Date.parse(abort?.at ?? "");
  const observed = await waitUntil("the daemon's events", () => {
    const now = deaths.observed();
    return now.length === services.length ? now : undefined;
  });
  deaths.stop();
  expect(observed.map(({ service }) => service).sort()).toEqual([...services].sort());
  for (const { service, exitCode, at } of observed) {
    expect({ service, exitCode }).toEqual({ service, exitCode: 137 });
    expect((at - arrived) / 1000).toBeGreaterThanOrEqual(GRACE);
  }
  // If each service had its own grace period, their ends would be a grace period apart.
  const ends = observed.map(({ at }) => at / 1000);
  expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(GRACE);
  for (const service of [...services].sort())
    scenario.print(`  ${service} was killed ${GRACE} s or more after the arrival of the abort, exit code 137`);
  expect(belongings(id)).toEqual([]);
}

testScenario(
  "a container that ignores the stop signal gets the grace period and is then killed",
  { folder: __dirname, hosts: ONE_HOST, engines: ["docker"], variant: "single" },
  (scenario) => cancel(scenario, "single.yaml", ["stubborn"]),
);

testScenario(
  "a chain of three by depends_on gets the grace once",
  { folder: __dirname, hosts: ONE_HOST, engines: ["docker"], variant: "chain" },
  (scenario) => cancel(scenario, "chain.yaml", ["first", "second", "third"]),
);
