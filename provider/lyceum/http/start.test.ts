import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Agent, buildConnector } from "undici";
import { LyceumError } from "../errors";
import { pathOf } from "../operations";
import { startOutcome } from "../start-outcome";
import { clientFor, errorOf, FULL_START, SMALL_START } from "../testing/client";
import { type Answer, json, serverForEachTest, silence } from "../testing/server";

const server = serverForEachTest();

const failing = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
const starts = () => server.received.filter(({ url }) => url.endsWith(pathOf("startComposeExecution"))).length;

describe("refused: no run can exist", () => {
  test.each<[number, unknown, string]>([
    [400, { detail: "bad" }, "LYC1104"],
    [401, { detail: "bad token" }, "LYC1101"],
    [402, { detail: "Insufficient credits" }, "LYC1106"],
    [403, { detail: "no access" }, "LYC1102"],
    [404, { detail: "no such route" }, "LYC1103"],
    [418, {}, "LYC1110"],
    [422, { detail: [] }, "LYC1104"],
    [423, { detail: "locked" }, "LYC1113"],
  ])("the service answers %d %j", async (status, body, code) => {
    server.answerWith(json(status, body));
    const { client, slept } = clientFor(server.url);
    const outcome = await client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "refused", error: { code, status, operation: "startComposeExecution" } });
    expect(outcome).not.toHaveProperty("retryAfterSeconds");
    expect(errorOf(outcome).message).toContain("Nothing was started.");
    expect([starts(), slept]).toEqual([1, []]);
  });

  test.each([
    [408, "LYC1110"],
    [409, "LYC1113"],
    [425, "LYC1113"],
    [499, "LYC1110"],
  ])(
    "%d (PASSED_ON in retry.ts) leaves open whether a run exists: a gateway may have passed the request on",
    async (status, code) => {
      server.answerWith(json(status, {}));
      const outcome = await clientFor(server.url).client.start(SMALL_START);
      expect(outcome).toMatchObject({ kind: "unknown", error: { code, status } });
      expect(errorOf(outcome).message).toContain("may still have been started");
      expect(starts()).toBe(1);
    },
  );

  test.each(Array.from({ length: 100 }, (_, index) => 400 + index))(
    "what the error of a start answered %d says of its run (failures.ts) is what its outcome says (start-outcome.ts, and PASSED_ON in retry.ts)",
    async (status) => {
      server.answerWith(json(status, {}));
      const outcome = await clientFor(server.url).client.start(SMALL_START);
      expect(errorOf(outcome).message.includes("may still have been started")).toBe(outcome.kind === "unknown");
    },
  );

  test("docs/explanation/lifecycle.md names the status after which a start is sent again (start-outcome.ts)", () => {
    const error = new LyceumError({ code: "LYC1110", message: "" });
    const again = Array.from({ length: 200 }, (_, index) => 400 + index).filter(
      (status) => "retryAfterSeconds" in startOutcome({ kind: "answer", answer: { status, body: "" }, error }),
    );
    const page = readFileSync(join(__dirname, "../../../docs/explanation/lifecycle.md"), "utf8");
    expect(page).toContain(`\n* Lyceum refused the first request with ${again.join(", ")}.\n`);
  });

  test("429 reports when it may be sent again, and does not send it", async () => {
    server.answerWith(json(429, { detail: "slow down" }, { "retry-after": "17" }), json(429, {}));
    const { client } = clientFor(server.url);
    expect(await client.start(SMALL_START)).toMatchObject({
      kind: "refused",
      retryAfterSeconds: 17,
      error: { code: "LYC1107", retryAfterSeconds: 17 },
    });
    expect(await client.start(SMALL_START)).toMatchObject({ kind: "refused", retryAfterSeconds: 5 });
    expect(starts()).toBe(2);
  });

  test("a 422 that names no argument does not point to one", async () => {
    server.answerWith(json(422, { detail: "The project is empty." }));
    const { message } = errorOf(await clientFor(server.url).client.start(FULL_START));
    expect(message).toContain("The project is empty.");
    expect(message).not.toContain("the argument that the message names");
  });

  test("nothing listens at the address", async () => {
    const { url } = server;
    await server.close();
    const outcome = await clientFor(url).client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "refused", retryAfterSeconds: 2, error: { code: "LYC1201" } });
    expect(errorOf(outcome).message).toMatch(/cannot be reached.*ECONNREFUSED.*Nothing was started/);
  });

  test.each<[string, Error, string, number | undefined]>([
    ["the name does not resolve", failing("ENOTFOUND"), "LYC1201", 2],
    ["the name service does not answer", failing("EAI_AGAIN"), "LYC1201", 2],
    ["no connection stands in time", failing("UND_ERR_CONNECT_TIMEOUT"), "LYC1201", 2],
    ["a reset while connecting, the same code as one after", failing("ECONNRESET"), "LYC1201", 2],
    ["the certificate is one's own", failing("DEPTH_ZERO_SELF_SIGNED_CERT"), "LYC1202", undefined],
    ["the certificate is for another", failing("ERR_TLS_CERT_ALTNAME_INVALID"), "LYC1202", undefined],
    ["the authority is unknown", failing("UNABLE_TO_VERIFY_LEAF_SIGNATURE"), "LYC1202", undefined],
  ])("the connection fails: %s", async (_name, cause, code, retryAfterSeconds) => {
    const dispatcher = new Agent({ connect: (_options, callback) => callback(cause, null) });
    const outcome = await clientFor(server.url, { dispatcher }).client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "refused", error: { code } });
    expect(outcome.kind === "refused" ? outcome.retryAfterSeconds : "").toBe(retryAfterSeconds);
    expect(server.connections()).toBe(0);
  });

  test("the server does not speak TLS", async () => {
    const outcome = await clientFor(server.url.replace("http:", "https:")).client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "refused", error: { code: "LYC1201" } });
    expect(server.received).toHaveLength(0);
  });

  test("the time runs out while connecting, and the request is not sent when the connection opens later", async () => {
    let fire = (): void => undefined;
    let connected: () => void = () => undefined;
    const connect = buildConnector({});
    const dispatcher = new Agent({
      connect: (options, callback) => {
        connected = () => connect(options, callback);
        fire();
      },
    });
    const timer = (_seconds: number, callback: () => void) => {
      fire = callback;
      return () => undefined;
    };
    const outcome = await clientFor(server.url, { dispatcher, timer }).client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "refused", retryAfterSeconds: 2, error: { code: "LYC1203" } });
    connected();
    await dispatcher.close();
    expect(server.connections()).toBe(1);
    expect(server.received).toHaveLength(0);
  });

  test("cancelled before it was sent", async () => {
    const outcome = await clientFor(server.url).client.start(SMALL_START, { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ kind: "refused", error: { code: "LYC1206" } });
    expect(server.connections()).toBe(0);
  });
});

describe("a refused machine", () => {
  const refusal = json(422, {
    detail: [{ loc: ["body", "execution_type"], msg: "unknown machine", type: "value_error" }],
  });
  const routes =
    (machines: Answer, hardware: Answer): Answer =>
    (response, request, socket) => {
      const route = request.url.replace("/api/v2/external", "");
      const known = { [pathOf("listMachineTypes")]: machines, [pathOf("getAvailableHardware")]: hardware };
      const answer = known[route] ?? refusal;
      answer(response, request, socket);
    };
  const priced = json(200, {
    machine_types: [{ hardware_profile: "cpu", price_per_hour: 0.1 }, { hardware_profile: "gpu.x" }],
  });

  test("is reported with the machines of the account, and with known prices", async () => {
    server.answerWith(routes(priced, json(200, { available_hardware_profiles: ["cpu", "gpu.a100"] })));
    const outcome = await clientFor(server.url).client.start(SMALL_START);
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { code: "LYC1105", property: "executionType", status: 422 },
    });
    expect(errorOf(outcome).message).toContain("Machines of this account: cpu (0.1 per hour), gpu.a100.");
  });

  test("is recognized by words too, in a 400 and a 403", async () => {
    for (const status of [400, 403]) {
      const answer = json(status, { detail: "Hardware profile 'gpu.h100' is not available to you" });
      server.answerWith(answer, priced, priced);
      expect(await clientFor(server.url).client.start(SMALL_START)).toMatchObject({ error: { code: "LYC1105" } });
    }
  });

  test("is not assumed if an error of another argument mentions a machine", async () => {
    const detail = { loc: ["body", "timeout"], msg: "too long for this machine", type: "x" };
    server.answerWith(json(422, { detail: [detail] }));
    const outcome = await clientFor(server.url).client.start(SMALL_START);
    expect(outcome).toMatchObject({ error: { code: "LYC1104", property: "timeout" } });
  });

  test("is reported without machines when two short calls cannot read them", async () => {
    const clocks: number[] = [];
    server.answerWith(routes(json(500, {}), silence));
    const timer = (seconds: number, callback: () => void) => {
      clocks.push(seconds);
      if (seconds === 5) setImmediate(callback);
      return () => undefined;
    };
    const { client, slept } = clientFor(server.url, { timer });
    const outcome = await client.start(SMALL_START);
    expect(errorOf(outcome).code).toBe("LYC1105");
    expect(errorOf(outcome).message).not.toContain("Machines of this account");
    expect([clocks, slept]).toEqual([[150, 5, 5], []]);
  });
});
