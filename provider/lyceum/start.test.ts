import { createServer, type Socket } from "node:net";
import { inspect } from "node:util";
import { Agent, buildConnector } from "undici";
import { createCaller } from "./caller";
import { DEFAULT_PORTS } from "./default-ports";
import type { LyceumError } from "./errors";
import type { StartOutcome } from "./port";
import { startOutcome } from "./start-outcome";
import { clientFor, configurationFor, FULL_START, SMALL_START, TOKEN } from "./testing/client";
import { type Answer, json, reset, silence, startServer, type TestServer, text } from "./testing/server";

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.close());

const starts = () => server.received.filter(({ url }) => url.endsWith("/execution/compose/start")).length;
const errorOf = (outcome: StartOutcome): LyceumError => {
  if (outcome.kind === "started") throw new Error("it was started");
  return outcome.error;
};

/** A secret of two lines that a resource declares and no request holds. */
const DECLARED = "declared-canary words\nand its-other-line";

describe("refused: no run can exist", () => {
  test.each<[number, unknown, string]>([
    [400, { detail: "bad" }, "LYC1104"],
    [401, { detail: "bad token" }, "LYC1101"],
    [402, { detail: "Insufficient credits" }, "LYC1106"],
    [403, { detail: "no access" }, "LYC1102"],
    [404, { detail: "no such route" }, "LYC1103"],
    [418, {}, "LYC1110"],
    [422, { detail: [] }, "LYC1104"],
  ])("%d %j", async (status, body, code) => {
    server.answerWith(json(status, body));
    const { client, slept } = clientFor(server.url);
    const outcome = await client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "refused", error: { code, status, operation: "startComposeExecution" } });
    expect(outcome).not.toHaveProperty("retryAfterSeconds");
    expect(errorOf(outcome).message).toContain("Nothing was started.");
    expect([starts(), slept]).toEqual([1, []]);
  });

  test.each([408, 409, 425, 499])(
    "%d may come from a gateway that passed it on, so it promises nothing",
    async (status) => {
      server.answerWith(json(status, {}));
      const outcome = await clientFor(server.url).client.start(SMALL_START);
      expect(outcome).toMatchObject({ kind: "unknown", error: { code: "LYC1110", status } });
      expect(errorOf(outcome).message).toContain("may still have been started");
      expect(starts()).toBe(1);
    },
  );

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

  test("a 422 names the argument that is not valid", async () => {
    const detail = { loc: ["body", "docker_password"], msg: "Input should be a valid string", type: "string_type" };
    server.answerWith(json(422, { detail: [detail] }));
    const error = errorOf(await clientFor(server.url).client.start(FULL_START));
    expect(error.property).toBe("registryCredentials.password");
    expect(error.message).toContain("registryCredentials.password: Input should be a valid string");
  });

  test("a 422 that names no argument does not point to one", async () => {
    server.answerWith(json(422, { detail: "The project is empty." }));
    const { message } = errorOf(await clientFor(server.url).client.start(FULL_START));
    expect(message).toContain("The project is empty.");
    expect(message).not.toContain("the argument that the message names");
  });

  test("nothing listens", async () => {
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
  ])("%s", async (_name, cause, code, retryAfterSeconds) => {
    const dispatcher = new Agent({ connect: (_options, callback) => callback(cause, null) });
    const outcome = await clientFor(server.url, { dispatcher }).client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "refused", error: { code } });
    expect(outcome.kind === "refused" ? outcome.retryAfterSeconds : "").toBe(retryAfterSeconds);
    expect(server.connections()).toBe(0);
  });

  test("TLS with a server that does not speak it", async () => {
    const outcome = await clientFor(server.url.replace("http:", "https:")).client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "refused", error: { code: "LYC1201" } });
    expect(server.received).toHaveLength(0);
  });

  test("a clock that runs out while connecting, and the request stays unsent when the connection stands later", async () => {
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

describe("unknown: a run may exist, and the start is not sent again", () => {
  const caveat = "The run may still have been started.";

  test.each<[string, Answer, string]>([
    ["500", json(500, { detail: "out of capacity" }), "LYC1108"],
    ["503 with Retry-After", json(503, {}, { "retry-after": "1" }), "LYC1108"],
    ["504 with a page", text(504, "<title>Gateway Time-out</title>"), "LYC1108"],
    ["a redirect", text(307, "", { location: "https://elsewhere.example/start?x=1" }), "LYC1109"],
    ["200 with a page", text(200, "<html>welcome</html>"), "LYC1111"],
    ["200 without an id", json(200, { status: "pending", streaming_url: "u" }), "LYC1111"],
    ["200 with an id that has lost digits", text(200, '{"execution_id":12345678901234567890}'), "LYC1111"],
    ["204", text(204, ""), "LYC1111"],
    ["a reset after the whole request", reset, "LYC1204"],
    ["an end in the middle of the answer", cutShort, "LYC1204"],
    ["something that is not HTTP", (_response, _request, socket) => void socket.end("garbage\r\n\r\n"), "LYC1204"],
  ])("%s", async (_name, answer, code) => {
    server.answerWith(answer);
    const { client, slept } = clientFor(server.url);
    const outcome = await client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "unknown", error: { code } });
    expect(errorOf(outcome).message).toContain(caveat);
    expect([starts(), slept]).toEqual([1, []]);
  });

  test("no answer in time", async () => {
    const clocks: number[] = [];
    let fire = (): void => undefined;
    server.answerWith(() => fire());
    const timer = (seconds: number, callback: () => void) => {
      clocks.push(seconds);
      fire = callback;
      return () => undefined;
    };
    const outcome = await clientFor(server.url, { timer }).client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "unknown", error: { code: "LYC1203" } });
    expect(errorOf(outcome).message).toContain(`no answer within 150 s. ${caveat}`);
    expect(clocks).toEqual([150]);
    expect(starts()).toBe(1);
  });

  test("cancelled while the service thought about it", async () => {
    const controller = new AbortController();
    server.answerWith(() => controller.abort());
    const outcome = await clientFor(server.url).client.start(SMALL_START, { signal: controller.signal });
    expect(outcome).toMatchObject({ kind: "unknown", error: { code: "LYC1206" } });
  });

  test("an answer larger than 8 MB", async () => {
    server.answerWith(text(200, `{"execution_id":"e","padding":"${"x".repeat(9 * 1024 * 1024)}"}`));
    const outcome = await clientFor(server.url).client.start(SMALL_START);
    expect(outcome).toMatchObject({ kind: "unknown", error: { code: "LYC1111" } });
  });

  test("a reset before one byte of the request was read", async () => {
    const sockets: Socket[] = [];
    const raw = createServer((socket) => {
      sockets.push(socket);
      socket.once("readable", () => socket.resetAndDestroy());
    });
    await new Promise<void>((resolve) => raw.listen(0, "127.0.0.1", resolve));
    const { port } = raw.address() as { port: number };
    const outcome = await clientFor(`http://127.0.0.1:${port}`).client.start(SMALL_START);
    // Our side cannot tell this from one after the service acted.
    expect(outcome).toMatchObject({ kind: "unknown", error: { code: "LYC1204" } });
    expect(sockets).toHaveLength(1);
    await new Promise((resolve) => raw.close(resolve));
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
      const answer = { "/machine-types": machines, "/user/quotas/available-hardware": hardware }[route] ?? refusal;
      answer(response, request, socket);
    };
  const priced = json(200, {
    machine_types: [{ hardware_profile: "cpu", price_per_hour: 0.1 }, { hardware_profile: "gpu.x" }],
  });

  test("lists those of the account, with prices where known", async () => {
    server.answerWith(routes(priced, json(200, { available_hardware_profiles: ["cpu", "gpu.a100"] })));
    const outcome = await clientFor(server.url).client.start(SMALL_START);
    expect(outcome).toMatchObject({
      kind: "refused",
      error: { code: "LYC1105", property: "executionType", status: 422 },
    });
    expect(errorOf(outcome).message).toContain("Machines of this account: cpu (0.1 per hour), gpu.a100.");
  });

  test("is known by the words too, in a 400 and a 403", async () => {
    for (const status of [400, 403]) {
      const answer = json(status, { detail: "Hardware profile 'gpu.h100' is not available to you" });
      server.answerWith(answer, priced, priced);
      expect(await clientFor(server.url).client.start(SMALL_START)).toMatchObject({ error: { code: "LYC1105" } });
    }
  });

  test("is not seen in an error of another argument that mentions one", async () => {
    const detail = { loc: ["body", "timeout"], msg: "too long for this machine", type: "x" };
    server.answerWith(json(422, { detail: [detail] }));
    const outcome = await clientFor(server.url).client.start(SMALL_START);
    expect(outcome).toMatchObject({ error: { code: "LYC1104", property: "timeout" } });
  });

  test("is reported without them when they cannot be had, briefly and once each", async () => {
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

describe("secrets of a start", () => {
  const secrets = [
    TOKEN,
    ...[
      FULL_START.dockerPassword,
      FULL_START.awsAccessKeyId,
      FULL_START.awsSecretAccessKey,
      FULL_START.awsSessionToken,
    ],
  ].filter((secret) => secret !== undefined);
  const spellings = secrets.flatMap((secret) => [
    secret,
    Buffer.from(secret).toString("base64"),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ]);
  const echo = [...spellings, Buffer.from(`robot:${FULL_START.dockerPassword}`).toString("base64")].join(" | ");

  test.each<[string, Answer]>([
    ["a detail", json(400, { detail: echo })],
    ["a validation error", json(422, { detail: [{ loc: ["body", "docker_password"], msg: echo, input: echo }] })],
    ["a page", text(502, `<p>${echo}</p>`)],
    ["an unreadable yes", text(200, echo)],
    ["a redirect", text(302, echo, { location: `https://host/?token=${encodeURIComponent(TOKEN)}` })],
  ])("that come back in %s are shown nowhere", async (_name, answer) => {
    server.answerWith(answer);
    const error = errorOf(await clientFor(server.url).client.start(FULL_START));
    const shown = [error.message, error.stack, inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error)];
    for (const each of shown) for (const spelling of spellings) expect(each).not.toContain(spelling);
  });

  test("stay out of later answers as well", async () => {
    server.answerWith(
      json(200, { execution_id: "e-1" }),
      json(200, { status: "failed", errors: [`login ${FULL_START.dockerPassword} failed`], stdout: `${TOKEN}\n` }),
    );
    const { client } = clientFor(server.url);
    await client.start(FULL_START);
    await expect(client.record("e-1")).resolves.toMatchObject({
      value: { errors: ["login [redacted] failed"], output: "[redacted]\n" },
    });
  });

  // Each of these texts is shortened; the secret begins in front of the cut and ends behind it.
  test.each<[string, number, "abort" | "record", (message: string) => Answer]>([
    ["an error of a record", 2048, "record", (message) => json(200, { status: "failed", errors: [message] })],
    ["the message of an abort", 2048, "abort", (message) => json(200, { message })],
    ["a detail", 1000, "record", (message) => json(400, { detail: message })],
    ["a validation error", 1000, "record", (message) => json(422, { detail: [{ msg: message }] })],
    ["a page", 300, "record", (message) => text(400, message)],
    ["the title of a page", 300, "record", (message) => text(400, `<title>${message}</title>`)],
  ])("of a resource's inputs are not halved where %s is cut", async (_name, cut, call, answer) => {
    for (const inside of [1, 9, 19, DECLARED.length - 5]) {
      server.answerWith(answer(`${"x ".repeat(cut).slice(-(cut - inside))}${DECLARED}${" y".repeat(100)}`));
      const { client } = clientFor(server.url);
      client.keepOut([DECLARED]);
      const shown = await client[call]("e-1").then(
        (found) => JSON.stringify(found),
        (error: unknown) => String(error),
      );
      expect(shown).not.toMatch(/decl|canary|words|its-|line/);
      expect(shown).toContain("x x x");
    }
  });

  test("of a resource's inputs are not halved where an output is cut", async () => {
    for (const behind of [1, 9, 19, DECLARED.length - 5]) {
      const tail = "y\n".repeat(32_768).slice(0, 65_536 - behind - 1);
      server.answerWith(json(200, { status: "failed", stdout: `x\n${DECLARED}${tail}\n` }), json(200, {}));
      const { client } = clientFor(server.url);
      client.keepOut([DECLARED]);
      const shown = JSON.stringify(await client.record("e-1"));
      expect(shown).not.toMatch(/decl|canary|words|its-|line/);
      expect(shown.length).toBeGreaterThan(65_000);
    }
  });
});

function failing(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}

function cutShort(...[response, , socket]: Parameters<Answer>): void {
  response.writeHead(200, { "content-length": "1000" });
  response.write('{"execution_id":"e-1",', () => socket.destroy());
}

test("an error of our own after the request has left is unclear, so that the run is looked up", async () => {
  server.answerWith(json(200, { execution_id: "e-1", status: "pending", streaming_url: "u" }));
  const broken = createCaller(
    configurationFor(server.url),
    { ...DEFAULT_PORTS, dispatcher: new Agent() },
    (text) => text,
  );
  const outcome = startOutcome(
    await broken({
      operation: "startComposeExecution",
      body: {},
      parse: () => {
        throw new RangeError("canary-secret");
      },
    }),
  );
  expect(outcome).toMatchObject({ kind: "unknown", error: { code: "LYC1204" } });
  expect(errorOf(outcome).message).toMatch(/could not be processed \(RangeError\).*may still have been started/);
  expect(errorOf(outcome).message).not.toContain("canary");
});
