import fc from "fast-check";
import { createRedactor } from "../../secrets";
import { readFailureBody } from "../http/failure-body";
import { parseAborted, parseErrors, parseMachines, parseOlderStatus, parseRecord, parseStarted } from "./parse";
import { parseExecutionPage } from "./parse-list";
import { parseLogs } from "./parse-logs";

const SECRET = "canary-secret";
const redact = createRedactor([SECRET]);

describe("the answer of a start", () => {
  test.each([
    ["as documented", { execution_id: "e-1", status: "pending", streaming_url: "u" }, ["e-1", "pending", "u"]],
    ["with a number for an id", { execution_id: 17, status: "pending" }, ["17", "pending", ""]],
    ["with the id next to data", { execution_id: "e-1", status: "s", data: { status: "ok" } }, ["e-1", "s", ""]],
    ["with the id under data, alone", { status: "ok", data: { id: "e-1" } }, ["e-1", "unknown", ""]],
    ["with an id alone", { execution_id: " e-1 ", status: null, streaming_url: 3 }, ["e-1", "unknown", ""]],
  ])("is read: %s", (_name, body, [executionId, status, streamingUrl]) => {
    expect(parseStarted(body)).toEqual({ executionId, status, streamingUrl });
  });

  test.each<[unknown]>([
    [{}],
    [{ execution_id: "" }],
    [{ execution_id: null }],
    [{ execution_id: ["e"] }],
    // JSON parsing changes the digits of such a large number, so the result might be the id of another run.
    [JSON.parse('{"execution_id": 12345678901234567890}')],
    [{ execution_id: 1.5 }],
    [[{ execution_id: "e" }]],
    ["e"],
    [null],
    [undefined],
  ])("without a usable id, it is not an answer of a start: %j", (body) => expect(parseStarted(body)).toBeUndefined());
});

describe("a record", () => {
  test("keeps its known keys in one form and drops the others", () => {
    const record = parseRecord(
      {
        execution_id: "e-1",
        status: "Some New Word",
        return_code: "0",
        errors: `pull failed for ${SECRET}`,
        errors_docker: [{ message: "no such image" }, 3, null],
        system_errors: ["node lost"],
        job_start: "2030-01-01T00:00:00Z",
        finish_time: "2030-01-01T00:01:00Z",
        created_at: null,
        hardware_profile: "gpu.a100",
        stdout: "one\n",
        stderr: `two ${SECRET}`,
        compose_file_code: SECRET,
        docker_password: SECRET,
      },
      redact,
    );
    expect(record).toEqual({
      executionId: "e-1",
      status: "Some New Word",
      returnCode: 0,
      errors: ["pull failed for [redacted]", "no such image", "node lost"],
      startedAt: "2030-01-01T00:00:00Z",
      endedAt: "2030-01-01T00:01:00Z",
      hardwareProfile: "gpu.a100",
      output: "one\ntwo [redacted]\n",
    });
  });

  test("with an id or an end but without a status has an unknown status", () => {
    expect(parseRecord({ execution_id: "e-1" }, redact)).toMatchObject({ executionId: "e-1", status: "unknown" });
    expect(parseRecord({ return_code: 0, end_time: "2030-01-01T00:01:00" }, redact)).toMatchObject({
      status: "unknown",
      returnCode: 0,
      endedAt: "2030-01-01T00:01:00Z",
    });
  });

  test("may be under the key data or execution", () => {
    expect(parseRecord({ data: { id: "e-1", status: "Running" } }, redact)?.status).toBe("Running");
    expect(parseRecord({ execution: { status: "failed", exit_code: 3 } }, redact)?.returnCode).toBe(3);
  });

  test.each([[{}], [{ status: "" }], [{ status: 5 }], [[]], [null], ["running"]])(
    "without a status, an id or an end is none: %j",
    (body) => expect(parseRecord(body, redact)).toBeUndefined(),
  );

  test.each([
    [3, 3],
    ["137", 137],
    ["-1", -1],
    [" 2 ", 2],
    [null, undefined],
    ["", undefined],
    ["zero", undefined],
    [true, undefined],
    [1.5, undefined],
    ["1e3", undefined],
  ])("with return_code %j has the exit code %j", (code, expected) => {
    expect(parseRecord({ status: "s", return_code: code }, redact)?.returnCode).toBe(expected);
  });

  test("keeps the last 64 KB of output, and no half of a secret at the cut", () => {
    const line = `${"x".repeat(100)}${SECRET}\n`;
    const output = parseRecord({ status: "s", combined_output: line.repeat(2000) }, redact)?.output ?? "";
    expect(output.length).toBeLessThanOrEqual(64 * 1024);
    expect(output.length).toBeGreaterThan(50 * 1024);
    expect(output).not.toMatch(/canary|secret/);
  });

  test.each([0, 3, 9])(
    "whose output is cut before it is redacted has no half of a secret in its first line: cut moved by %d",
    (shift) => {
      // Redaction makes this text so short that everything else in it fits without a cut.
      const count = Math.floor((1088 * 1024) / SECRET.length) + 2;
      const secrets = SECRET.repeat(count);
      const output = (end: string) => parseRecord({ status: "s", combined_output: `${secrets}${end}` }, redact)?.output;
      const end = "y".repeat(shift);
      expect(output(`\n${end}`)).toBe(end);
      expect(output(end)).toBe("");
      const longest = SECRET.repeat(count - 2);
      const rest = "y".repeat(1088 * 1024 - longest.length);
      expect(parseRecord({ status: "s", combined_output: `${longest}${rest}` }, redact)?.output).toBe(
        `[redacted]${rest}`,
      );
    },
  );

  test("whose output is cut within its only line has no half of a secret", () => {
    // Cuts the text at each position before, in and after the secret.
    for (let shift = 0; shift < 113; shift += 1) {
      const endless = `${"x".repeat(100)}${SECRET}`.repeat(600) + "x".repeat(shift);
      const output = parseRecord({ status: "s", combined_output: endless }, redact)?.output ?? "";
      expect(output).not.toMatch(/ecret|canar/);
    }
  });

  test("does not read inherited properties", () => {
    expect(parseRecord(JSON.parse('{"status":"s","__proto__":{"file_name":"x"}}'), redact)).toEqual({
      status: "s",
      errors: [],
    });
  });
});

test.each([
  [0, 0],
  [1.5, 1.5],
  [-1, undefined],
  ["x", undefined],
])("the bill %j of a record is %j", (billed, cost) => {
  expect(parseRecord({ status: "s", billed }, redact)?.cost).toBe(cost);
});

test.each([
  ["JSON", { status: "aborted", message: SECRET }, "", { status: "aborted", message: "[redacted]" }],
  ["an empty body", undefined, " \n", {}],
  ["a page", undefined, "<html>", undefined],
  ["JSON, which has a text too", {}, "{}", {}],
])("the answer of an abort may be %s", (_, body, text, expected) => {
  expect(parseAborted(body, redact, text)).toEqual(expected);
});

test("an output of 64 KB is kept whole, and a longer output is cut at the beginning of a line", () => {
  const output = (text: string) => parseRecord({ status: "s", combined_output: text }, redact)?.output;
  const whole = `first\n${"x".repeat(64 * 1024 - 6)}`;
  expect(output(whole)).toBe(whole);
  expect(output(`0${whole}`)).toBe(whole.slice(6));
  const longest = "y".repeat(64 * 1024);
  expect(output(`0\n${longest}`)).toBe(longest);
});

test("the older status needs a status", () => {
  expect(parseOlderStatus({ errors: "e" }, redact)).toBeUndefined();
  expect(parseOlderStatus({ data: { status: "failed", errors: "e" } }, redact)).toEqual({
    status: "failed",
    errors: ["e"],
  });
});

test("machines come from either call", () => {
  expect(parseMachines({ machines: [] })).toBeUndefined();
  expect(parseMachines({ available_hardware_profiles: ["cpu", 3, "gpu.a100"] })).toEqual([
    { hardwareProfile: "cpu" },
    { hardwareProfile: "gpu.a100" },
  ]);
  expect(parseMachines({ machine_types: [{ hardware_profile: "cpu", price_per_hour: null }, {}] })).toEqual([
    { hardwareProfile: "cpu" },
  ]);
});

test("words, times, names and addresses of an answer hold no control sequence of a terminal or pipeline", () => {
  const bad = "\u001b[2J\u009b31m::error::x\u202e\r##[error]";
  const run = {
    status: bad,
    file_name: bad,
    hardware_profile: bad,
    created_at: bad,
    start_time: bad,
    streaming_url: bad,
  };
  const shown = [
    parseRecord(run, redact),
    parseStarted({ ...run, execution_id: "e-1" }),
    parseOlderStatus(run, redact),
    parseExecutionPage([{ ...run, execution_id: "e-1" }]),
    parseLogs([{ message: "m", labels: { service: bad } }], redact),
  ];
  for (const answer of shown) {
    expect(answer).toBeDefined();
    for (const text of Object.values((answer as { lines?: object[] })?.lines?.[0] ?? answer ?? {})) {
      expect(JSON.stringify(text)).not.toMatch(/\\u00|\\r|[\u0080-\u009f\u202e]|":error|"::|##\[/);
    }
  }
  for (const id of ["e\u001b[2J", "e\u202e", "e\n1", "e\u009b1m"]) {
    expect(parseStarted({ execution_id: id, status: "running" })).toBeUndefined();
  }
});

test("no reader throws on any JSON", () => {
  const keys = [
    "execution_id",
    "status",
    "errors",
    "detail",
    "loc",
    "msg",
    "logs",
    "timestamp",
    "message",
    "executions",
  ];
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(null, true, 0, -1.5, 1e21, "", "x", "0", "2030-01-01T00:00:00Z", "__proto__"),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...keys), tie("value"), { maxKeys: 4 }),
      fc.jsonValue(),
    ),
  })).value;
  const readers: ((value: unknown) => unknown)[] = [
    parseStarted,
    (value) => parseRecord(value, redact),
    (value) => parseOlderStatus(value, redact),
    (value) => parseAborted(value, redact),
    parseExecutionPage,
    parseMachines,
    (value) => parseErrors(value, redact),
    (value) => parseLogs(value, redact),
    (value) => readFailureBody(JSON.stringify(value), redact),
  ];
  fc.assert(
    fc.property(json, (value) => {
      for (const read of readers) expect(() => read(value)).not.toThrow();
      expect(parseStarted(value)?.executionId).not.toBe("");
    }),
    { numRuns: 1000 },
  );
  fc.assert(fc.property(fc.string(), (body) => expect(() => readFailureBody(body, redact)).not.toThrow()));
});

test("an id that cannot stand in a path is not read as an id", () => {
  for (const execution_id of [".", "..", " .. ", "x".repeat(513), "half \ud800 a pair"]) {
    expect(parseStarted({ execution_id, status: "pending", streaming_url: "u" })).toBeUndefined();
    expect(
      parseExecutionPage([
        { execution_id, status: "running" },
        { execution_id: "a", status: "running" },
      ]),
    ).toMatchObject({ executions: [{ executionId: "a" }], unreadable: 1 });
  }
});

test("recorded words and times are cut to a bound", () => {
  const long = "x".repeat(1_000_000);
  const started = parseStarted({ execution_id: "a", status: long, streaming_url: long });
  expect(started).toEqual({ executionId: "a", status: "x".repeat(200), streamingUrl: "" });
  const url = "u".repeat(4096);
  expect(parseStarted({ execution_id: "a", streaming_url: url })?.streamingUrl).toBe(url);
  expect(parseStarted({ execution_id: "a", streaming_url: `${url}u` })?.streamingUrl).toBe("");
  const record = parseRecord({ status: long, created_at: long, hardware_profile: long }, (text) => text);
  expect(JSON.stringify(record).length).toBeLessThan(1000);
  const longer = long.slice(0, 10_000);
  expect(parseErrors(Array(51).fill(longer), redact)).toEqual(Array(50).fill(longer.slice(0, 2048)));
  expect(parseAborted({ message: long }, redact)?.message).toHaveLength(2048);
});
