import fc from "fast-check";
import { API_KEY, BASE_PATH } from "../stress/emulator-process";

/** Bytes for a connection of their own. */
export interface RawConversation {
  readonly pieces: readonly Buffer[];
  readonly end: "half-close" | "reset";
  /** Complete requests in it: there are at most so many answers, and one more for what comes behind them. */
  readonly requests: number;
}

const START = `${BASE_PATH}/execution/compose/start`;
const body = '{"compose_file_code":"services: {a: {image: b}}\\nx-lyceum-sim: {run: 0}"}';

const goodRequests = [
  `GET ${BASE_PATH}/health/ping HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  `GET ${BASE_PATH}/workloads/list HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${API_KEY}\r\n\r\n`,
  `POST ${START} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${API_KEY}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  `POST ${START} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${API_KEY}\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
] as const;

/** Whole requests that no HTTP client sends. */
const oddRequests = [
  `GET ${BASE_PATH}/health/ping HTTP/1.0\r\n\r\n`,
  `GET ${BASE_PATH}/health/ping HTTP/1.1\r\n\r\n`,
  `GET ${BASE_PATH}/health/ping HTTP/1.1\r\nhost: localhost\r\nhost: evil.example\r\n\r\n`,
  `GET http://evil.example/ HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  `GET * HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  `OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  `CONNECT localhost:22 HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  `GET / HTTP/9.9\r\nhost: localhost\r\n\r\n`,
  `GET /\u00e9\u0000 HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  `GET ${BASE_PATH}/user/status HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${API_KEY}\r\nauthorization: Bearer other\r\n\r\n`,
  `GET ${BASE_PATH}/health/ping HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n`,
  `POST ${START} HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue\r\ncontent-length: 0\r\n\r\n`,
  `POST ${START} HTTP/1.1\r\nhost: localhost\r\nexpect: a miracle\r\ncontent-length: 0\r\n\r\n`,
  `POST ${START} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  `POST ${START} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${API_KEY}\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd`,
  `POST ${START} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${API_KEY}\r\ncontent-length: -1\r\n\r\n`,
  `POST ${START} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${API_KEY}\r\ncontent-length: 99999999999999999999\r\n\r\n{}`,
  `POST ${START} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${API_KEY}\r\ncontent-length: 100000000\r\n\r\n{}`,
  `POST ${START} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${API_KEY}\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
  `POST ${START} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${API_KEY}\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
  `GET ${BASE_PATH}/health/ping HTTP/1.1\r\nhost: localhost\r\nx: ${"y".repeat(20_000)}\r\n\r\n`,
  `GET ${BASE_PATH}/health/ping HTTP/1.1\r\nhost: localhost\r\n${"a: b\r\n".repeat(3_000)}\r\n`,
  `GET /${"p".repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  `GET ${BASE_PATH}/health/ping HTTP/1.1\r\nhost: localhost\r\n folded: yes\r\n\r\n`,
  `GET ${BASE_PATH}/health/ping HTTP/1.1\r\nhost : localhost\r\n\r\n`,
  `GET ${BASE_PATH}/health/ping HTTP/1.1\nhost: localhost\n\n`,
  `get ${BASE_PATH}/health/ping HTTP/1.1\r\nhost: localhost\r\n\r\n`,
  "\r\n\r\n\r\n",
  "\u0016\u0003\u0001\u0002\u0000\u0001\u0000",
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
] as const;

const good = fc.constantFrom<string>(...goodRequests);
const odd = fc.constantFrom<string>(...goodRequests, ...oddRequests);
const latin = (text: string): Buffer => Buffer.from(text, "latin1");

/** Some bytes of a request changed, dropped or doubled. */
const mutated: fc.Arbitrary<Buffer> = fc
  .tuple(
    odd,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom("change", "drop", "double"), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([text, changes]) => {
    let bytes = latin(text);
    for (const [where, how, byte] of changes) {
      if (bytes.length === 0) break;
      const at = where % bytes.length;
      if (how === "change") bytes[at] = byte;
      else {
        const rest = bytes.subarray(how === "drop" ? at + 1 : at);
        bytes = Buffer.concat([bytes.subarray(0, how === "drop" ? at : at + 1), rest]);
      }
    }
    return bytes;
  });

const half: fc.Arbitrary<Buffer> = fc
  .tuple(odd, fc.double({ min: 0, max: 1, noNaN: true }))
  .map(([text, share]) => latin(text.slice(0, Math.floor(text.length * share))));

const garbage = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));

/** Good requests in a row, then perhaps something that is none; cut into packets at random. */
export const conversation: fc.Arbitrary<RawConversation> = fc
  .tuple(
    fc.array(good, { maxLength: 4 }),
    fc.oneof(odd.map(latin), mutated, half, garbage, fc.constant(Buffer.alloc(0))),
    fc.array(fc.nat(400), { maxLength: 6 }),
    fc.oneof(
      { weight: 6, arbitrary: fc.constant<"half-close">("half-close") },
      { weight: 1, arbitrary: fc.constant<"reset">("reset") },
    ),
  )
  .map(([first, last, cuts, end]) => {
    const bytes = Buffer.concat([latin(first.join("")), last]);
    const places = [0, ...[...cuts].sort((left, right) => left - right), bytes.length];
    const pieces = places
      .slice(1)
      .map((to, index) => bytes.subarray(places[index] ?? 0, Math.max(to, places[index] ?? 0)));
    return { pieces: pieces.filter((piece) => piece.length > 0), end, requests: first.length };
  });
