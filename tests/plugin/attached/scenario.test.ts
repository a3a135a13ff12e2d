import { createProvider } from "../../../provider/hosts/plugin/provider";
import { listen } from "../../../provider/hosts/plugin/server";
import { startsIn, writesIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";

testScenario(
  "the engine attaches to a plugin that runs already, as a debugger needs it",
  { folder: __dirname, program: "../settings/program", hosts: ["plugin"] },
  async (scenario) => {
    const provider = createProvider(undefined);
    const server = await listen(provider);
    try {
      // The plugin runs in the process of the test, so its settings come from its provider resource and not from the
      // environment.
      const env = {
        LYCEUM_API_KEY: undefined,
        LYCEUM_BASE_URL: undefined,
        PULUMI_DEBUG_PROVIDERS: `lyceum:${server.port}`,
      };
      const { url: baseUrl, apiKey } = scenario.emulator;
      scenario.work.write("settings.json", JSON.stringify({ baseUrl, apiKey }));
      await scenario.preview("a preview starts nothing", { env });
      const first = await scenario.up("one run is started", { env });
      expect(startsIn(first.requests)).toBe(1);
      const again = await scenario.up("nothing changes", { env }, "--expect-no-changes");
      expect(writesIn(again.requests)).toEqual([]);
      await scenario.refresh("its status is read", { env });
      await scenario.destroy("it is aborted", { env });
      expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted"]);
    } finally {
      server.close();
    }
  },
);
