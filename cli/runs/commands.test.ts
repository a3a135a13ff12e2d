import { pathOf } from "../../provider/lyceum/operations";
import { type ReceivedRequest, startServer, type TestServer } from "../../provider/lyceum/testing/server";
import { runCommandLine } from "../run";
import { fakeSurface } from "../testing/surface";
import { momentIn } from "./run-options";

const ENDED = "7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90";
const ACTIVE = "8d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90";
const run = (execution_id: string, status: string, label: string) => ({
  execution_id,
  status,
  file_name: `abcdefghijklmnopqrsta1-${label}`,
  created_at: "2026-03-01T12:00:00Z",
});
const ACTIVE_RUNS = [run(ACTIVE, "running", "eval")];
const RUNS = [
  ...ACTIVE_RUNS,
  run(ENDED, "aborted", "train"),
  {
    ...run("r3", "failed", "prepare"),
    return_code: 3,
    errors: ['Service "load" exited with code 3.', "the disk is full"],
    billed: 0,
  },
  run("r4", "evicted", "$(touch x)"),
  run("r5", "completed", "twice"),
  { ...run("r6", "completed", "twice"), created_at: "2026-03-02T12:00:00Z" },
];
const LINES = [
  { message: "ready", timestamp: "2026-03-01T12:00:00Z", labels: { service: "web" } },
  { message: "ok", timestamp: "2026-03-01T12:00:01Z", labels: { service: "db" } },
];

let server: TestServer;
/** The number of lines that the fake Lyceum reports. */
let total = LINES.length;
/** A status and headers for all answers of a test. */
let altered: { readonly status: number; readonly headers: Readonly<Record<string, string>> } | undefined;
const before = { ...process.env };

/** Returns the answers of a fake Lyceum: two lists, records and lines. */
function answer(url: string): readonly [number, unknown] {
  const { pathname } = new URL(url, "http://service");
  if (pathname.endsWith(pathOf("listWorkloads"))) return [200, ACTIVE_RUNS];
  if (pathname.endsWith(pathOf("getBillingHistory"))) return [200, { executions: RUNS, total_executions: RUNS.length }];
  if (pathname.includes(pathOf("getExecutionLogs"))) return [200, { logs: LINES, total }];
  const found = RUNS.find(({ execution_id }) => pathname.endsWith(pathOf("getExecution", execution_id)));
  return found === undefined ? [404, { detail: "unknown" }] : [200, found];
}

beforeAll(async () => {
  server = await startServer();
  server.answerWith((response, request) => {
    const [status, body] = answer(request.url);
    response
      .writeHead(altered?.status ?? status, { "content-type": "application/json", ...altered?.headers })
      .end(JSON.stringify(body));
  });
  process.env.LYCEUM_BASE_URL = server.url;
  process.env.LYCEUM_API_KEY = "lk_for_this_test";
});

afterAll(async () => {
  process.env = before;
  await server.close();
});

async function command(...args: readonly string[]) {
  const surface = fakeSurface({});
  const from = server.received.length;
  const code = await runCommandLine(args, surface);
  const requests: readonly ReceivedRequest[] = server.received.slice(from);
  return { code, out: surface.output.join("\n"), complaints: surface.complaints.join("\n"), requests };
}

describe("list --status", () => {
  test.each([
    ["failed", "r3"],
    ["ABORTED", ENDED],
    // A status word that this version does not know, because Lyceum may add words.
    ["evicted", "r4"],
  ])("%s, which no active run has, is searched in all runs", async (status, id) => {
    const { code, out } = await command("list", "--status", status);
    expect([code, out.split("\n").slice(1).join("\n")]).toEqual([0, expect.stringMatching(new RegExp(`^${id} `))]);
  });

  test("running only lists the active runs", async () => {
    const { out, requests } = await command("list", "--status", "running");
    expect(out).toContain(ACTIVE);
    expect(requests.map(({ url }) => url)).toEqual([expect.stringMatching(/\/workloads\/list/)]);
  });

  test("of an unknown status is refused, and names the statuses of the runs", async () => {
    const { code, complaints } = await command("list", "--status", "faild");
    expect(code).toBe(2);
    expect(complaints).toMatch(
      /^No run has the status faild; did you mean failed\? The known ones are pending, starting, /,
    );
    const { complaints: without } = await command("list", "--status", "nonsense");
    expect(without).toMatch(/^No run has the status nonsense\. The known ones are pending, /);
  });

  test("of a known status without runs is not an error", async () => {
    expect(await command("list", "--status", "timeout")).toMatchObject({ code: 0, complaints: "No runs." });
  });
});

describe("abort of a run that has ended", () => {
  test.each([ENDED, "train"])("%s shows how it ended, and aborts nothing", async (named) => {
    const { code, out, complaints, requests } = await command("abort", named);
    const line = `Run ${ENDED} has already ended (aborted). Nothing was aborted.`;
    expect([code, out, complaints]).toEqual([0, line, ""]);
    expect(requests.filter(({ method }) => method !== "GET")).toEqual([]);
    const json = JSON.parse((await command("abort", named, "--json")).out);
    expect(json).toEqual({ executionId: ENDED, status: "aborted", ended: true });
  });
});

test.each([["show"], ["report"], ["logs"]])(
  "%s of a label of several runs says which of them it shows",
  async (name) => {
    const { code, complaints } = await command(name, "twice");
    expect([code, complaints]).toEqual([0, "Run r6 (completed), the newest of 2 runs with this label"]);
    expect((await command(name, "prepare")).complaints).not.toContain("newest");
  },
);

test("show has each fact once, and the unit of the cost", async () => {
  const { out } = await command("show", "r3");
  expect(out).toMatch(/^failed {3}service load with exit code 3$/m);
  expect(out.match(/^error .*$/gm)).toEqual(["error    the disk is full"]);
  expect(out).toMatch(/^cost {5}0\.00 in the currency of the account$/m);
  expect(out).not.toContain("phases");
});

test.each([
  ["a refusal of Lyceum is an error with its code", 401, {}, [2, /^LYC\d{4}: /]],
  ["runs of an emulator are called simulated", 200, { "x-lyceum-emulator": "simulated" }, [0, /simulated/i]],
  ["runs of Lyceum are not", 200, {}, [0, /^$/]],
])("list: %s", async (_title, status, headers, [code, complaints]) => {
  altered = { status, headers };
  const done = await command("list");
  altered = undefined;
  expect([done.code, done.complaints]).toEqual([code, expect.stringMatching(complaints as RegExp)]);
});

test("an unknown run is an error that is not about options", async () => {
  for (const name of ["show", "abort", "logs"]) {
    const { code, complaints } = await command(name, "nope");
    expect([code, complaints]).toEqual([2, expect.stringMatching(/^No run has the id or the label nope\. /)]);
    expect(complaints).not.toContain("--help");
  }
  expect((await command("show", "--nope")).complaints).toContain("--help");
});

test.each([
  ["logs", /^RUN is missing: give/],
  ["report", /^RUN is missing: name runs/],
  ["abort", /^RUN is missing: give/],
])("%s without a run is refused before anything is read", async (name, message) => {
  const { code, complaints, requests } = await command(name);
  expect([code, complaints, requests]).toEqual([2, expect.stringMatching(message), []]);
});

test.each([[["--all", "train"]], [["--all", "--stack", "dev"]]])(
  "abort %j is refused before anything is read",
  async (words) => {
    const { code, complaints, requests } = await command("abort", ...words);
    expect([code, requests]).toEqual([2, []]);
    expect(complaints).toContain("--all aborts all active runs of the account: give neither RUN nor --stack.");
  },
);

test("logs of a service without lines name the services with lines", async () => {
  expect(await command("logs", "eval", "--service", "wbe")).toMatchObject({
    code: 0,
    out: "",
    complaints: expect.stringMatching(/No line is of the service wbe\. There are lines of db, web\.$/),
  });
  expect((await command("logs", "eval", "--service", "web")).complaints).not.toContain("No line");
});

test.each([
  ["all of them", [], 2, "", "web  | ready\ndb   | ok"],
  ["all of them without their services", ["--no-prefix"], 2, "", "ready\nok"],
  ["all of them with times", ["--no-prefix", "-t"], 2, "", "2026-03-01T12:00:00Z ready\n2026-03-01T12:00:01Z ok"],
  [
    "fewer than the run has written",
    [],
    7,
    "The run has written 7 lines. Lyceum gave only 2 of them, so some are missing above.",
    "web  | ready\ndb   | ok",
  ],
  ["as few as the user asked for", ["--tail", "1"], 7, "", "db  | ok"],
])("logs that prints %s says so", async (_title, options, written, complaint, lines) => {
  total = written;
  const { code, out, complaints } = await command("logs", ENDED, ...options);
  total = LINES.length;
  expect([code, complaints, out]).toEqual([0, complaint, lines]);
});

test.each(["x.pdf", "report.markdown", "a/b.txt"])("report -o %s is refused before anything is read", async (file) => {
  const { code, complaints, requests } = await command("report", "eval", "-o", file);
  expect([code, requests]).toEqual([2, []]);
  expect(complaints).toContain(`A report is HTML or Markdown: end ${file} in .html or .md, or add --format.`);
});

test.each([
  ["90s", "2026-03-01T11:58:30.000Z"],
  ["2h", "2026-03-01T10:00:00.000Z"],
  ["1d12h", "2026-02-28T00:00:00.000Z"],
  ["999999d", "1970-01-01T00:00:00.000Z"],
  ["2026-03-01T01:00:00Z", "2026-03-01T01:00:00.000Z"],
])("--since %s is the time %s", (text, moment) => {
  const now = Date.parse("2026-03-01T12:00:00Z");
  expect(new Date(momentIn("since", text, now)).toISOString()).toBe(moment);
});

test.each(["2", "h", "2 h", "-2h", "2w", "yesterday", "2026", `${"1h".repeat(50)}`])(
  "--since %s is refused",
  (text) => {
    expect(() => momentIn("since", text)).toThrow(/^--since takes a time such as 2h/);
  },
);
