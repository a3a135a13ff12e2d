import { join } from "node:path";
import { type Emulator, startEmulator } from "../../harness/emulator/emulator";
import { emulatorEnvironment } from "../../harness/environment";
import { startsIn, writesIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";

const NO_ENVIRONMENT = { LYCEUM_API_KEY: undefined, LYCEUM_BASE_URL: undefined };

/** Runs a part of a scenario with a second account, which is a separate emulator. */
async function withSecondAccount(scenario: Scenario, act: (second: Emulator) => Promise<void>): Promise<void> {
  const environment = emulatorEnvironment(scenario.work, "second-account");
  const second = await startEmulator("simulated", join(scenario.work.emulator, "second"), environment);
  scenario.names.fix(second.url, "<second>");
  scenario.plant("second_key", second.apiKey);
  try {
    await act(second);
  } finally {
    await second.stop();
  }
}

const settingsOf = ({ url: baseUrl, apiKey }: Pick<Emulator, "url" | "apiKey">) => ({ baseUrl, apiKey });
const statuses = async ({ control }: Pick<Emulator, "control">) =>
  (await control.executions()).map(({ status }) => status);

testScenario(
  "a resource that gets another provider: the run is ended where it is, and one is started in the other account",
  { folder: __dirname, hosts: ["plugin"], variant: "provider" },
  (scenario) =>
    withSecondAccount(scenario, async (second) => {
      const env = NO_ENVIRONMENT;
      const providers = { a: settingsOf(scenario.emulator), b: settingsOf(second) };
      const use = (name: "a" | "b", rest = {}) =>
        scenario.work.write("settings.json", JSON.stringify({ providers, use: name, ...rest }));
      use("a");
      await scenario.up("a run in the first account", { env });
      use("b");
      const preview = await scenario.step("the preview shows the replacement", ["preview"], { env });
      expect(preview.output).toMatch(/job replace/);
      await scenario.up("the run moves to the second account", { env });
      expect([await statuses(scenario), await statuses(second)]).toEqual([["aborted"], ["running"]]);
      await scenario.up("nothing changes", { env }, "--expect-no-changes");
      await scenario.destroy("destroy aborts it", { env });
      expect(await statuses(second)).toEqual(["aborted"]);
    }),
);

testScenario(
  "a provider whose base URL changes replaces its runs; one whose key changes replaces none",
  { folder: __dirname, hosts: ["plugin"], variant: "base-url" },
  (scenario) =>
    withSecondAccount(scenario, async (second) => {
      const env = NO_ENVIRONMENT;
      const a = (settings: object) =>
        scenario.work.write("settings.json", JSON.stringify({ providers: { a: settings }, use: "a" }));
      const first = settingsOf(scenario.emulator);
      a(first);
      await scenario.up("a run in the first account", { env });
      a({ ...first, baseUrl: `${new URL(first.baseUrl).origin}/api/v2/external/` });
      const spelled = await scenario.up("the same base URL in another spelling", { env });
      expect(writesIn(spelled.requests)).toEqual([]);
      a({ ...first, apiKey: "lk_another_key_of_nobody" });
      scenario.plant("other_key", "lk_another_key_of_nobody");
      const rotated = await scenario.up("another key replaces nothing", { env });
      expect(writesIn(rotated.requests)).toEqual([]);
      // The old provider ends the run with its own key.
      a(first);
      await scenario.up("the first key again", { env });
      a(settingsOf(second));
      await scenario.up("another base URL and its key", { env });
      expect([await statuses(scenario), await statuses(second)]).toEqual([["aborted"], ["running"]]);
      await scenario.up("nothing changes", { env }, "--expect-no-changes");
      await scenario.destroy("destroy aborts it", { env });
      expect(await statuses(second)).toEqual(["aborted"]);
    }),
);

testScenario(
  "the default provider: another base URL in the stack replaces the runs; one in the environment does not",
  { folder: __dirname, hosts: ["plugin"], variant: "default" },
  (scenario) =>
    withSecondAccount(scenario, async (second) => {
      scenario.work.write("settings.json", "{}");
      const set = async ({ url, apiKey }: Pick<Emulator, "url" | "apiKey">) => {
        await scenario.pulumi.quietly(["config", "set", "lyceum:baseUrl", url]);
        await scenario.pulumi.setSecret("lyceum:apiKey", apiKey);
      };
      const env = NO_ENVIRONMENT;
      await set(scenario.emulator);
      await scenario.up("a run in the account of the stack", { env });
      await scenario.pulumi.quietly(["config", "rm", "lyceum:baseUrl"]);
      const other = { LYCEUM_API_KEY: second.apiKey, LYCEUM_BASE_URL: second.url };
      await set(second);
      await scenario.up("the stack names another account", { env });
      expect([await statuses(scenario), await statuses(second)]).toEqual([["aborted"], ["running"]]);
      await scenario.up("nothing changes", { env: other }, "--expect-no-changes");
      await scenario.destroy("destroy aborts it", { env });
      expect(startsIn((await scenario.up("again", { env: {}, fails: true })).requests)).toBe(0);
    }),
);

testScenario(
  "a saved plan of a new stack is carried out",
  { folder: __dirname, hosts: ["plugin"], variant: "plan" },
  async (scenario) => {
    const providers = { a: settingsOf(scenario.emulator) };
    for (const settings of [{}, { providers, use: "a" }]) {
      scenario.work.write("settings.json", JSON.stringify(settings));
      await scenario.step("a plan is saved", ["preview", "--save-plan", "plan.json"]);
      const up = await scenario.up("it is carried out", {}, "--plan", "plan.json");
      expect(startsIn(up.requests)).toBe(1);
      await scenario.destroy();
    }
  },
);
