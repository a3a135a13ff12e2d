import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { writesIn } from "../../harness/golden/counts";
import { declare, endAll, MANY, untilAll } from "../../harness/many";
import { testScenario } from "../../harness/register";
import { ROOT } from "../../harness/root";

const TYPE = "lyceum:index:ComposeExecution";
const script = { start: 0, run: 600 };

testScenario(
  "pulumi do lists the runs of the account and reads one of them, in no stack",
  { folder: __dirname, hosts: ["plugin"], ...MANY },
  async (scenario) => {
    symlinkSync(join(ROOT, "bin", "pulumi-resource-lyceum"), join(scenario.work.program, "pulumi-resource-lyceum"));
    const plugin = ["--package", "./pulumi-resource-lyceum"];
    const pulumiDo = async (title: string, ...args: string[]): Promise<readonly { id: string; name: string }[]> => {
      const { output, requests } = await scenario.step(title, ["do", ...plugin, TYPE, ...args]);
      expect(writesIn(requests)).toEqual([]);
      return args[0] === "list" ? JSON.parse(output) : [];
    };
    declare(scenario, {
      first: { script },
      second: { script, after: ["first"] },
      third: { script, after: ["second"] },
    });
    await scenario.up("three runs, one after the other");
    await endAll(scenario, ["first"], "completed");
    await untilAll(scenario, ["first"], "completed");

    const names = (listed: readonly { name: string }[]) => listed.map(({ name }) => name).sort();
    const active = await pulumiDo("the active ones", "list");
    expect(names(active)).toEqual(["second", "third"]);
    const all = await pulumiDo("those that have ended, too", "list", "--include-ended", "--all");
    expect(names(all)).toEqual(["first", "second", "third"]);
    expect(await pulumiDo("no more than are asked for", "list", "--include-ended", "--count", "2")).toHaveLength(2);
    await pulumiDo("one that has ended", "read", all.find(({ name }) => name === "first")?.id ?? "");
    const env = { LYCEUM_API_KEY: "lk_refused" };
    const refused = await scenario.step("a refused key is an error at once", ["do", ...plugin, TYPE, "list"], {
      fails: true,
      env,
    });
    expect(refused.output).toMatch(/LYC11\d\d/);
    await scenario.step("destroy", ["destroy", "--yes", "--skip-preview"], { requests: "at once" });
  },
);
