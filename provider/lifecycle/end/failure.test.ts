import type { LyceumPort } from "../../lyceum/port";
import { redactorFor } from "../process/known-secrets";
import { recordedRun } from "../testing/maps";
import { modelError } from "../testing/model-service";
import { createVirtualClock } from "../testing/virtual-clock";
import { someInputs } from "../testing/world";
import { failureReason, readEndRecord, withEndRecord } from "./failure";

function contextOf(client: LyceumPort, inputs = someInputs()): Parameters<typeof failureReason>[0] {
  return { client, clock: createVirtualClock(), redactorFor: (run) => redactorFor(inputs, run) };
}

/** Returns the reason of a run that failed with this exit code, these errors and these output lines. */
function reasonFor(returnCode: number, errors: readonly string[], log: readonly string[] = [], inputs = someInputs()) {
  const client = { logsTail: async () => log.map((message) => ({ message })) } as unknown as LyceumPort;
  const outputs = recordedRun("run-1", { status: "failed", returnCode });
  return failureReason(contextOf(client, inputs), inputs, outputs, { status: "failed", errors });
}

test("each cut of the output leaves no half of a secret", async () => {
  const secret = "variable-canary-0123456789";
  const inputs = someInputs({ variables: { PASSWORD: secret }, $secrets: ["variables.PASSWORD"] });
  for (let before = 8192 - secret.length; before <= 8192; before += 5) {
    expect(await reasonFor(3, [], [`${"x".repeat(before)}${secret}`], inputs)).not.toMatch(/canar|0123/);
  }
});

test("neither what the service reports nor the name of a failed service shows a secret", async () => {
  const secret = "variable-canary-0123456789";
  const inputs = someInputs({ variables: { PASSWORD: secret }, $secrets: ["variables.PASSWORD"] });
  const errors = [`service "${secret}" exited with code 3`, `no route to ${secret}`];
  const reason = await reasonFor(3, errors, [], inputs);
  expect(reason).not.toContain("canary");
  expect(reason).toContain('service "[redacted]" exited with code 3');
  expect(reason).toContain("The service reports: no route to [redacted]");
});

test("failureOutput false leaves the lines out", async () => {
  expect(await reasonFor(3, [], ["cannot open input"])).toContain("cannot open input");
  expect(await reasonFor(3, [], ["cannot open input"], someInputs({ failureOutput: false }))).not.toContain("cannot");
});

test.each([
  [126, "its command cannot be run"],
  [127, "its command is not in the image"],
  [137, "killed: often out of memory, or the grace period ended"],
  [139, "it crashed: it used memory"],
  [143, "ended by SIGTERM"],
])("the meaning of exit code %i is shown after the code, once", async (code, meaning) => {
  const named = await reasonFor(code, [`service "db" exited with code ${code}`]);
  expect(named).toContain(`failed with exit code ${code}: service "db" exited with code ${code} (${meaning}`);
  const unnamed = await reasonFor(code, []);
  expect(unnamed).toContain(`failed with exit code ${code} (${meaning}`);
  for (const text of [named, unnamed]) expect(text.split(meaning)).toHaveLength(2);
});

test("a later record without a failed service does not remove the known failed service", async () => {
  const asked: unknown[] = [];
  const client = {
    logsTail: async (_id: string, _lines: number, options: object) => {
      asked.push(options);
      return [];
    },
  } as unknown as LyceumPort;
  const context = contextOf(client);
  const known = { status: "failed", returnCode: 3, failedService: "web" };
  const reason = (more: object) =>
    failureReason(context, someInputs(), recordedRun("run-1", { ...known, ...more }), { status: "failed", errors: [] });
  expect(await reason({ services: { web: 3 } })).toContain(
    'failed with exit code 3: service "web" exited with code 3. ',
  );
  expect(await reason({})).toContain('failed with exit code 3: service "web" failed. ');
  expect(asked[0]).toMatchObject({ service: "web", record: { status: "failed", errors: [] } });
});

test("an exit code of the program itself has no explanation", async () => {
  expect(await reasonFor(3, [])).toMatch(/failed with exit code 3\. /);
});

test("two failed services are named in order, and not repeated below", async () => {
  const reason = await reasonFor(3, [
    'service "web" exited with code 0',
    'service "db" exited with code 3',
    'service "api" exited with code 137',
    'service "db" exited with code 9',
    "the disk is full",
    "the disk is full",
  ]);
  expect(reason.match(/the disk is full/g)).toHaveLength(1);
  expect(reason).toMatch(
    /^LYC3001: Run run-1 failed with exit code 3: service "db" exited with code 3, then service "api" exited with code 137 \(killed: [^)]*\)\. /,
  );
  expect(reason).toContain("The service reports: the disk is full");
  expect(reason.match(/"api" exited/g)).toHaveLength(1);
});

const ENDED = { status: "failed", returnCode: 3, endedAt: "2026-03-01T12:00:00Z", errors: [] };

test.each([
  ["is found", async () => ({ kind: "found", value: ENDED }), { record: ENDED, endUnread: false }],
  ["is missing", async () => ({ kind: "missing", error: modelError(404) }), { endUnread: false }],
  ["is refused", () => Promise.reject(modelError(403)), { endUnread: false }],
  ["cannot be read now", () => Promise.reject(modelError(500)), { endUnread: true }],
])("the record of an end that %s", async (_, record, expected) => {
  const client = { record } as unknown as LyceumPort;
  expect(await readEndRecord({ client, clock: createVirtualClock() }, "run-1")).toEqual(expected);
});

const known = { status: "failed" };

test.each([
  ["cannot be read now", known, { endUnread: true }, true],
  ["cannot be read now, again", { ...known, endUnread: true }, { endUnread: true }, true],
  ["is forgotten", { ...known, endUnread: true }, { endUnread: false }, undefined],
  ["shows the end", { ...known, endUnread: true }, { record: ENDED, endUnread: false }, undefined],
  ["shows no end yet", known, { record: { status: "running", errors: [] }, endUnread: false }, true],
  [
    "shows no end, again",
    { ...known, endUnread: true },
    { record: { status: "running", errors: [] }, endUnread: false },
    undefined,
  ],
  [
    "shows no end of a run whose end is known",
    { ...ENDED, errors: undefined },
    { record: { status: "running", errors: [] }, endUnread: false },
    undefined,
  ],
])("a record that %s is read again: %#", (_, outputs, read, again) => {
  expect(withEndRecord(recordedRun("run-1", outputs), read).endUnread).toBe(again);
});

test.each([
  [{ whenFailed: "rerun" }, {}, "The next `pulumi up` starts a new run."],
  [{ whenFailed: "rerun" }, { adopted: true }, "It was adopted by its id; remove `existingExecutionId` to start"],
  [{ whenFailed: "keep" }, { adopted: true }, 'It is kept, because whenFailed is "keep"; change `triggers`'],
  [{ whenFailed: "fail" }, {}, 'The next `pulumi up` stops too, because whenFailed is "fail"; change `triggers`'],
  [{ whenAborted: "rerun", whenFailed: "keep" }, { status: "aborted" }, "The next `pulumi up` starts a new run."],
  // The status word `completed` alone does not show that the run missed its desired state.
  [{ whenFailed: "keep" }, { status: "completed", returnCode: 0 }, 'It is kept, because whenFailed is "keep"'],
])("the next `up` with %j, for a run with %j: %s", async (policies, facts, text) => {
  const client = { logsTail: async () => [] } as unknown as LyceumPort;
  const outputs = recordedRun("run-1", { status: "failed", returnCode: 3, ...facts });
  const context = contextOf(client);
  expect(await failureReason(context, someInputs(policies), outputs, undefined)).toContain(text);
});

describe("the last lines", () => {
  type Line = { readonly message: string; readonly service?: string };
  const linesOf = async (logsTail: () => Promise<readonly Line[]>) => {
    const client = { logsTail } as unknown as LyceumPort;
    const outputs = recordedRun("run-1", { status: "failed", returnCode: 3 });
    const reason = await failureReason(contextOf(client), someInputs(), outputs, undefined);
    return reason
      .split("\n")
      .slice(1)
      .map((line) => line.trim());
  };
  const of = (...lines: readonly Line[]) => linesOf(async () => lines);

  test("of one service have its name above them, those of several before each", async () => {
    const [web, db] = [
      { message: "a", service: "web" },
      { message: "b", service: "db" },
    ];
    expect(await of(web, { message: " " }, { ...web, message: "c\r\nd" })).toEqual([
      "Last lines of its output:",
      "web | a",
      "web | c",
      "web | d",
    ]);
    expect(await of(web)).toEqual(['Last lines of service "web":', "a"]);
    expect(await of(web, db, { message: "x" })).toEqual(["Last lines of its output:", "web | a", "db | b", "x"]);
    expect(await of({ message: "x" })).toEqual(["Last lines of its output:", "x"]);
  });

  test("are left out if there are none or they cannot be read now; a refusal is named", async () => {
    expect(await of()).toEqual([]);
    expect(await linesOf(() => Promise.reject(modelError(500)))).toEqual([]);
    expect(await linesOf(() => Promise.reject(modelError(403)))).toEqual([
      expect.stringMatching(/^Its output could not be read: GET \S+ answered 403\.$/),
    ]);
  });

  test("have at most 20 lines and 2 KB, and the end of a longer line", async () => {
    const numbered = Array.from({ length: 30 }, (_, index) => ({ message: `line ${index}` }));
    expect((await of(...numbered)).slice(1)).toEqual(numbered.slice(10).map(({ message }) => message));
    const whole = { message: "x".repeat(2048) };
    expect((await of(whole))[1]).toBe(whole.message);
    expect((await of({ message: `${whole.message}x` }))[1]).toBe(`…${"x".repeat(512)}`);
    const half = { message: "y".repeat(1023) };
    expect((await of({ message: "z" }, half, half)).slice(1)).toEqual([half.message, half.message]);
    expect((await of({ message: "z" }, half, { message: "y".repeat(1021) })).slice(1)).toHaveLength(3);
    expect((await of({ message: "long line" }, { message: "y".repeat(2044) }))[1]).toBe("…");
    expect((await of({ message: "long line" }, { message: "y".repeat(2045) })).slice(1)).toHaveLength(1);
  });
});

test("a reported error has at most 2 KB", async () => {
  const shown = async (length: number) => (await reasonFor(3, ["e".repeat(length)])).split("\n")[1]?.trim();
  expect(await shown(2048)).toBe(`The service reports: ${"e".repeat(2048)}`);
  expect(await shown(2049)).toBe(`The service reports: ${"e".repeat(2047)}…`);
});
