import { tellCli } from "./register";

tellCli("the vendor's CLI logs in", { folder: __dirname, variant: "login", engines: ["simulated"] }, async (story) => {
  await story.call("before a login nothing is sent", 1, "jobs", "list");
  const login = ["auth", "login", "--url", story.origin, "--api-key"];
  await story.call("a wrong key", 1, ...login, "lk_wrong");
  await story.call("the wrong key is kept all the same, and refused", 1, "jobs", "list");
  await story.call("nor does it start a run", 1, "compose", "run", "success.yaml", "--machine", "cpu");
  const { requests } = await story.call("the right key", 0, ...login, story.emulator.apiKey);
  expect(requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer", "Bearer"]);
  for (const { headers } of requests) expect(headers["user-agent"]).toMatch(/^python-httpx\//);
  await story.call("who am I", 0, "auth", "status");
  await story.call("the machines; it hides cpu as legacy", 0, "gpu", "machines");
  await story.call("log out", 0, "auth", "logout");
});
