import { startsIn, writesIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";

testScenario(
  "a provider with settings of its own: errors name the setting, and another setting replaces nothing",
  { folder: __dirname, hosts: ["plugin"] },
  async (scenario) => {
    // No setting comes from the environment.
    const env = { LYCEUM_API_KEY: undefined, LYCEUM_BASE_URL: undefined };
    const { url: baseUrl, apiKey } = scenario.emulator;
    const settings = (values: object) => scenario.work.write("settings.json", JSON.stringify(values));

    settings({ baseUrl: "ftp://example.com", orgSlug: "a/b" });
    const refused = await scenario.preview("settings that are not valid", { fails: true, env });
    expect(refused.output).toMatch(/LYC1002/);
    expect(refused.output).toMatch(/LYC1010/);

    settings({ baseUrl: "", apikey: "k", orgSlug: 5, version: "0.1.0" });
    const unknown = await scenario.preview("settings that the provider does not have", { fails: true, env });
    expect(unknown.output).toMatch(/property apikey .* LYC4010: apikey is not a setting of the provider/);
    expect(unknown.output).toMatch(/property orgSlug .* LYC4010: orgSlug must be text, not 5/);
    expect(unknown.output).toMatch(/property baseUrl .* LYC1013/);

    settings({ baseUrl });
    const missing = await scenario.up("no key anywhere", { fails: true, env });
    expect(missing.output).toContain("LYC1001");
    expect(missing.requests).toEqual([]);

    settings({ baseUrl, apiKey });
    const first = await scenario.up("a key in the provider's settings", { env });
    expect(startsIn(first.requests)).toBe(1);
    settings({ baseUrl, apiKey, whenUnverified: "fail" });
    const changed = await scenario.up("another setting updates the provider and replaces no run", { env });
    expect(writesIn(changed.requests)).toEqual([]);
    await scenario.destroy("destroy", { env });
  },
);
