import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startsIn } from "../../harness/golden/counts";
import { type Declared, declare, MANY } from "../../harness/many";
import { testScenario } from "../../harness/register";

const executions: Readonly<Record<string, Declared>> = {
  ended: { script: { run: 0.3 }, waitFor: "completed" },
  going: { script: { run: 600 } },
};

testScenario(
  "two stacks of one name in different backends never take each other's runs",
  { folder: __dirname, ...MANY },
  async (scenario) => {
    const backend = join(scenario.work.base, "second-state");
    mkdirSync(backend);
    const second = { env: { PULUMI_BACKEND_URL: `file://${backend}` }, requests: "at once" } as const;
    declare(scenario, executions);
    await scenario.up("up in the first backend", { requests: "at once" });
    await scenario.step("a stack of the same name in a second backend", ["stack", "init"], second);
    const other = await scenario.up("up there starts runs of its own", second);
    expect(startsIn(other.requests)).toBe(2);
    const keys = new Set((await scenario.runs()).map(({ fileName }) => fileName));
    expect(keys.size).toBe(4);
    await scenario.destroy("destroy there leaves the first stack's run alone", second);
    expect((await scenario.runs()).map(({ status }) => status).sort()).toEqual([
      "aborted",
      "completed",
      "completed",
      "running",
    ]);
    await scenario.up("the first stack still has its runs", { requests: "at once" }, "--expect-no-changes");
    await scenario.destroy("destroy", { requests: "at once" });
  },
);
