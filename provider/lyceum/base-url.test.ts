import { DEFAULT_BASE_URL, readBaseUrl } from "./base-url";

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
    expect(result).toMatchObject({ kind: "error", code });
    expect(JSON.stringify(result)).not.toContain("canary");
  });
});
