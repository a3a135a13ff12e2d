import { readFileSync } from "node:fs";
import { join } from "node:path";
import { END_WORDS, type EngineEnd, endOf } from "../engines/engine";
import {
  accepted,
  advanced,
  cancelling,
  createdAt,
  type Execution,
  ended,
  endedAt,
  isEnd,
  reachedAt,
} from "./execution";
import { isMachine, machineTypes, prices } from "./machines";
import { engineRun, fileNameOf, machineOf } from "./start-body";

const start = accepted({ executionId: "local-1", sequence: 1, fileName: null, machine: "cpu", at: 1 });
const running = advanced(advanced(start, "starting", 2), "running", 3);
const words = ({ timeline }: Execution) => timeline.map(({ status, at }) => `${status} ${at}`).join(", ");

test.each<[string, Execution, string]>([
  ["that is new", start, "pending 1"],
  ["that runs", running, "pending 1, starting 2, running 3"],
  ["that runs at once", advanced(start, "running", 2), "pending 1, running 2"],
  ["whose earlier status is reported too late", advanced(running, "starting", 4), "pending 1, starting 2, running 3"],
  ["whose status is reported again", advanced(running, "running", 4), "pending 1, starting 2, running 3"],
  ["that has ended", ended(start, endOf("failed"), 4), "pending 1, failed 4"],
  ["that goes on after its end", advanced(ended(start, endOf("failed"), 4), "running", 5), "pending 1, failed 4"],
  ["that ends twice", ended(ended(start, endOf("failed"), 4), endOf("aborted"), 5), "pending 1, failed 4"],
  ["that is aborted after its end", cancelling(ended(start, endOf("failed"), 4), "abort", 5), "pending 1, failed 4"],
])("the status words of a run %s", (_what, execution, expected) => {
  expect(words(execution)).toBe(expected);
});

const aborted: EngineEnd = endOf("aborted", { returnCode: 137 });
test.each<[string, readonly ("abort" | "stop")[], EngineEnd, string, number | null]>([
  ["an abort", ["abort"], aborted, "aborted", 137],
  ["a stop", ["stop"], aborted, "completed", null],
  ["two stops", ["stop", "stop"], aborted, "completed", null],
  ["a stop and an abort", ["stop", "abort"], aborted, "aborted", 137],
  ["an abort and a stop", ["abort", "stop"], aborted, "aborted", 137],
  ["a stop, although it failed before", ["stop"], endOf("failed", { returnCode: 1 }), "failed", 1],
])("a run ends after %s", (_what, requests, end, status, returnCode) => {
  const asked = requests.reduce((execution, how, at) => cancelling(execution, how, 4 + at), running);
  expect(words(asked)).toBe("pending 1, starting 2, running 3, cancelling 4");
  expect(ended(asked, end, 9)).toMatchObject({ status, returnCode });
});

test("only the errors of the system are system errors", () => {
  const failed = (status: "failed" | "system_failure") => ended(start, endOf(status, { errors: ["e"] }), 2);
  expect(failed("failed")).toMatchObject({ errors: ["e"], systemErrors: [] });
  expect(failed("system_failure")).toMatchObject({ errors: ["e"], systemErrors: ["e"] });
});

test("a run has the times of its statuses", () => {
  const end = ended(running, endOf("completed"), 7);
  expect([createdAt(end), reachedAt(end, "running"), reachedAt(end, "cancelling"), endedAt(end)]).toEqual([
    1,
    3,
    undefined,
    7,
  ]);
  expect([endedAt(running), isEnd("running"), isEnd("timeout")]).toEqual([undefined, false, true]);
});

const mount = () => ({ folder: "/b", inServices: true, onMachine: false });
const DEFAULTS = { executionId: "local-1", composeFileCode: "", timeoutSeconds: 60, gracefulTimeoutSeconds: 10 };
test("a start without fields has the defaults of the API", () => {
  expect(engineRun("local-1", {}, mount)).toEqual(DEFAULTS);
  expect([
    machineOf({}),
    fileNameOf({}),
    machineOf({ execution_type: "gpu.a100" }),
    fileNameOf({ file_name: "n" }),
  ]).toEqual(["cpu", null, "gpu.a100", "n"]);
});

const BASIC = { docker_registry_credential_type: "basic", docker_username: "u", docker_password: "p" };
test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ["times", { timeout: 5, graceful_timeout: 0 }, { timeoutSeconds: 5, gracefulTimeoutSeconds: 0 }],
  ["the bucket", { enable_s3_mount: true }, { bucket: mount() }],
  ["no bucket", { enable_s3_mount: false }, {}],
  ["a password", BASIC, { registryCredentials: { type: "basic", username: "u", password: "p" } }],
  ["half a password", { ...BASIC, docker_password: null }, {}],
  ["a password without a user", { ...BASIC, docker_username: null }, {}],
  ["a password of no type", { ...BASIC, docker_registry_credential_type: null }, {}],
  ["credentials of AWS", { docker_registry_credential_type: "aws" }, { registryCredentials: { type: "aws" } }],
])("the engine gets %s", (_what, body, expected) => {
  expect(engineRun("local-1", body, mount)).toEqual({ ...DEFAULTS, ...expected });
});

test("each machine has its price per second and per hour, and no other machine is known", () => {
  const { machine_types: types, count } = machineTypes();
  expect([count, types.map(({ hardware_profile: name }) => isMachine(name))]).toEqual([
    types.length,
    types.map(() => true),
  ]);
  expect(types.map(({ hardware_profile: name, price_per_hour: price }) => [name, price])).toEqual(
    prices().map(({ group_by: { hardware_profile: name }, unit_price_per_hour: price }) => [name, price]),
  );
  for (const { unit_price: second, unit_price_per_hour: hour } of prices())
    expect((second * 60 * 60) / hour).toBeCloseTo(1, 9);
  expect(isMachine("gpu")).toBe(false);
});

describe("the status words of an end, END_WORDS in engines/engine.ts,", () => {
  const read = (path: string) => readFileSync(join(__dirname, "../../..", path), "utf8");

  test.each(END_WORDS)("have a color in emulator/src/page/page.css: %s", (word) => {
    expect(read("emulator/src/page/page.css")).toMatch(new RegExp(`^\\.${word}(?:,| \\{)$`, "m"));
  });

  test("are the type of RunEnd in sdk/emulator/emulator.ts", () => {
    const type = END_WORDS.map((word) => `"${word}"`).join(" | ");
    expect(read("sdk/emulator/emulator.ts")).toContain(`  readonly status: ${type};`);
  });
});
