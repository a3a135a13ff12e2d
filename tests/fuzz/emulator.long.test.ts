import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type Emulator, startEmulator } from "../harness/emulator/emulator";
import { ROOT } from "../harness/root";
import { amount, atMost, logFigures, scaled } from "./amount";
import { type ContractOperation, readOperations } from "./contract";
import { anyJson, anyText, fromSchema } from "./values";

const operations = readOperations();
let folder: string;
let emulator: Emulator;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-fuzz-"));
  emulator = await startEmulator("simulated", folder, process.env);
});
afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface FuzzedRequest {
  readonly method: string;
  /** The path. {@link LIVE_ID} in it stands for the id of a started run. */
  readonly path: string;
  readonly query: string;
  readonly body: string | undefined;
  /** Whether the request has the key. */
  readonly authorized: boolean;
}

const LIVE_ID = "a-run-that-was-started";
/** A URL cannot contain a single surrogate. */
const encoded = (text: string): string => encodeURIComponent(Buffer.from(text).toString()).slice(0, 2_000);
const rarely = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: other });

const composeTexts = rarely(
  fc.constantFrom(
    "services: {a: {image: b}}\nx-lyceum-sim: {start: 0, run: 20}",
    "services: {a: {image: b}}\nx-lyceum-sim: {run: 0.1, exitCode: 3, output: [a, {line: b, stream: stderr}]}",
    "services: {a: {image: b}}\nx-lyceum-sim: {run: -1, what: ever}",
  ),
  anyText,
);

function bodyOf({ body: schema }: ContractOperation): fc.Arbitrary<string | undefined> {
  if (schema === undefined) return fc.constant(undefined);
  const machines = rarely(fc.constant("cpu"), fc.constant("gpu.none"));
  const right = fc
    .tuple(fromSchema(schema), composeTexts, machines)
    .map(([body, compose_file_code, execution_type]) => {
      const isStart = Object.hasOwn(Object(body), "compose_file_code");
      return JSON.stringify(isStart ? { ...Object(body), compose_file_code, execution_type } : body);
    });
  const wrong = fc.oneof(
    right.chain((text) => fc.nat(text.length).map((at) => text.slice(0, at))),
    anyText,
    anyJson.map((value) => JSON.stringify(value)),
    fc.constantFrom("[".repeat(100_000), `"${"x".repeat(2_000_000)}"`),
  );
  return rarely(right, wrong);
}

const requests: fc.Arbitrary<FuzzedRequest> = fc.constantFrom(...operations).chain((operation) =>
  fc.record({
    method: rarely(fc.constant(operation.method), fc.constantFrom("GET", "POST", "DELETE", "PUT", "OPTIONS")),
    path: rarely(
      rarely(fc.constant(LIVE_ID), anyText.filter((text) => text !== "").map(encoded)).map((id) =>
        operation.path.replace("{execution_id}", id),
      ),
      fc.oneof(
        anyText.map((text) => `/${encoded(text)}`),
        fc.constantFrom("/execution/%zz", "/execution/..", "//", "/"),
      ),
    ),
    query: rarely(
      fc.constant(""),
      fc
        .tuple(
          fc.constantFrom("limit", "x", ...Object.keys(operation.query)),
          fc.oneof(anyText, fc.integer().map(String)),
        )
        .map(([name, value]) => `?${name}=${encoded(value)}`),
    ),
    body: bodyOf(operation),
    authorized: rarely(fc.constant(true), fc.constant(false)),
  }),
);

/**
 * Statuses that the emulator returns although the contract does not have them. 501 is its answer to an unknown path.
 */
const allowed = new Set([200, 400, 401, 403, 404, 413, 414, 415, 422, 431, 501]);
const tracks = new RegExp(`\\n\\s+at |node_modules|node:internal|${ROOT}|emulator/(src|dist)/`);

/** The error of an answer, or undefined. */
function errorOf(operation: ContractOperation | undefined, status: number, text: string): string | undefined {
  if (!allowed.has(status)) return `the status ${status}`;
  const body: unknown = JSON.parse(text);
  if (status !== 200 && tracks.test(text)) return "a stack trace or a path";
  if (operation !== undefined) return operation.fault(status, body);
  return status === 200 ? "a yes to something that is not in the contract" : undefined;
}

test(
  "every answer to a random request fits the contract, and the emulator keeps running",
  async () => {
    const counts = new Map<number, number>();
    const met = new Set<string>();
    let liveId = "none";
    await fc.assert(
      fc.asyncProperty(requests, async ({ method, path, query, body, authorized }) => {
        const url = new URL(emulator.url + path.replace(LIVE_ID, liveId) + query);
        const response = await fetch(url, {
          method,
          headers: {
            ...(authorized ? { authorization: `Bearer ${emulator.apiKey}` } : {}),
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
          ...(body === undefined || method === "GET" ? {} : { body: Buffer.from(body) }),
        });
        const text = await response.text();
        counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
        const below = url.pathname.slice(new URL(emulator.url).pathname.length);
        const operation = operations.find((one) => one.method === method && one.matches(below));
        if (operation !== undefined && response.status === 200) met.add(operation.id);
        liveId = /^\{"execution_id":"(local-[\w-]+)","status":"pending"/.exec(text)?.[1] ?? liveId;
        expect(errorOf(operation, response.status, text)).toBeUndefined();
      }),
      amount(3_000),
    );
    logFigures("requests to the emulator", { statuses: Object.fromEntries([...counts].sort()) });
    // The requests covered every status, and every operation succeeded at least once.
    for (const status of [200, 400, 401, 404, 422, 501]) expect(counts.get(status)).toBeGreaterThan(scaled(1));
    expect([...met].sort()).toEqual(operations.map((one) => one.id).sort());
    expect(await emulator.control.breaches()).toEqual([]);
    expect(emulator.log()).not.toMatch(/CONTRACT BREACH|uncaught|unhandled/i);
  },
  atMost(120),
);
