import { codesOf, fileOf, JWT, KEY, messageOf, PATH, resolve } from "../testing/resolved-configuration";
import type { StackSettings } from "./configuration";
import type { ConfigurationFile } from "./configuration-login";

describe("errors of the configuration", () => {
  test("no token: one error names the three ways to set it", () => {
    const result = resolve({});
    expect(codesOf(result)).toEqual(["LYC1001"]);
    expect(result).toHaveProperty("error.code", "LYC1001");
    expect(messageOf(result)).toMatch(/LYCEUM_API_KEY.*config\.json.*pulumi config set --secret lyceum:apiKey/);
  });

  test("a key from the environment and a base URL from the stack alone: the error names both", () => {
    const result = resolve({ LYCEUM_API_KEY: KEY }, { baseUrl: "https://elsewhere.example" });
    expect(codesOf(result)).toEqual(["LYC1006"]);
    expect(messageOf(result)).toMatch(/LYCEUM_API_KEY.*elsewhere\.example.*lyceum:baseUrl.*Set the base URL/);
  });

  test("a key from the stack and a base URL from the environment alone: the error names both", () => {
    const result = resolve({ LYCEUM_BASE_URL: "https://elsewhere.example" }, { apiKey: KEY });
    expect(codesOf(result)).toEqual(["LYC1006"]);
    expect(messageOf(result)).toMatch(/lyceum:apiKey.*elsewhere\.example.*LYCEUM_BASE_URL.*Set the base URL/);
  });

  test("environment and stack disagree on base URL and organisation: one report names both sources of each", () => {
    const result = resolve(
      { LYCEUM_API_KEY: JWT, LYCEUM_BASE_URL: "https://a.example", LYCEUM_ORG_SLUG: "one" },
      { baseUrl: "https://b.example", orgSlug: "two" },
    );
    expect(codesOf(result)).toEqual(["LYC1004", "LYC1005"]);
    expect(messageOf(result)).toMatch(/lyceum:baseUrl.*b\.example.*LYCEUM_BASE_URL.*a\.example/);
    expect(messageOf(result)).toMatch(/lyceum:orgSlug.*two.*LYCEUM_ORG_SLUG.*one/);
  });

  test("the two variables for the organisation may be equal, not different", () => {
    const same = { LYCEUM_API_KEY: JWT, LYCEUM_ORG_SLUG: "one", LYCEUM_ORG: "one" };
    expect(resolve(same).kind).toBe("ok");
    expect(codesOf(resolve({ ...same, LYCEUM_ORG: "two" }))).toEqual(["LYC1005"]);
  });

  test.each(["/mnt/s3", " /mnt/s3/ ", "/", "", "/données_1.2/x-y"])("the bucket may be at %j", (s3MountPath) => {
    expect(resolve({ LYCEUM_API_KEY: KEY }, { s3MountPath }).kind).toBe("ok");
  });

  test.each(["mnt", "/a b", "/a:b", "/a$HOME", "/a#b", '/a"b', "/a\\b"])(
    "the bucket cannot be at %j",
    (s3MountPath) => {
      const result = resolve({ LYCEUM_API_KEY: KEY }, { s3MountPath });
      expect(codesOf(result)).toEqual(["LYC1014"]);
      expect(messageOf(result)).toMatch(/is not an absolute path of letters, digits/);
    },
  );

  const vendor = "the file sets https://api.lyceum.technology/";
  test.each<[string, Record<string, string>, StackSettings, string]>([
    ["base URL", { LYCEUM_BASE_URL: "https://named.example" }, {}, vendor],
    ["base URL of the stack", {}, { baseUrl: "https://named.example" }, vendor],
    ["organisation", { LYCEUM_ORG: "named" }, {}, "the file sets acme."],
    ["organisation of the stack", {}, { orgSlug: "named" }, "the file sets acme."],
  ])("the file is not used when a setting names another %s", (_name, environment, stack, sets) => {
    const result = resolve(environment, stack, fileOf({ api_key: KEY, active_org_slug: "acme" }));
    expect(codesOf(result)).toEqual(["LYC1008"]);
    expect(messageOf(result)).toMatch(/config\.json is for another base URL or organization: .*named/);
    expect(messageOf(result)).toContain(sets);
  });

  test("a file without an organisation is not used if a setting names an organisation", () => {
    const result = resolve({ LYCEUM_ORG: "named" }, {}, fileOf({ api_key: JWT }));
    expect(messageOf(result)).toContain("LYCEUM_ORG sets named, the file sets none.");
  });

  test.each<[string, ConfigurationFile, RegExp]>([
    ["is not JSON", fileOf(`{"api_key": "${KEY}"`), /not JSON/],
    ["is empty", fileOf(""), /not JSON/],
    ["is a list", fileOf([KEY]), /no JSON object/],
    ["is a text", fileOf(JSON.stringify(KEY)), /no JSON object/],
    ["has a key that is no text", fileOf({ api_key: { value: KEY } }), /api_key is not a text/],
    ["has a key where its base URL should be", fileOf({ api_key: KEY, base_url: KEY }), /base_url cannot be used/],
    ["has a base URL over plain http", fileOf({ api_key: KEY, base_url: "http://api.example" }), /unencrypted/],
    ["has a number for an organisation", fileOf({ api_key: KEY, active_org_slug: 7 }), /active_org_slug is not a text/],
    [
      "has an organisation that is no slug",
      fileOf({ api_key: KEY, active_org_slug: "a b" }),
      /active_org_slug is not a slug/,
    ],
    ["may not be read", { kind: "unusable", path: PATH, reason: "it may not be read" }, /may not be read/],
  ])("a file that %s is an error that shows nothing of its content", (_name, file, message) => {
    const result = resolve({}, {}, file);
    expect(codesOf(result)).toEqual(["LYC1007"]);
    expect(messageOf(result)).toMatch(message);
    expect(messageOf(result)).not.toContain("canary");
    // If another source has the token, the login file is not needed.
    expect(resolve({ LYCEUM_API_KEY: KEY }, {}, file).kind).toBe("ok");
  });

  test("a file without a key leads to the error of a missing token", () => {
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

  test("a proxy address that is not valid is reported without its credentials", () => {
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
