import { openDispatcher } from "./connection";

test.each([
  ["directly", {}, "Agent"],
  ["directly to this machine", { https_proxy: "http://proxy.test" }, "Agent", "http://127.0.0.1:4000"],
  ["through a proxy", { https_proxy: "proxy.test:3128" }, "EnvHttpProxyAgent"],
])("calls go %s", async (_, environment, name, baseUrl = "https://api.example.test") => {
  const dispatcher = openDispatcher(baseUrl, environment);
  expect(dispatcher.constructor.name).toBe(name);
  await dispatcher.close();
});

test("a proxy address that is not valid is an error before any call", () => {
  expect(() => openDispatcher("https://api.example.test", { HTTPS_PROXY: "ftp://proxy" })).toThrow(
    "The proxy address in HTTPS_PROXY is not an http or https URL.",
  );
});

test("loading the client does not load undici: most commands never talk to the service", () => {
  const load = jest.fn(() => ({ Agent: class {} }));
  jest.isolateModules(() => {
    jest.doMock("undici", load);
    require("../client");
    expect(load).not.toHaveBeenCalled();
    const { openDispatcher } = require("./connection") as typeof import("./connection");
    openDispatcher("https://api.example.test", {});
    expect(load).toHaveBeenCalledTimes(1);
  });
});
