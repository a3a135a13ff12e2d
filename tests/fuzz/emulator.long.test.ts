import { Agent } from "node:http";
import fc from "fast-check";
import { ROOT } from "../harness/root";
import { API_KEY, BASE_PATH, type EmulatorProcess, startEmulatorProcess } from "../stress/emulator-process";
import { amount, atMost, logFigures, scaled } from "./amount";
import { readOperations } from "./contract";
import { type PlainAnswer, send } from "./http";
import { LIVE_ID } from "./request-line";
import { contractRequest, type FuzzedRequest } from "./requests";

const operations = readOperations();
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

let emulator: EmulatorProcess;
beforeAll(async () => {
  emulator = await startEmulatorProcess();
});
afterAll(async () => {
  agent.destroy();
  await emulator.end();
});

/** Statuses that the emulator may give by itself; 501 is the loud answer to what is not emulated. */
const allowed = new Set([200, 400, 401, 403, 404, 405, 408, 413, 414, 415, 422, 431, 501]);
const tracks = new RegExp(`\\n\\s+at |node_modules|node:internal|${ROOT}|emulator/(src|dist)/`);

/** What is wrong with an answer, or nothing. */
function errorOf(request: FuzzedRequest, answer: PlainAnswer): string | undefined {
  if (!allowed.has(answer.status)) return `the status ${answer.status}`;
  if (request.foreign && answer.status === 200) return "a foreign page was let in";
  if (request.method === "HEAD") return answer.body === "" ? undefined : "a body in the answer to HEAD";
  if (!answer.contentType.startsWith("application/json")) return `the content type ${answer.contentType}`;
  let body: unknown;
  try {
    body = JSON.parse(answer.body);
  } catch {
    return "no JSON";
  }
  if (answer.status !== 200) {
    if (tracks.test(answer.body)) return "a stack trace or a path";
    if ((body as { readonly detail?: unknown }).detail === undefined) return "no detail";
  }
  const [path = ""] = request.path.slice(BASE_PATH.length).split("?", 1);
  const operation = operations.find((one) => one.method === request.method && one.matches(path));
  if (operation === undefined)
    return answer.status === 200 ? "a yes to something that is not in the contract" : undefined;
  return operation.fault(answer.status, body);
}

test(
  "random requests: every answer is the contract's, in time, and the emulator lives",
  async () => {
    const counts = new Map<string, number>();
    const operationsMet = new Set<string>();
    let slowest = 0;
    let requests = 0;
    let liveId = "none";
    await fc.assert(
      fc.asyncProperty(
        fc.array(contractRequest(operations), { minLength: 16, maxLength: 16, size: "max" }),
        async (batch) => {
          const errors = await Promise.all(
            batch.map(async (request) => {
              const sent = { ...request, path: request.path.replace(LIVE_ID, liveId) };
              const answer = await send(emulator.port, agent, sent).catch((error: unknown) => String(error));
              if (typeof answer === "string") return [`${shown(request)}: ${answer}`];
              requests += 1;
              slowest = Math.max(slowest, answer.milliseconds);
              counts.set(String(answer.status), (counts.get(String(answer.status)) ?? 0) + 1);
              const met = operations.find((one) => one.method === sent.method && one.matches(pathOf(sent)));
              if (met !== undefined && answer.status === 200) operationsMet.add(met.id);
              const started = /^\{"execution_id":"(local-[\w-]+)","status":"pending"/.exec(answer.body)?.[1];
              if (started !== undefined) liveId = started;
              const fault = errorOf(sent, answer);
              return fault === undefined ? [] : [`${shown(request)}: ${fault}: ${answer.body.slice(0, 300)}`];
            }),
          );
          expect(errors.flat()).toEqual([]);
        },
      ),
      amount(700),
    );
    logFigures("requests to the emulator", { requests, slowest, statuses: Object.fromEntries([...counts].sort()) });
    expect(requests).toBeGreaterThanOrEqual(scaled(11_000));

    // The requests were such that every answer was met, and every operation said yes.
    for (const status of ["200", "400", "401", "403", "404", "422", "501"]) expect(counts.has(status)).toBe(true);
    expect([...operationsMet].sort()).toEqual(operations.map((one) => one.id).sort());
    await expectHealthy();
  },
  atMost(200),
);

/** A request short enough for a failure's message. */
function shown({ method, path, headers, body }: FuzzedRequest): string {
  return `${method} ${path.slice(0, 200)} ${JSON.stringify(headers).slice(0, 300)} ${String(body).slice(0, 100)}`;
}

function pathOf(request: FuzzedRequest): string {
  return request.path.slice(BASE_PATH.length).split("?", 1)[0] ?? "";
}

/** No breach, and a good request still works. */
async function expectHealthy(): Promise<void> {
  expect(emulator.isAlive()).toBe(true);
  expect(await emulator.control("GET", "/breaches")).toEqual([]);
  const body = JSON.stringify({ compose_file_code: "services: {a: {image: b}}\nx-lyceum-sim: {run: 0}" });
  const headers = { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" };
  const answer = await send(emulator.port, agent, {
    method: "POST",
    path: `${BASE_PATH}/execution/compose/start`,
    headers,
    body,
  });
  expect(answer.status).toBe(200);
  expect(emulator.log()).not.toMatch(/CONTRACT BREACH|uncaught|unhandled/i);
}
