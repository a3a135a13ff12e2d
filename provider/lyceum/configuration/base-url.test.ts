import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Agent } from "undici";
import { createLyceumClient } from "../client";
import { clientFor, configurationFor, SMALL_START, TOKEN } from "../testing/client";
import { json, serverForEachTest, text } from "../testing/server";
import { chooseRoute, DEFAULT_BASE_URL, isHttpAllowed, mayBeEmulator, NO_EMULATOR, readBaseUrl } from "./base-url";
import { resolveConfiguration } from "./configuration";
import { unusableBaseUrl } from "./configuration-errors";

describe("base URLs", () => {
  test.each([
    ["https://api.lyceum.technology", DEFAULT_BASE_URL],
    ["https://API.Lyceum.Technology:443/", DEFAULT_BASE_URL],
    ["https://api.lyceum.technology/api/v2/external///", DEFAULT_BASE_URL],
    ["http://localhost:8080/", "http://localhost:8080/api/v2/external"],
    ["http://[::1]:8080", "http://[::1]:8080/api/v2/external"],
    ["http://127.9.9.9", "http://127.9.9.9/api/v2/external"],
    ["https://gateway.example/lyceum/", "https://gateway.example/lyceum/api/v2/external"],
  ])("%s is read in canonical form", (text, baseUrl) =>
    expect(readBaseUrl(text, "lk_0")).toEqual({ kind: "ok", baseUrl }),
  );

  test.each([
    ["api.lyceum.technology", "LYC1002"],
    ["ftp://api.lyceum.technology", "LYC1002"],
    ["https://robot:canary@api.lyceum.technology", "LYC1002"],
    ["https://robot@api.lyceum.technology", "LYC1002"],
    ["https://:canary@api.lyceum.technology", "LYC1002"],
    ["https://api.lyceum.technology/?", "LYC1002"],
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
    const result = readBaseUrl(text, "lk_0");
    expect(result).toMatchObject({ kind: "error", code });
    expect(JSON.stringify(result)).not.toContain("canary");
  });
});

describe("plain http", () => {
  /** Hosts that only an emulator's key may reach, and hosts that no key may reach. */
  const inside = ["emulator", "EMULATOR:4010", "host.docker.internal", "10.1.2.3", "172.16.0.2", "172.31.255.1"];
  const insideToo = ["192.168.0.9:4010", "[fd00::1]", "[fc12::1]:4010", "0xa000001"];
  const outside = ["emulator.", "api.example", "a.host.docker.internal", "172.15.0.1", "172.32.0.1", "11.0.0.1"];
  const outsideToo = [
    "192.169.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "1",
    "[2001:db8::1]",
    "[fe80::1]",
    "[fc::1]",
    "[::]",
  ];
  const hosts = [
    ...[...inside, ...insideToo].map((host) => [host, true] as const),
    ...[...outside, ...outsideToo, "[::ffff:10.0.0.1]"].map((host) => [host, false] as const),
  ];

  test.each(hosts)("to %s with the key of an emulator: %s", (host, allowed) => {
    const url = `http://${host}`;
    for (const key of [undefined, "", "lk_0", "lk_localx", "LK_LOCAL_1", "x lk_local_1", "eyJ.a.b"])
      expect(readBaseUrl(url, key)).toMatchObject({ kind: "error", code: "LYC1003" });
    expect(readBaseUrl(url, "lk_local_1").kind).toBe(allowed ? "ok" : "error");
    expect([isHttpAllowed(url, "lk_local_1"), isHttpAllowed(url, "lk_0"), mayBeEmulator(url)]).toEqual([
      allowed,
      false,
      allowed,
    ]);
    expect(mayBeEmulator(`https://${host}`)).toBe(false);
  });

  test.each([
    ["the environment has both", { LYCEUM_API_KEY: "lk_local_1", LYCEUM_BASE_URL: "http://emulator" }, {}, []],
    ["the stack has both", {}, { apiKey: "lk_local_1", baseUrl: "http://emulator" }, []],
    ["the key of an account", { LYCEUM_API_KEY: "lk_1", LYCEUM_BASE_URL: "http://emulator" }, {}, ["LYC1003"]],
    [
      "the stack has an account, whose key would be used with its URL",
      { LYCEUM_API_KEY: "lk_local_1" },
      { apiKey: "lk_1", baseUrl: "http://emulator" },
      ["LYC1003"],
    ],
    [
      "the key of the stack is not sent to a URL of the environment",
      { LYCEUM_BASE_URL: "http://emulator" },
      { apiKey: "lk_local_1" },
      ["LYC1006"],
    ],
  ])("%s", (_title, environment, stack, codes) => {
    const result = resolveConfiguration({ environment, stack, file: { kind: "not-read" } });
    expect(result.kind === "ok" ? [] : result.errors.map(({ code }) => code)).toEqual(codes);
  });

  test("a login file may have the key and address of an emulator, but not those of an account", () => {
    const login = (api_key: string) => {
      const text = JSON.stringify({ api_key, base_url: "http://emulator:4010" });
      const file = { kind: "text", path: "config.json", text, openToOthers: false } as const;
      return resolveConfiguration({ environment: {}, stack: {}, file }).kind;
    };
    expect([login("lk_local_1"), login("lk_1")]).toEqual(["ok", "errors"]);
  });

  test("no proxy is used", () => {
    expect(chooseRoute("http://emulator:4010/x", { HTTPS_PROXY: "http://proxy:1" })).toEqual({ kind: "direct" });
  });
});

const server = serverForEachTest();
const other = serverForEachTest();

test("the value that `emulator --env` sets without an emulator is an error that names the emulator", () => {
  const source = readFileSync(join(__dirname, "../../../cli/emulator/announced.ts"), "utf8");
  expect(source).toContain(`LYCEUM_BASE_URL=${NO_EMULATOR}"`);
  const result = readBaseUrl(NO_EMULATOR, undefined);
  if (result.kind !== "error") throw new Error("the base URL is valid");
  expect(unusableBaseUrl({ kind: "environment", name: "LYCEUM_BASE_URL" }, result)).toMatchObject({
    code: "LYC1002",
    message: expect.stringMatching(/LYCEUM_BASE_URL .*no emulator was running.* Start `npx pulumi-lyceum emulator`/),
  });
});

describe("redirects", () => {
  test.each([301, 302, 303, 307, 308])("%d is an error, and the target gets no request", async (status) => {
    other.answerWith(json(200, { status: "running", execution_id: "e-1" }));
    server.answerWith(text(status, "", { location: `${other.url}/steal?token=secret` }));
    const { client } = clientFor(server.url);
    await expect(client.record("e-1")).rejects.toMatchObject({ code: "LYC1109", status });
    await expect(client.record("e-1")).rejects.toThrow(`redirect (${status}) to ${other.url}, which is not followed`);
    for (const call of [client.abort("e-1"), client.deleteRecord("e-1"), client.listActive(), client.userStatus()])
      await expect(call).rejects.toMatchObject({ code: "LYC1109" });
    const started = await client.start(SMALL_START);
    // 307 and 308 ask the client to send the same request to another address. So Lyceum did not carry out the start.
    expect(started.kind).toBe(status > 303 ? "refused" : "unknown");
    const effect = status > 303 ? "Nothing was started" : "The run may still have been started";
    expect(started).toMatchObject({ error: { message: expect.stringContaining(`${effect}. Set the base URL`) } });
    // The first server gets each request once. The redirect's target gets no connection, and so no API key.
    expect(other.connections()).toBe(0);
    expect(server.received).toHaveLength(7);
  });

  test.each([
    ["//other.example/x?token=secret", " to http://other.example,"],
    ["/login?next=secret", " to another path,"],
    ["not a target:", " to another path,"],
    ["http://%", ", which"],
    [undefined, ", which"],
  ])("the target %s is shown without its path and query", async (location, shown) => {
    server.answerWith(text(302, "", location === undefined ? {} : { location }));
    const error = await clientFor(server.url).client.record("e-1").then(String, String);
    expect(error).toContain(`answered with a redirect (302)${shown}`);
    expect(error).not.toContain("secret");
  });
});

test("a client refuses plain http to another machine before it sends anything", () => {
  const dispatch = jest.fn();
  const dispatcher = Object.assign(Object.create(Agent.prototype) as Agent, { dispatch });
  for (const baseUrl of ["http://10.0.0.1", "http://0.0.0.0", "http://api.example.test/api/v2/external"]) {
    expect(() => clientFor("", { dispatcher }, { baseUrl })).toThrow(
      /LYCEUM_BASE_URL is not valid: http:\/\/ would send/,
    );
  }
  expect(dispatch).not.toHaveBeenCalled();
});

describe("proxies", () => {
  const remote = { baseUrl: "https://api.example.test/api/v2/external" };

  test.each(["HTTPS_PROXY", "https_proxy"])("%s gets a request for a tunnel, and no token", async (variable) => {
    const { client, slept } = clientFor(server.url, { environment: { [variable]: other.url } }, remote);
    const outcome = await client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "refused", error: { code: "LYC1205" } });
    expect(outcome).not.toHaveProperty("retryAfterSeconds");
    expect(other.tunnels.map(({ target }) => target)).toEqual(["api.example.test:443"]);
    expect(JSON.stringify(other.tunnels)).not.toContain(TOKEN);
    expect(other.received).toHaveLength(0);
    await expect(client.listActive()).rejects.toMatchObject({ code: "LYC1205" });
    expect(slept).toEqual([]);
  });

  test("the proxy gets its credentials, and no message shows them", async () => {
    const proxy = other.url.replace("http://", "http://robot:canary-proxy@");
    const { client } = clientFor(server.url, { environment: { HTTPS_PROXY: proxy } }, remote);
    const outcome = await client.start(SMALL_START);
    expect(other.tunnels[0]?.headers["proxy-authorization"]).toBe(
      `Basic ${Buffer.from("robot:canary-proxy").toString("base64")}`,
    );
    expect(String(outcome.kind === "started" ? "" : outcome.error)).not.toContain("canary");
  });

  // 0.0.0.0 reaches this machine, but is not a loopback address. The test uses 0.0.0.0 because it needs no name
  // service.
  test.each(["0.0.0.0", ".0.0", "*.0.0", "other.test, 0.0.0.0", "*", "0.0.0.0:PORT"])(
    "NO_PROXY=%s goes without one",
    async (noProxy) => {
      const environment = { HTTPS_PROXY: other.url, NO_PROXY: noProxy.replace("PORT", String(server.port)) };
      const { client } = clientFor(server.url, { environment }, { baseUrl: `https://0.0.0.0:${server.port}/x` });
      // The server does not support TLS, so a direct connection without the proxy would fail.
      expect(await client.start(SMALL_START)).toMatchObject({ kind: "refused", error: { code: "LYC1201" } });
      expect([server.connections(), other.connections()]).toEqual([1, 0]);
    },
  );

  test.each(["0.0.0.1", "0.0.0.0:1", ""])("with NO_PROXY=%j a request uses the proxy", async (noProxy) => {
    const environment = { HTTPS_PROXY: other.url, NO_PROXY: noProxy };
    const { client } = clientFor(server.url, { environment }, { baseUrl: `https://0.0.0.0:${server.port}/x` });
    expect(await client.start(SMALL_START)).toMatchObject({ kind: "refused", error: { code: "LYC1205" } });
    expect([server.connections(), other.connections()]).toEqual([0, 1]);
  });

  test("a request to this machine uses no proxy: the token would leave the machine unencrypted", async () => {
    server.answerWith(json(200, []));
    const environment = {
      HTTPS_PROXY: other.url,
      https_proxy: other.url,
      HTTP_PROXY: other.url,
      http_proxy: other.url,
    };
    await clientFor(server.url, { environment }).client.listActive();
    expect(server.received).toHaveLength(1);
    expect(other.connections()).toBe(0);
  });

  test("the lower-case variable wins, an address needs no scheme, and an empty address means no proxy", () => {
    const route = (environment: Record<string, string>) => chooseRoute(remote.baseUrl, environment);
    expect(route({ https_proxy: "http://a:1", HTTPS_PROXY: "http://b:1", no_proxy: "x", NO_PROXY: "y" })).toEqual({
      kind: "proxy",
      proxy: "http://a:1",
      noProxy: "x",
    });
    expect(route({ HTTPS_PROXY: "proxy.example:3128" })).toMatchObject({ proxy: "http://proxy.example:3128" });
    expect(route({ https_proxy: "", HTTPS_PROXY: "http://b:1" })).toEqual({ kind: "direct" });
    expect(route({ HTTP_PROXY: "http://b:1" })).toEqual({ kind: "direct" });
  });

  test("an address that is not valid is reported without its value before anything is sent", () => {
    const make = () =>
      createLyceumClient(configurationFor("https://api.example.test"), {
        environment: { HTTPS_PROXY: "socks5://robot:canary@proxy" },
      });
    expect(make).toThrow(/address in HTTPS_PROXY is not an http or https URL/);
    expect(make).not.toThrow(/canary/);
  });
});

test("connections are kept open, and do not keep the process alive", async () => {
  server.answerWith(json(200, [], { "keep-alive": "timeout=600" }));
  // The test uses a child process, because jest keeps its own process alive. The child process compiles the sources as
  // jest does.
  const program = `
    const { transformFileSync } = require(${JSON.stringify(require.resolve("@swc/core"))});
    require.extensions[".ts"] = (module, file) => module._compile(transformFileSync(file,
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } }).code, file);
    const { clientFor } = require(${JSON.stringify(join(__dirname, "../testing/client.ts"))});
    const { client } = clientFor(${JSON.stringify(server.url)});
    (async () => {
      for (let call = 0; call < 6; call += 1) await client.listActive();
      console.log("done");
    })();
  `;
  const child = spawn(process.execPath, ["-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.on("data", (data) => {
    output += String(data);
  });
  // The child process must end by itself. Only an open connection could keep it alive. The server keeps connections for
  // ten minutes, which is longer than the test waits.
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect([code, server.received.length]).toEqual([0, 6]);
  expect(server.connections()).toBeLessThan(6);
  expect(output).toBe("done\n");
});
