import { clientFor } from "../testing/client";
import { type Answer, json, serverForEachTest, text } from "../testing/server";

const server = serverForEachTest();

describe("output lines", () => {
  const log = (message: string, second: number) => ({ message, timestamp: `2030-01-01T00:00:0${second}Z` });
  const routes = (logs: Answer, record: Answer): void =>
    server.answerWith((response, request, socket) =>
      (request.url.includes("/logs/") ? logs : record)(response, request, socket),
    );

  test("are the last ones, oldest first", async () => {
    server.answerWith(json(200, { logs: [log("c", 3), log("a", 1), log("b", 2)], total: 3 }));
    const totals: number[] = [];
    const onTotal = (total: number) => void totals.push(total);
    await expect(clientFor(server.url).client.logsTail("e-1", 2, { onTotal })).resolves.toMatchObject([
      { message: "b" },
      { message: "c" },
    ]);
    expect(totals).toEqual([3]);
  });

  test("are requested once more when there is more than one page", async () => {
    server.answerWith(
      json(200, { logs: [log("first", 1)], total: 2 }),
      json(200, { logs: [log("first", 1), log("last", 2)], total: 2 }),
    );
    await expect(clientFor(server.url).client.logsTail("e-1", 1)).resolves.toMatchObject([{ message: "last" }]);
    expect(server.received.map(({ url }) => url.split("?")[1])).toEqual([
      "limit=1000&hours=168",
      "limit=10000&hours=168",
    ]);
  });

  test("are those of the first page if this page is full and no other page can be read", async () => {
    const page = Array.from({ length: 1000 }, (_, index) => log(`${index}`, 1));
    server.answerWith(json(200, { logs: page }), json(200, { logs: [] }));
    await expect(clientFor(server.url).client.logsTail("e-1", 1)).resolves.toMatchObject([{ message: "999" }]);
    expect(server.received).toHaveLength(2);
  });

  test.each<[string, Answer]>([
    ["are missing", json(404, { detail: "no" })],
    ["are empty", json(200, { logs: [] })],
    ["cannot be had", json(500, {})],
    ["are forbidden", json(403, {})],
    ["cannot be read", text(200, "<html>")],
  ])("come from the record when the logs %s", async (_name, logs) => {
    routes(logs, json(200, { status: "failed", combined_output: "one\ntwo\nthree\n" }));
    await expect(clientFor(server.url).client.logsTail("e-1", 2)).resolves.toEqual([
      { message: "two" },
      { message: "three" },
    ]);
  });

  test("come from the record that the caller has read, without reading it again", async () => {
    routes(json(200, { logs: [] }), json(200, { status: "failed", combined_output: "later" }));
    const { client } = clientFor(server.url);
    await expect(client.logsTail("e-1", 2, { record: { output: "one\ntwo\n" } })).resolves.toEqual([
      { message: "one" },
      { message: "two" },
    ]);
    await expect(client.logsTail("e-1", 2, { record: {} })).resolves.toEqual([]);
    expect(server.received.map(({ url }) => url.includes("/logs/"))).toEqual([true, true]);
    routes(json(403, {}), json(200, {}));
    await expect(client.logsTail("e-1", 2, { record: {} })).rejects.toMatchObject({ operation: "getExecutionLogs" });
  });

  test("are refused when the record is missing too, and are not requested when the count is 0", async () => {
    server.answerWith(json(404, {}));
    const { client } = clientFor(server.url);
    await expect(client.logsTail("e-1", 5)).rejects.toMatchObject({ code: "LYC1103", operation: "getExecutionLogs" });
    const asked = server.received.length;
    await expect(client.logsTail("e-1", 0)).resolves.toEqual([]);
    expect(server.received).toHaveLength(asked);
  });

  test("that cannot be read for now are empty, or an error if the caller needs them", async () => {
    routes(json(500, {}), json(200, { status: "running" }));
    const { client } = clientFor(server.url);
    await expect(client.logsTail("e-1", 5)).resolves.toEqual([]);
    await expect(client.logsTail("e-1", 5, { throwsUnread: true })).rejects.toMatchObject({ status: 500 });
    expect(server.received.filter(({ url }) => url.includes("/logs/"))).toHaveLength(4);
    routes(json(200, { logs: [] }), json(200, { status: "running" }));
    const totals: number[] = [];
    const onTotal = (total: number) => void totals.push(total);
    await expect(client.logsTail("e-1", 5, { throwsUnread: true, onTotal })).resolves.toEqual([]);
    expect(totals).toEqual([]);
    routes(json(500, {}), json(200, { status: "running", stdout: "a" }));
    await expect(client.logsTail("e-1", 5, { throwsUnread: true })).resolves.toEqual([{ message: "a" }]);
    const signal = AbortSignal.abort();
    await expect(client.logsTail("e-1", 5, { signal })).rejects.toMatchObject({ operation: "getExecutionLogs" });
    routes(json(500, {}), json(404, {}));
    await expect(client.logsTail("e-1", 5)).resolves.toEqual([]);
  });

  test("of one service are selected before they are counted, if the logs name services", async () => {
    const from = (service: string, message: string) => ({ message, labels: { service } });
    const chatty = Array.from({ length: 30 }, (_, index) => from("web", `GET /health ${index}`));
    server.answerWith(json(200, { logs: [from("worker", "cannot open input"), ...chatty] }));
    const { client } = clientFor(server.url);
    expect(await client.logsTail("e-1", 20, { service: "worker" })).toEqual([
      { message: "cannot open input", service: "worker" },
    ]);
    expect(await client.logsTail("e-1", 20, { service: "unknown" })).toHaveLength(20);
    server.answerWith(json(200, { logs: ["of Lyceum", ...chatty] }));
    expect(await client.logsTail("e-1", 20)).toHaveLength(20);
  });
});
