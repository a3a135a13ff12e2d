import fc from "fast-check";
import { readContract } from "../contract/document";
import { contractValidators } from "../contract/validators";
import { startTestEmulator, type TestEmulator } from "../testing/emulator";

const contract = readContract();
const validators = contractValidators(contract);

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startTestEmulator();
});
afterAll(() => emulator.close());

/** Mostly right, at times anything: so that what lies behind the validation is met too. */
function mostly<T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 15, arbitrary: right }, { weight: 1, arbitrary: fc.jsonValue() });
}

const startBody = fc.record(
  {
    compose_file_code: mostly(
      fc.oneof(
        fc.constant("services: {a: {image: b}}\nx-lyceum-sim: {run: 1}"),
        fc.constant("services: {a: {image: b}}\nx-lyceum-sim: {queue: 1, exitCode: 3, output: [a, 1]}"),
        fc.string({ unit: "binary" }),
      ),
    ),
    timeout: mostly(fc.integer({ min: 1, max: 600 })),
    graceful_timeout: mostly(fc.option(fc.integer({ min: 1, max: 300 }))),
    execution_type: mostly(fc.constantFrom("cpu", "gpu.a100", "gpu.none", "constructor")),
    file_name: mostly(fc.option(fc.string({ unit: "binary" }))),
    enable_s3_mount: mostly(fc.boolean()),
    user_callback_urls: mostly(fc.option(fc.array(fc.string()))),
    docker_registry_credential_type: mostly(fc.constantFrom("basic", "aws", "other", null)),
    docker_username: mostly(fc.option(fc.string())),
    docker_password: mostly(fc.option(fc.string())),
    unknown: fc.jsonValue(),
  },
  { requiredKeys: ["compose_file_code"] },
);

const request = fc.record({
  operation: fc.oneof(
    fc.constantFrom(...contract.operations),
    fc.constantFrom(...contract.operations.filter((operation) => operation.body !== undefined)),
  ),
  id: fc.oneof(fc.constant("a live one"), fc.string({ minLength: 1 })),
  query: fc.dictionary(fc.constantFrom("limit", "offset", "hours", "x"), fc.oneof(fc.nat().map(String), fc.string()), {
    maxKeys: 3,
  }),
  body: fc.oneof(
    { weight: 3, arbitrary: startBody.map((body) => JSON.stringify(body)) },
    fc.json(),
    fc.string(),
    fc.constant(undefined),
  ),
});

test("whatever is sent, no answer leaves the contract, none shows a stack, and the server lives", async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(request, async ({ operation, id, query, body }) => {
      const live = (await emulator.call("GET", "/billing/history?limit=1")).body.executions[0]?.execution_id ?? "none";
      const path = operation.path.replace("{execution_id}", encodeURIComponent(id === "a live one" ? live : id));
      // `.` and `..` are no ids: they are resolved away before the request leaves.
      fc.pre(id !== "." && id !== "..");
      const search = new URLSearchParams(query).toString();
      const answer = await emulator.call(
        operation.method.toUpperCase(),
        search === "" ? path : `${path}?${search}`,
        operation.method === "get" ? undefined : body,
      );
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      expect([200, 400, 404, 422]).toContain(answer.status);
      expect(validators.get(operation.id)?.answer(answer.status, answer.body)).toBeUndefined();
      if (answer.status !== 200) expect(JSON.stringify(answer.body)).not.toMatch(/\\n +at |node_modules/);
      await emulator.advance(0.2);
    }),
    { numRuns: 400 },
  );
  expect((await emulator.control("GET", "/breaches")).body).toEqual([]);
  // The requests were such that every kind of answer was met.
  expect([...statuses.keys()].sort()).toEqual([200, 400, 404, 422]);
  await emulator.advance(2000);
  expect((await emulator.call("GET", "/workloads/list")).body).toEqual([]);
  // Bounded by its requests, not by time: on a busy machine they take minutes.
}, 400_000);
