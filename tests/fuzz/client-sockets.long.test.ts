import { createServer, type Server, type Socket } from "node:net";
import fc from "fast-check";
import { createLyceumClient } from "../../provider/lyceum/client";
import { configurationFor } from "../../provider/lyceum/testing/client";
import { amount, atMost, logFigures } from "./amount";
import { answerTo, CANARIES, type FuzzedAnswer } from "./answers";
import { CALLS, outcomeError, SECRET_START } from "./calls";
import { readOperations } from "./contract";

const operations = readOperations();

/** How an answer's bytes are altered on their way. */
type Alteration =
  | "none"
  | "longer length"
  | "shorter length"
  | "chunked"
  | "chunks cut"
  | "gzip said"
  | "no HTTP"
  | "interim"
  | "headers cut";
const alterations: fc.Arbitrary<Alteration> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Alteration>("none") },
  {
    weight: 8,
    arbitrary: fc.constantFrom<Alteration>(
      "longer length",
      "shorter length",
      "chunked",
      "chunks cut",
      "gzip said",
      "no HTTP",
      "interim",
      "headers cut",
    ),
  },
);

/** Seconds of the client's clocks on this machine's: what is never answered must not be waited for long. */
const PATIENCE_MILLISECONDS = 150;

let server: Server;
let port = 0;
let next: readonly (readonly [FuzzedAnswer, Alteration])[] = [];
let starts = 0;
let answered = 0;
const open = new Set<Socket>();

beforeAll(async () => {
  server = createServer((socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => undefined);
    let heard = "";
    socket.on("data", (chunk) => {
      heard += chunk.toString("latin1");
      const head = heard.indexOf("\r\n\r\n");
      const length = Number(/^content-length: (\d+)/im.exec(heard)?.[1] ?? 0);
      if (head === -1 || heard.length < head + 4 + length) return;
      if (heard.startsWith("POST ") && heard.includes("/compose/start ")) starts += 1;
      heard = "";
      const entry = next[answered % Math.max(1, next.length)];
      answered += 1;
      if (entry !== undefined) play(socket, ...entry);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

function play(socket: Socket, answer: FuzzedAnswer, alter: Alteration): void {
  if (answer.kind === "silence") return;
  if (answer.kind === "broken") return void socket.resetAndDestroy();
  const headers = Object.entries(answer.kind === "answer" ? answer.headers : {})
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
  const { status, body } = answer;
  const head = (more: string): string => `HTTP/1.1 ${status} Some Words\r\n${headers}${more}\r\n`;
  const cut = answer.kind === "cut";
  switch (alter) {
    case "none":
      socket.write(head(`content-length: ${body.length + (cut ? 5 : 0)}\r\n`));
      socket.write(body);
      break;
    case "interim":
      socket.write(`HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${head(`content-length: ${body.length}\r\n`)}`);
      socket.write(body);
      break;
    case "longer length":
      socket.end(Buffer.concat([Buffer.from(head(`content-length: ${body.length + 10}\r\n`)), body]));
      return;
    case "shorter length": {
      // A body of its own: half of a secret would be the service's doing, and no one could know it.
      const half = '{"detail":"all of it","status":"running","execution_id":"a"}';
      socket.write(head(`content-length: ${half.length / 2}\r\n`) + half);
      break;
    }
    case "chunked":
    case "chunks cut":
      socket.write(head("transfer-encoding: chunked\r\n"));
      if (body.length > 0)
        socket.write(Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n")]));
      if (alter === "chunked") socket.write("0\r\n\r\n");
      else return void socket.end("ffff\r\nhalf");
      break;
    case "gzip said":
      socket.write(head(`content-encoding: gzip\r\ncontent-length: ${body.length}\r\n`));
      socket.write(body);
      break;
    case "no HTTP":
      socket.end(body);
      return;
    case "headers cut":
      socket.end(head("").slice(0, 25));
      return;
  }
  if (cut) socket.resetAndDestroy();
}

const conversation = fc.constantFrom(...CALLS).chain((call) => {
  const operation = operations.find((one) => one.id === call.operation) ?? operations[0];
  if (operation === undefined) throw new Error("The contract has no operations.");
  return fc.record({
    call: fc.constant(call),
    answers: fc.array(fc.tuple(answerTo(operation), alterations), { minLength: 1, maxLength: 4 }),
  });
});

test(
  "over real connections too, whatever bytes come back",
  async () => {
    const client = createLyceumClient(configurationFor(`http://127.0.0.1:${port}`, { token: CANARIES.token }), {
      environment: {},
      random: () => 0,
      sleep: async () => undefined,
      timer: (_seconds, callback) => {
        const timer = setTimeout(callback, PATIENCE_MILLISECONDS);
        return () => clearTimeout(timer);
      },
    });
    next = [[{ kind: "broken", sent: true }, "none"]];
    await client.start(SECRET_START);
    const begun = answered;
    try {
      await fc.assert(
        fc.asyncProperty(conversation, async ({ call, answers }) => {
          next = answers;
          starts = 0;
          expect(await outcomeError(call, client)).toBeUndefined();
          expect(starts).toBe(call.operation === "startComposeExecution" ? 1 : 0);
        }),
        amount(320),
      );
    } finally {
      for (const socket of open) socket.destroy();
      await client.close();
    }
    logFigures("answers over real connections", { answers: answered - begun });
  },
  atMost(200),
);
