import fc from "fast-check";
import { DEFAULT_BASE_URL, readBaseUrl } from "./base-url";
import { type ConfigurationResult, resolveConfiguration, type StackSettings } from "./configuration";
import type { ConfigurationFile } from "./configuration-login";

const PATH = "/home/me/.lyceum/config.json";
const KEY = "lk_canary_0123456789";
const JWT = `eyJ${Buffer.from('{"alg":"none"}').toString("base64url")}.e30.sig`;
const EMULATOR = "http://127.0.0.1:4000/api/v2/external";

const absent: ConfigurationFile = { kind: "absent", path: PATH };
const fileOf = (content: unknown, openToOthers = false): ConfigurationFile => ({
  kind: "text",
  path: PATH,
  text: typeof content === "string" ? content : JSON.stringify(content),
  openToOthers,
});
const resolve = (
  environment: Record<string, string>,
  stack: StackSettings = {},
  file: ConfigurationFile = absent,
): ConfigurationResult => resolveConfiguration({ environment, stack, file });

const codesOf = (result: ConfigurationResult): readonly string[] =>
  result.kind === "ok" ? [] : result.errors.map((error) => error.code);
const messageOf = (result: ConfigurationResult): string => (result.kind === "ok" ? "" : result.error.message);
const configurationOf = (result: ConfigurationResult) => {
  if (result.kind === "ok") return result.configuration;
  throw result.error;
};

describe("a key of the stack that goes to this machine", () => {
  const stack = { apiKey: KEY };
  const note = [
    expect.stringMatching(
      /The API key from lyceum:apiKey is sent to http:\/\/127\.0\.0\.1:4000.*the base URL in LYCEUM_BASE_URL/,
    ),
  ];

  test("is noted where only the environment names the address", () => {
    const result = resolve({ LYCEUM_BASE_URL: EMULATOR }, stack);
    expect(result).toMatchObject({ kind: "ok", notes: note });
    expect(JSON.stringify(result.kind === "ok" && result.notes)).not.toContain(KEY);
  });

  test.each([
    ["the stack names it, too", {}, { ...stack, baseUrl: EMULATOR }],
    ["the key is the environment's", { LYCEUM_API_KEY: KEY, LYCEUM_BASE_URL: EMULATOR }, stack],
    ["it goes to another machine", { LYCEUM_BASE_URL: "https://api.example" }, stack],
  ])("is not noted where %s", (_name, environment, settings) => {
    expect(resolve(environment, settings)).toMatchObject({ kind: "ok", notes: [] });
  });
});

describe("what is chosen", () => {
  test("a key from the environment goes to the vendor's own address", () => {
    expect(configurationOf(resolve({ LYCEUM_API_KEY: ` ${KEY}\n` }))).toEqual({
      token: KEY,
      baseUrl: DEFAULT_BASE_URL,
      sources: {
        token: { kind: "environment", name: "LYCEUM_API_KEY" },
        baseUrl: { kind: "default", name: "the built-in default" },
      },
    });
  });

  test("the environment comes before the stack, the stack before the file", () => {
    const stack = { apiKey: "lk_stack_0000" };
    const file = fileOf({ api_key: "lk_file_0000" });
    expect(configurationOf(resolve({ LYCEUM_API_KEY: KEY }, stack, file)).token).toBe(KEY);
    expect(configurationOf(resolve({ LYCEUM_API_KEY: " " }, stack, file)).token).toBe("lk_stack_0000");
    expect(configurationOf(resolve({}, {}, file)).token).toBe("lk_file_0000");
  });

  test("the file is used whole: key, address and organisation", () => {
    const file = fileOf({ api_key: JWT, base_url: "http://127.0.0.1:4000", active_org_slug: "acme", other: 1 });
    const source = { kind: "file", name: PATH };
    expect(configurationOf(resolve({}, {}, file))).toEqual({
      token: JWT,
      baseUrl: EMULATOR,
      organisation: "acme",
      sources: { token: source, baseUrl: source, organisation: source },
    });
  });

  test("an organisation goes along with a JWT only, and a note says so", () => {
    expect(configurationOf(resolve({ LYCEUM_API_KEY: JWT, LYCEUM_ORG: "acme" })).organisation).toBe("acme");
    const withKey = resolve({ LYCEUM_API_KEY: KEY, LYCEUM_ORG: "acme" });
    expect(configurationOf(withKey).organisation).toBeUndefined();
    expect(withKey).toHaveProperty("notes", [expect.stringContaining("LYCEUM_ORG is not sent")]);
  });

  test("a file that others may read is used, with a note", () => {
    const result = resolve({}, {}, fileOf({ api_key: KEY }, true));
    expect(result).toMatchObject({ kind: "ok", notes: [expect.stringContaining("chmod 600")] });
  });

  test("a stack that repeats the environment's base URL in another spelling agrees with it", () => {
    const result = resolve(
      { LYCEUM_API_KEY: KEY, LYCEUM_BASE_URL: "http://127.0.0.1:4000/" },
      { baseUrl: "http://127.0.0.1:4000/api/v2/external/" },
    );
    expect(configurationOf(result)).toMatchObject({
      baseUrl: EMULATOR,
      sources: { baseUrl: { kind: "environment", name: "LYCEUM_BASE_URL" } },
    });
  });

  test("a key of the stack may go where the environment says", () => {
    expect(configurationOf(resolve({ LYCEUM_BASE_URL: EMULATOR }, { apiKey: KEY })).baseUrl).toBe(EMULATOR);
  });
});

describe("what is an error", () => {
  test("no token: one error, three ways", () => {
    const result = resolve({});
    expect(codesOf(result)).toEqual(["LYC1001"]);
    expect(messageOf(result)).toMatch(/LYCEUM_API_KEY.*pulumi config set --secret lyceum:apiKey.*config\.json/);
  });

  test("a key of the environment and a base URL of the stack alone: both are named", () => {
    const result = resolve({ LYCEUM_API_KEY: KEY }, { baseUrl: "https://elsewhere.example" });
    expect(codesOf(result)).toEqual(["LYC1006"]);
    expect(messageOf(result)).toMatch(/LYCEUM_API_KEY.*elsewhere\.example.*lyceum:baseUrl.*Set the base URL/);
  });

  test("environment and stack disagree: both are named, on base URL and organisation at once", () => {
    const result = resolve(
      { LYCEUM_API_KEY: JWT, LYCEUM_BASE_URL: "https://a.example", LYCEUM_ORG_SLUG: "one" },
      { baseUrl: "https://b.example", orgSlug: "two" },
    );
    expect(codesOf(result)).toEqual(["LYC1004", "LYC1005"]);
    expect(messageOf(result)).toMatch(/LYCEUM_BASE_URL.*a\.example.*lyceum:baseUrl.*b\.example/);
    expect(messageOf(result)).toMatch(/LYCEUM_ORG_SLUG.*one.*lyceum:orgSlug.*two/);
  });

  test("the two variables for the organisation may be equal, not different", () => {
    const same = { LYCEUM_API_KEY: JWT, LYCEUM_ORG_SLUG: "one", LYCEUM_ORG: "one" };
    expect(resolve(same).kind).toBe("ok");
    expect(codesOf(resolve({ ...same, LYCEUM_ORG: "two" }))).toEqual(["LYC1005"]);
  });

  test.each<[string, Record<string, string>, StackSettings]>([
    ["base URL", { LYCEUM_BASE_URL: "https://named.example" }, {}],
    ["base URL of the stack", {}, { baseUrl: "https://named.example" }],
    ["organisation", { LYCEUM_ORG: "named" }, {}],
    ["organisation of the stack", {}, { orgSlug: "named" }],
  ])("the file is not used when another %s is named", (_name, environment, stack) => {
    const result = resolve(environment, stack, fileOf({ api_key: KEY, active_org_slug: "acme" }));
    expect(codesOf(result)).toEqual(["LYC1008"]);
    expect(messageOf(result)).toMatch(/config\.json is for another base URL or organization: .*named/);
  });

  test.each<[string, ConfigurationFile, RegExp]>([
    ["is not JSON", fileOf(`{"api_key": "${KEY}"`), /not JSON/],
    ["is empty", fileOf(""), /not JSON/],
    ["is a list", fileOf([KEY]), /no JSON object/],
    ["is a text", fileOf(JSON.stringify(KEY)), /no JSON object/],
    ["has a key that is no text", fileOf({ api_key: { value: KEY } }), /api_key is not a text/],
    ["has a base URL that is none", fileOf({ api_key: KEY, base_url: KEY }), /base_url cannot be used/],
    ["has a base URL over plain http", fileOf({ api_key: KEY, base_url: "http://api.example" }), /unencrypted/],
    ["has a number for an organisation", fileOf({ api_key: KEY, active_org_slug: 7 }), /active_org_slug/],
    ["may not be read", { kind: "unusable", path: PATH, reason: "it may not be read" }, /may not be read/],
  ])("a file that %s, without a word of what it holds", (_name, file, message) => {
    const result = resolve({}, {}, file);
    expect(codesOf(result)).toEqual(["LYC1007"]);
    expect(messageOf(result)).toMatch(message);
    expect(messageOf(result)).not.toContain("canary");
    // What is set elsewhere makes it irrelevant.
    expect(resolve({ LYCEUM_API_KEY: KEY }, {}, file).kind).toBe("ok");
  });

  test("a file without a key is a missing token", () => {
    expect(messageOf(resolve({}, {}, fileOf({ base_url: "https://a.example" })))).toMatch(/holds no api_key/);
  });

  test.each([`Bearer ${KEY}`, `"${KEY}"`, `'${KEY}'`, "lk_a\nb", "lk_é", "lk_a\u0000"])(
    "a token that cannot be sent, unnamed: %j",
    (token) => {
      const result = resolve({ LYCEUM_API_KEY: token });
      expect(codesOf(result)).toEqual(["LYC1009"]);
      expect(messageOf(result)).not.toContain("lk_");
    },
  );

  test("a proxy's address, credentials unshown", () => {
    const result = resolve({ LYCEUM_API_KEY: KEY, HTTPS_PROXY: "ftp://robot:canary@proxy" });
    expect(codesOf(result)).toEqual(["LYC1011"]);
    expect(messageOf(result)).not.toContain("canary");
  });

  test("all of them at once", () => {
    const result = resolve(
      { LYCEUM_API_KEY: "a b", LYCEUM_BASE_URL: "ftp://a.example", LYCEUM_ORG: "not a slug", HTTPS_PROXY: "ftp://p" },
      { baseUrl: "http://b.example" },
    );
    expect([...codesOf(result)].sort()).toEqual(["LYC1002", "LYC1003", "LYC1009", "LYC1010", "LYC1011"]);
    expect(result).toHaveProperty("error.code", "LYC1000");
  });
});

describe("base URLs", () => {
  test.each([
    ["https://api.lyceum.technology", DEFAULT_BASE_URL],
    ["https://API.Lyceum.Technology:443/", DEFAULT_BASE_URL],
    ["https://api.lyceum.technology/api/v2/external///", DEFAULT_BASE_URL],
    ["http://localhost:8080/", "http://localhost:8080/api/v2/external"],
    ["http://[::1]:8080", "http://[::1]:8080/api/v2/external"],
    ["http://127.9.9.9", "http://127.9.9.9/api/v2/external"],
    ["https://gateway.example/lyceum/", "https://gateway.example/lyceum/api/v2/external"],
  ])("%s", (text, baseUrl) => expect(readBaseUrl(text)).toEqual({ kind: "ok", baseUrl }));

  test.each([
    ["api.lyceum.technology", "LYC1002"],
    ["ftp://api.lyceum.technology", "LYC1002"],
    ["https://robot:canary@api.lyceum.technology", "LYC1002"],
    ["https://api.lyceum.technology/?token=canary", "LYC1002"],
    ["https://api.lyceum.technology/#x", "LYC1002"],
    ["https://api.lyceum.technology/api/v2", "LYC1002"],
    ["https://api.lyceum.technology/api/v2/external/execution", "LYC1002"],
    ["http://api.lyceum.technology", "LYC1003"],
    ["http://127.0.0.1.example", "LYC1003"],
    ["http://localhost.example", "LYC1003"],
    ["http://10.0.0.1", "LYC1003"],
    ["http://[::ffff:10.0.0.1]", "LYC1003"],
    ["http://0.0.0.0", "LYC1003"],
  ])("%s is refused", (text, code) => {
    const result = readBaseUrl(text);
    expect(result).toMatchObject({ kind: "fault", code });
    expect(JSON.stringify(result)).not.toContain("canary");
  });
});

describe("whatever is set", () => {
  const of = (...values: readonly string[]) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      { weight: 4, arbitrary: fc.constantFrom(...values) },
      { weight: 1, arbitrary: fc.string() },
    );
  const token = of(KEY, JWT);
  const url = of(EMULATOR, "https://a.example", "https://b.example", "http://a.example", DEFAULT_BASE_URL);
  const slug = of("acme", "other");
  const input = fc.record({
    environment: fc.record({
      LYCEUM_API_KEY: token,
      LYCEUM_BASE_URL: url,
      LYCEUM_ORG_SLUG: slug,
      LYCEUM_ORG: slug,
      HTTPS_PROXY: of("http://proxy.example"),
    }),
    stack: fc.record({ apiKey: token, baseUrl: url, orgSlug: slug }),
    file: fc.oneof(
      fc.constant<ConfigurationFile>(absent),
      fc.constant<ConfigurationFile>({ kind: "not-read" }),
      fc.string().map((content) => fileOf(content)),
      fc.record({ api_key: token, base_url: url, active_org_slug: slug }).map((content) => fileOf(content)),
      fc.jsonValue().map((content) => fileOf(content)),
    ),
  });

  test("a token never meets a base URL from a less explicit source, plain http never leaves the machine", () => {
    const canonical = (value: string | undefined): string | undefined => {
      const result = readBaseUrl(value?.trim() ?? "");
      return result.kind === "ok" ? result.baseUrl : undefined;
    };
    const isSet = (value: string | undefined): boolean => (value ?? "").trim() !== "";
    let reached = 0;
    fc.assert(
      fc.property(input, (given) => {
        const result = resolveConfiguration(given);
        if (result.kind === "faults") {
          expect(result.errors.length).toBeGreaterThan(0);
          return;
        }
        reached += 1;
        const { token, baseUrl, organisation, sources } = result.configuration;
        const { environment, stack } = given;
        const fromEnvironment = [DEFAULT_BASE_URL, canonical(environment.LYCEUM_BASE_URL)];
        if (isSet(environment.LYCEUM_API_KEY)) {
          expect(token).toBe(environment.LYCEUM_API_KEY?.trim());
          expect(fromEnvironment).toContain(baseUrl);
        } else if (isSet(stack.apiKey)) {
          expect(token).toBe(stack.apiKey?.trim());
          expect([...fromEnvironment, canonical(stack.baseUrl)]).toContain(baseUrl);
        } else {
          expect(sources.token.kind).toBe("file");
        }
        expect(baseUrl).toMatch(/^(https:\/\/|http:\/\/(127\.|localhost|\[::1\])).*\/api\/v2\/external$/);
        expect(organisation === undefined || token.startsWith("eyJ")).toBe(true);
        // The file is whole: what is named elsewhere is never mixed into it.
        if (sources.token.kind === "file") expect(["file", "default"]).toContain(sources.baseUrl.kind);
      }),
      { numRuns: 2000 },
    );
    expect(reached).toBeGreaterThan(50);
  });
});
