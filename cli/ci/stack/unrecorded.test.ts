import { json, startServer, type TestServer } from "../../../provider/lyceum/testing/server";
import { findUnrecordedOf } from "./unrecorded";

let server: TestServer;
const before = process.env;
beforeEach(async () => {
  server = await startServer();
  process.env = { ...before, LYCEUM_BASE_URL: server.url, LYCEUM_API_KEY: "lk_of_the_environment" };
});
afterEach(async () => {
  process.env = before;
  await server.close();
});

const IDENTITY = {
  project: "training",
  stack: "prod",
  scopes: ["s"],
  interrupted: [],
  recorded: [],
  providers: [],
} as never;
const open = (config: object) => ({ stack: { getAllConfig: async () => config } as never });

test("the runs are read with the key and the base URL of the stack, as the provider does", async () => {
  delete process.env.LYCEUM_BASE_URL;
  delete process.env.LYCEUM_API_KEY;
  server.answerWith(json(200, { executions: [], total_executions: 0 }));
  const found = await findUnrecordedOf(
    open({ "lyceum:apiKey": { value: "lk_of_the_stack" }, "lyceum:baseUrl": { value: server.url } }),
  )(IDENTITY);
  expect(found.runs).toEqual([]);
  expect(server.received.length).toBeGreaterThan(0);
  for (const { headers } of server.received) expect(headers.authorization).toBe("Bearer lk_of_the_stack");
});

test("without a usable configuration, the reason is the gap", async () => {
  process.env.LYCEUM_API_KEY = "";
  expect(await findUnrecordedOf(open({}))(IDENTITY)).toEqual({ runs: [], gap: expect.stringMatching(/^LYC1013: /) });
  expect(server.received).toEqual([]);
});
