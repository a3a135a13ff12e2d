import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { checkSettings, configuredSettings, environmentOf } from "./provider-settings";

const struct = (value: object) => Struct.fromJavaScript(value as never);
const SIGNATURE = "4dabf18193072939515e22adb298388d";

test("a new provider gets a secret of its own, and keeps it", () => {
  const first = checkSettings(undefined, struct({})).inputs.toJavaScript() as Record<string, Record<string, unknown>>;
  expect(first.scope).toMatchObject({ [SIGNATURE]: "1b47061264138c4ac30d75fd1eb44270" });
  const secret = first.scope?.value;
  expect(secret).toMatch(/^[\w-]{32}$/);
  const again = checkSettings(struct(first), struct({ baseUrl: "https://example.com" })).inputs.toJavaScript();
  expect(again).toMatchObject({ baseUrl: "https://example.com", scope: { value: secret } });
  expect(configuredSettings(struct(again), [])).toEqual({
    settings: { baseUrl: "https://example.com" },
    scope: secret,
  });
});

test("the key is secret, whatever the program says", () => {
  const { inputs, failures } = checkSettings(undefined, struct({ apiKey: "lk_abc" }));
  expect(failures).toEqual([]);
  expect(inputs.toJavaScript()).toMatchObject({ apiKey: { [SIGNATURE]: expect.any(String), value: "lk_abc" } });
});

test.each([
  [{ baseUrl: "ftp://example.com" }, "baseUrl", /^LYC1002: /],
  [{ baseUrl: "http://example.com" }, "baseUrl", /^LYC100\d: /],
  // The engine prints the value of a property next to its failure.
  [{ apiKey: "a b" }, "", /^LYC1009: (?!.*a b)/],
  [{ orgSlug: "a/b" }, "orgSlug", /^LYC1010: /],
  [{ whenUnverified: "maybe" }, "whenUnverified", /^LYC1012: /],
])("%j is refused on %s", (settings, property, reason) => {
  expect(checkSettings(undefined, struct(settings)).failures).toEqual([
    { property, reason: expect.stringMatching(reason) },
  ]);
});

test("all errors at once, and what is not known yet passes", () => {
  expect(checkSettings(undefined, struct({ orgSlug: "a/b", whenUnverified: "x" })).failures).toHaveLength(2);
  const unknown = { baseUrl: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
  const { inputs, failures } = checkSettings(undefined, struct(unknown));
  expect([inputs.toJavaScript(), failures]).toMatchObject([unknown, []]);
});

describe("the environment of a provider", () => {
  const environment = { LYCEUM_API_KEY: "lk_env", LYCEUM_BASE_URL: "https://env", LYCEUM_ORG: "o", HTTPS_PROXY: "p" };

  test.each(["default", "default_0_1_0", ""])("wins over the stack's settings in %j", (name) => {
    expect(environmentOf(name, { apiKey: "lk_a" }, environment)).toEqual(environment);
  });

  test("loses against what the program gives to a provider of its own", () => {
    expect(environmentOf("other", { apiKey: "lk_a", orgSlug: "x" }, environment)).toEqual({
      LYCEUM_BASE_URL: "https://env",
      HTTPS_PROXY: "p",
    });
    expect(environmentOf("other", {}, environment)).toEqual(environment);
  });
});
