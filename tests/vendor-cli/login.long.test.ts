import { testCliScenario } from "./register";

testCliScenario("the vendor's CLI logs in", { folder: __dirname, variant: "login" }, async (scenario) => {
  await scenario.call("before a login nothing is sent", 1, "jobs", "list");
  const login = ["auth", "login", "--url", scenario.origin, "--api-key"];
  await scenario.call("a wrong key", 1, ...login, "lk_wrong");
  await scenario.call("the wrong key is kept all the same, and refused", 1, "jobs", "list");
  await scenario.call("nor does it start a run", 1, "compose", "run", "success.yaml", "--machine", "cpu");
  const { requests } = await scenario.call("the right key", 0, ...login, scenario.emulator.apiKey);
  expect(requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer", "Bearer"]);
  for (const { headers } of requests) expect(headers["user-agent"]).toMatch(/^python-httpx\//);
  await scenario.call("who am I", 0, "auth", "status");
  await scenario.call("the machines; it hides cpu as legacy", 0, "gpu", "machines");
  await scenario.call("log out", 0, "auth", "logout");
});
