import fc from "fast-check";
import {
  absent,
  codesOf,
  configurationOf,
  EMULATOR,
  fileOf,
  JWT,
  KEY,
  messageOf,
  PATH,
  resolve,
} from "../testing/resolved-configuration";
import { DEFAULT_BASE_URL, readBaseUrl } from "./base-url";
import { accountOf, baseUrlErrors, isAccountOfStack, resolveConfiguration } from "./configuration";
import type { ConfigurationFile } from "./configuration-login";

describe("a key of the stack that is sent to this machine", () => {
  const stack = { apiKey: KEY };
  const note = [
    expect.stringMatching(
      /The API key from lyceum:apiKey is sent to http:\/\/127\.0\.0\.1:4000.*the base URL in LYCEUM_BASE_URL/,
    ),
  ];

  test("causes a note if only the environment names the address", () => {
    const result = resolve({ LYCEUM_BASE_URL: EMULATOR }, stack);
    expect(result).toMatchObject({ kind: "ok", notes: note });
    expect(JSON.stringify(result.kind === "ok" && result.notes)).not.toContain(KEY);
  });

  test.each([
    ["the stack names it too", {}, { ...stack, baseUrl: EMULATOR }],
    ["the key is the environment's", { LYCEUM_API_KEY: KEY, LYCEUM_BASE_URL: EMULATOR }, stack],
  ])("causes no note if %s", (_name, environment, settings) => {
    expect(resolve(environment, settings)).toMatchObject({ kind: "ok", notes: [] });
  });
});

describe("the chosen settings", () => {
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

  test("the file is used whole: key, address and organisation", () => {
    const file = fileOf({ api_key: JWT, base_url: "http://127.0.0.1:4000", active_org_slug: "acme", other: 1 });
    const source = { kind: "file", name: PATH };
    expect(configurationOf(resolve({}, {}, file))).toEqual({
      token: JWT,
      baseUrl: EMULATOR,
      organisation: "acme",
      sources: { token: source, baseUrl: source },
    });
  });

  test("an organisation is sent only with a JWT, and a note reports this", () => {
    expect(configurationOf(resolve({ LYCEUM_API_KEY: JWT, LYCEUM_ORG: "acme" })).organisation).toBe("acme");
    const withKey = resolve({ LYCEUM_API_KEY: KEY, LYCEUM_ORG: "acme" });
    expect(configurationOf(withKey).organisation).toBeUndefined();
    expect(withKey).toHaveProperty("notes", [expect.stringContaining("LYCEUM_ORG is not sent")]);
  });

  test("a file that others may read is used, with a note", () => {
    const result = resolve({}, {}, fileOf({ api_key: KEY }, true));
    expect(result).toMatchObject({ kind: "ok", notes: [expect.stringContaining("chmod 600")] });
    expect(resolve({}, {}, fileOf({ api_key: KEY }))).toHaveProperty("notes", []);
    expect(resolve({ LYCEUM_API_KEY: KEY }, {}, fileOf({ api_key: KEY }, true))).toHaveProperty("notes", []);
  });

  test.each([
    ["start", "start"],
    [" fail ", "fail"],
    ["", undefined],
    [undefined, undefined],
  ])("whenUnverified %j of the stack is %j", (whenUnverified, expected) => {
    const stack = whenUnverified === undefined ? {} : { whenUnverified };
    expect(configurationOf(resolve({ LYCEUM_API_KEY: KEY }, stack)).whenUnverified).toBe(expected);
    expect(codesOf(resolve({ LYCEUM_API_KEY: KEY }, { whenUnverified: "never" }))).toEqual(["LYC1012"]);
  });

  test.each([
    ["no setting", {}, { baseUrl: DEFAULT_BASE_URL }],
    ["a base URL", { LYCEUM_BASE_URL: "http://127.0.0.1:4000/" }, { baseUrl: EMULATOR }],
    ["a base URL that is not valid", { LYCEUM_BASE_URL: "ftp://a" }, {}],
    [
      "an organisation with a token",
      { LYCEUM_API_KEY: JWT, LYCEUM_ORG: "acme" },
      { baseUrl: DEFAULT_BASE_URL, orgSlug: "acme" },
    ],
    ["an organisation with an API key", { LYCEUM_API_KEY: KEY, LYCEUM_ORG: "acme" }, { baseUrl: DEFAULT_BASE_URL }],
    ["an organisation without either", { LYCEUM_ORG: "acme" }, { baseUrl: DEFAULT_BASE_URL }],
  ])("the account of %s", (_, environment, account) => {
    expect(accountOf({ environment, stack: {} })).toEqual(account);
  });

  const other = "lk_other_0123456789";
  test.each([
    [false, "nothing", {}, {}],
    [true, "an API key", {}, { apiKey: KEY }],
    [true, "an API key that comes before that of the environment", { LYCEUM_API_KEY: other }, { apiKey: KEY }],
    [false, "the API key of the environment", { LYCEUM_API_KEY: KEY }, { apiKey: KEY }],
    [
      false,
      "an API key that is not used next to a base URL of the environment",
      { LYCEUM_API_KEY: other, LYCEUM_BASE_URL: EMULATOR },
      { apiKey: KEY },
    ],
    [true, "a base URL", { LYCEUM_API_KEY: KEY }, { baseUrl: EMULATOR }],
    [
      false,
      "the base URL of the environment",
      { LYCEUM_API_KEY: KEY, LYCEUM_BASE_URL: EMULATOR },
      { baseUrl: `${EMULATOR}/` },
    ],
    [false, "the default base URL", { LYCEUM_API_KEY: KEY }, { baseUrl: DEFAULT_BASE_URL }],
    [false, "an organisation, next to an API key", { LYCEUM_API_KEY: KEY }, { orgSlug: "acme" }],
    [true, "an organisation, next to a token", { LYCEUM_API_KEY: JWT }, { orgSlug: "acme" }],
    [false, "the organisation of the environment", { LYCEUM_API_KEY: JWT, LYCEUM_ORG: "acme" }, { orgSlug: "acme" }],
    [false, "no setting of the account", { LYCEUM_API_KEY: KEY }, { whenUnverified: "fail", s3MountPath: "/data" }],
  ])("it is %s that a stack selects the account if it sets %s", (expected, _, environment, stack) => {
    expect(isAccountOfStack({ environment, stack })).toBe(expected);
  });

  test.each([
    ["the stack's", { LYCEUM_API_KEY: other }, { apiKey: KEY }, KEY, ["LYCEUM_API_KEY is not used"]],
    ["the stack's, without a note", { LYCEUM_API_KEY: KEY }, { apiKey: KEY }, KEY, []],
    [
      "the environment's, with its base URL",
      { LYCEUM_API_KEY: other, LYCEUM_BASE_URL: EMULATOR },
      { apiKey: KEY },
      other,
      [],
    ],
    [
      "the stack's, if both set the base URL",
      { LYCEUM_API_KEY: other, LYCEUM_BASE_URL: EMULATOR },
      { apiKey: KEY, baseUrl: EMULATOR },
      KEY,
      ["LYCEUM_API_KEY is not used"],
    ],
    ["the environment's, if it alone has one", { LYCEUM_API_KEY: other }, {}, other, []],
  ])("of two API keys, the key is %s", (_, environment, stack, token, notes) => {
    const result = resolve(environment, stack);
    expect(configurationOf(result).token).toBe(token);
    expect(result).toHaveProperty(
      "notes",
      notes.map((note) => expect.stringContaining(note)),
    );
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
});

describe("settings that are set but empty", () => {
  const file = fileOf({ api_key: "lk_file_0000" });

  test.each([
    ["LYCEUM_BASE_URL", { LYCEUM_API_KEY: KEY, LYCEUM_BASE_URL: "" }, {}],
    ["LYCEUM_BASE_URL", { LYCEUM_BASE_URL: " \n" }, { apiKey: KEY, baseUrl: "https://a.example" }],
    ["LYCEUM_API_KEY", { LYCEUM_API_KEY: "" }, {}],
    ["LYCEUM_API_KEY", { LYCEUM_API_KEY: " " }, { apiKey: KEY }],
    ["lyceum:baseUrl", { LYCEUM_API_KEY: KEY }, { baseUrl: "" }],
    ["lyceum:apiKey", {}, { apiKey: "" }],
  ])("%s is an error: no other source is used instead", (name, environment, stack) => {
    const result = resolve(environment, stack, file);
    expect(codesOf(result)).toEqual(["LYC1013"]);
    expect(messageOf(result)).toContain(`${name} is set, but empty`);
  });

  test("an empty organization counts as no organization", () => {
    expect(configurationOf(resolve({ LYCEUM_API_KEY: JWT, LYCEUM_ORG: "" })).organisation).toBeUndefined();
  });
});

describe("the base URL of a command that needs no API key", () => {
  const a = "https://a.example";

  test.each([
    ["none is set", {}, {}, []],
    ["both are the same", { LYCEUM_BASE_URL: `${a}/` }, { baseUrl: a }, []],
    ["it needs the key of an emulator", { LYCEUM_BASE_URL: "http://emulator:4010" }, {}, []],
    ["it is empty", { LYCEUM_BASE_URL: "" }, { baseUrl: a }, ["LYC1013"]],
    ["it is not valid", { LYCEUM_BASE_URL: "no emulator runs" }, {}, ["LYC1002"]],
    ["the stack has another one", { LYCEUM_BASE_URL: a }, { baseUrl: "https://b.example" }, ["LYC1004"]],
  ])("is checked: %s", (_name, environment, stack, codes) => {
    expect(baseUrlErrors({ environment, stack }).map(({ code }) => code)).toEqual(codes);
  });
});

describe("all combinations of settings", () => {
  const of = (...values: readonly string[]) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      { weight: 4, arbitrary: fc.constantFrom(...values) },
      { weight: 1, arbitrary: fc.string() },
    );
  const token = of(KEY, JWT, "lk_local_1");
  const insecure = ["http://a.example", "http://container"];
  const url = of(EMULATOR, "https://a.example", "https://b.example", ...insecure, DEFAULT_BASE_URL);
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

  test("no token is sent to a base URL from another source, and no plain http to another machine", () => {
    const canonical = (value: string | undefined, token: string): string | undefined => {
      const result = readBaseUrl(value?.trim() ?? "", token);
      return result.kind === "ok" ? result.baseUrl : undefined;
    };
    const isSet = (value: string | undefined): boolean => (value ?? "").trim() !== "";
    let reached = 0;
    fc.assert(
      fc.property(input, (given) => {
        const result = resolveConfiguration(given);
        if (result.kind === "errors") {
          expect(result.errors.length).toBeGreaterThan(0);
          return;
        }
        reached += 1;
        const { token, baseUrl, organisation, sources } = result.configuration;
        const { environment, stack } = given;
        const [ofEnvironment, ofStack] = [environment.LYCEUM_BASE_URL, stack.baseUrl].map((value) =>
          canonical(value, token),
        );
        if (sources.token.kind === "environment") {
          expect(token).toBe(environment.LYCEUM_API_KEY?.trim());
          expect([DEFAULT_BASE_URL, ofEnvironment]).toContain(baseUrl);
          // If the stack has a key, the key of the environment is used only together with a base URL of the
          // environment.
          expect(isSet(stack.apiKey) && (isSet(stack.baseUrl) || !isSet(environment.LYCEUM_BASE_URL))).toBe(false);
        } else if (sources.token.kind === "stack") {
          expect(token).toBe(stack.apiKey?.trim());
          const isOwn = /^https?:\/\/(127\.|localhost|\[::1\])/.test(ofEnvironment ?? "");
          expect([DEFAULT_BASE_URL, ofStack, ...(isOwn ? [ofEnvironment] : [])]).toContain(baseUrl);
        } else {
          expect([sources.token.kind, isSet(environment.LYCEUM_API_KEY), isSet(stack.apiKey)]).toEqual([
            "file",
            false,
            false,
          ]);
        }
        const allowed = token.startsWith("lk_local_")
          ? "(127\\.|localhost|\\[::1\\]|container(?=/))"
          : "(127\\.|localhost|\\[::1\\])";
        expect(baseUrl).toMatch(new RegExp(`^(https://|http://${allowed}).*/api/v2/external$`));
        expect(organisation === undefined || token.startsWith("eyJ")).toBe(true);
        // Either all settings come from the login file, or no setting does.
        if (sources.token.kind === "file") expect(["file", "default"]).toContain(sources.baseUrl.kind);
      }),
      { numRuns: 2000 },
    );
    expect(reached).toBeGreaterThan(50);
  });
});
