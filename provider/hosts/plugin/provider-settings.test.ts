import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { checkSettings, configuredSettings, environmentOf } from "./provider-settings";

const struct = (value: object) => Struct.fromJavaScript(value as never);
const SIGNATURE = "4dabf18193072939515e22adb298388d";

test("a new provider gets its own secret, and keeps it", () => {
  const first = checkSettings(undefined, struct({})).inputs.toJavaScript() as Record<string, Record<string, unknown>>;
  expect(first.__scope).toMatchObject({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270" });
  const secret = first.__scope?.value;
  expect(secret).toMatch(/^[\w-]{32}$/);
  const again = checkSettings(struct(first), struct({ baseUrl: "https://example.com" })).inputs.toJavaScript();
  expect(again).toMatchObject({ baseUrl: "https://example.com", __scope: { value: secret } });
  expect(configuredSettings(struct(again))).toEqual({
    settings: { baseUrl: "https://example.com" },
    isKnown: true,
    scope: secret,
  });
});

test("a secret that a state holds under its former name stays there", () => {
  const { inputs } = checkSettings(struct({ scope: "s" }), struct({}));
  expect(inputs.toJavaScript()).toEqual({ scope: { [SIGNATURE]: expect.any(String), value: "s" } });
  expect(configuredSettings(inputs).scope).toBe("s");
});

test("an API key that is an unknown output counts as not known yet, not as missing", () => {
  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  expect(configuredSettings(struct({ apiKey: unknown }))).toMatchObject({ settings: {}, isKnown: false });
});

test("the key is always secret", () => {
  const { inputs, failures } = checkSettings(undefined, struct({ apiKey: "lk_abc" }));
  expect(failures).toEqual([]);
  expect(inputs.toJavaScript()).toMatchObject({ apiKey: { [SIGNATURE]: expect.any(String), value: "lk_abc" } });
});

test.each([
  [{ baseUrl: "ftp://example.com" }, "baseUrl", /^LYC1002: /],
  [{ baseUrl: "http://example.com" }, "baseUrl", /^LYC100\d: /],
  // The engine prints the value of a property next to an error of the property.
  [{ apiKey: "a b" }, "", /^LYC1009: (?!.*a b)/],
  [{ orgSlug: "a/b" }, "orgSlug", /^LYC1010: /],
  [{ whenUnverified: "maybe" }, "whenUnverified", /^LYC1012: /],
  [{ baseUrl: "" }, "baseUrl", /^LYC1013: /],
  [{ baseURL: "https://a.example" }, "baseURL", /^LYC4010: baseURL is not a setting .*: apiKey, baseUrl, /],
  [{ apikey: "lk_0123456789abcdef" }, "", /^LYC4010: apikey is not a setting /],
  // Nobody uses a secret of three characters.
  [{ apikey: "abcd" }, "", /^LYC4010: apikey is not a setting /],
  [{ apikey: "abc" }, "apikey", /^LYC4010: apikey is not a setting /],
  [{ constructor: {} }, "constructor", /^LYC4010: /],
  [{ baseUrl: 5 }, "baseUrl", /^LYC4010: baseUrl must be text, not 5/],
  [{ orgSlug: { a: 1 } }, "orgSlug", /^LYC4010: orgSlug must be text, not a map/],
  [{ apiKey: 5 }, "", /^LYC4010: apiKey must be text\.?$/],
  [{ scope: "mine" }, "scope", /^LYC4010: scope is not a setting/],
])("the settings %j are refused on %s", (settings, property, reason) => {
  expect(checkSettings(undefined, struct(settings)).failures).toEqual([
    { property, reason: expect.stringMatching(reason) },
  ]);
});

test.each([
  ["what the engine adds", { version: "0.1.0", pluginDownloadURL: "https://a.example", __internal: {} }, undefined],
  ["what is not given", { baseUrl: null }, undefined],
  ["the recorded secret", { scope: "s" }, { scope: "s" }],
])("%s is not a setting, and is accepted", (_name, news, olds) => {
  expect(checkSettings(olds && struct(olds), struct(news)).failures).toEqual([]);
});

test("a project named lyceum has its own settings among those of the stack", () => {
  const urn = (project: string, name: string) => `urn:pulumi:dev::${project}::pulumi:providers:lyceum::${name}`;
  const failures = (project: string, name: string) =>
    checkSettings(undefined, struct({ size: "5", orgSlug: "a/b" }), urn(project, name)).failures.map(
      ({ property }) => property,
    );
  expect(failures("lyceum", "default_0_1_0")).toEqual(["orgSlug"]);
  expect(failures("lyceum", "other")).toEqual(["size", "orgSlug"]);
  expect(failures("story", "default")).toEqual(["size", "orgSlug"]);
});

test("all errors are reported at once, and unknown values are accepted", () => {
  expect(checkSettings(undefined, struct({ orgSlug: "a/b", whenUnverified: "x" })).failures).toHaveLength(2);
  const unknown = { baseUrl: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
  const { inputs, failures } = checkSettings(undefined, struct(unknown));
  expect([inputs.toJavaScript(), failures]).toMatchObject([unknown, []]);
});

describe("the environment of a provider", () => {
  const environment = { LYCEUM_API_KEY: "lk_env", LYCEUM_BASE_URL: "https://env", LYCEUM_ORG: "o", HTTPS_PROXY: "p" };

  test.each([
    "default",
    "default_0_1_0",
    "default_3_2_1_alpha.1",
    "default_3_2_1_https_/get.example",
    "default_github_/api.github.com/a",
    "",
  ])("comes before the stack's settings for the name %j", (name) => {
    expect(environmentOf(name, { apiKey: "lk_a" }, environment)).toEqual(environment);
  });

  test.each(["default_eu", "default_", "default_1", "defaults"])(
    "loses in %j, which only begins like a default",
    (name) => {
      expect(environmentOf(name, { apiKey: "lk_a" }, environment)).not.toHaveProperty("LYCEUM_API_KEY");
    },
  );

  test("does not come before the arguments of a provider that the program declares", () => {
    expect(environmentOf("other", { apiKey: "lk_a", orgSlug: "x" }, environment)).toEqual({
      LYCEUM_BASE_URL: "https://env",
      HTTPS_PROXY: "p",
    });
    expect(environmentOf("other", {}, environment)).toEqual(environment);
  });
});
