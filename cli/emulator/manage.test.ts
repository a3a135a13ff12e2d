import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownerText, processesHere } from "../../emulator/src/store/owner";
import { json, startServer, type TestServer, text } from "../../provider/lyceum/testing/server";
import { fakeSurface } from "../testing/surface";
import { type Announced, announce, announcementFolder } from "./announced";
import { printEnvironment, printStatus, stopEmulators, untilReady, waitForEmulator } from "./manage";
import { readEmulatorOptions } from "./options";

let folder = "";
const before = process.env;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-manage-"));
  process.env = { ...before, XDG_CACHE_HOME: folder };
});
afterEach(() => {
  process.env = before;
  rmSync(folder, { recursive: true });
});

const { own, startOf } = processesHere();
/** Publishes an emulator at a port. Its process is this one, or the parent of this one. */
function running(port: number, engine: string, pid = process.pid): void {
  const owner = ownerText({ ...own, pid, started: startOf(pid) ?? "" });
  const url = `http://127.0.0.1:${port}/api`;
  const data = `/data/${port}`;
  announce(
    { url, apiKey: "lk_local_1", engine, control: "c", page: "p", pid, owner, data, readyAt: port } as Announced,
    announcementFolder(),
  );
}
const both = () => {
  running(1, "docker");
  running(2, "simulated", process.ppid);
};

/** Runs `emulator` with these words, with one of the functions of this module. */
async function ran(run: typeof stopEmulators | typeof printStatus, words: string) {
  const surface = fakeSurface({});
  const code = await run(readEmulatorOptions(words.split(" ").filter(Boolean), {}), surface);
  return { code, output: surface.output.join("\n"), complaints: surface.complaints.join("\n") };
}

const NONE = "No emulator of this user is running.";
const DOCKER = `port 1  docker  process ${process.pid}  since 1970-01-01T00:00:00.001Z  /data/1`;
const SIMULATED = `port 2  SIMULATED  process ${process.ppid}  since 1970-01-01T00:00:00.002Z  /data/2`;

test.each<[string, () => void, string, object]>([
  ["no emulator", () => undefined, "", { code: 1, output: "", complaints: NONE }],
  ["two emulators, the latest first", both, "", { code: 0, output: `${SIMULATED}\n${DOCKER}`, complaints: "" }],
  ["the emulator at a port", both, " --port 1", { code: 0, output: DOCKER, complaints: "" }],
  ["no emulator at a port", both, " --port 3", { code: 1, output: "", complaints: NONE }],
])("`emulator status` shows %s", async (_what, start, words, expected) => {
  start();
  expect(await ran(printStatus, `status${words}`)).toEqual(expected);
});

test("`emulator status --json` shows no key", async () => {
  running(1, "docker");
  const { code, output } = await ran(printStatus, "status --json");
  expect([code, JSON.parse(output)]).toEqual([
    0,
    [expect.objectContaining({ url: "http://127.0.0.1:1/api", engine: "docker", data: "/data/1" })],
  ]);
  expect(output).not.toContain("lk_local");
});

test.each<[string, () => void, string, RegExp]>([
  ["there is none", () => undefined, "", /^No emulator of this user is running\.$/],
  ["there is none at the port", both, " --port 3", /^No emulator is running at port 3\.$/],
  ["there are several, without --all", both, "", /^Several emulators are running\. Name one .*:\nport 2 .*\nport 1 /],
])("`emulator stop` ends nothing if %s", async (_what, start, words, complaints) => {
  start();
  const found = await ran(stopEmulators, `stop${words}`);
  expect(found).toMatchObject({ code: 1, output: "" });
  expect(found.complaints).toMatch(complaints);
});

test.each<[string, string, number, RegExp, RegExp]>([
  [
    "the latest emulator",
    "",
    0,
    /^export LYCEUM_BASE_URL=http:\/\/127\.0\.0\.1:2\/api\nexport LYCEUM_API_KEY=lk_local_1$/,
    /^$/,
  ],
  ["the emulator at a port", " --port 1", 0, /127\.0\.0\.1:1\/api/, /^$/],
  [
    "an emulator for a forge, which is ready",
    " --wait --format dotenv",
    0,
    /^LYCEUM_BASE_URL=http:\/\/127\.0\.0\.1:2/,
    /^$/,
  ],
  ["no emulator", " --port 3", 1, /no-emulator-is-running/, /^No emulator of this user is running at port 3\. /],
])("`emulator --env` prints the variables for %s", async (_what, words, code, output, complaints) => {
  both();
  const found = await ran(printEnvironment, `--env${words}`);
  expect(found.code).toBe(code);
  expect(found.output).toMatch(output);
  expect(found.complaints).toMatch(complaints);
});

test("`emulator --env` without an emulator says which ones it cannot find", async () => {
  expect((await ran(printEnvironment, "--env")).complaints).toMatch(/running that `--env` can find \(.* --json\)\. /);
});

test("`emulator --wait` ends at once if the emulator is ready", async () => {
  running(1, "docker");
  expect(await ran(waitForEmulator, "--wait")).toEqual({ code: 0, output: "", complaints: "" });
});

test("an emulator that was just started is found by its process", async () => {
  both();
  expect(await untilReady(undefined, () => false, process.pid)).toMatchObject({ url: "http://127.0.0.1:1/api" });
  expect(await untilReady(3, () => true)).toBeUndefined();
});

describe("`emulator --wait --url`", () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.close());

  test.each([
    ["ends if an emulator answers", text(200, "", { "x-lyceum-emulator": "docker" }), 0, /^$/],
    [
      "ends with the reason if the emulator refuses the host",
      json(403, { detail: "Add --allow-host." }),
      1,
      /answered 403: Add --allow-host\.$/,
    ],
  ])("%s", async (_what, answer, code, complaints) => {
    server.answerWith(answer);
    const found = await ran(waitForEmulator, `--wait --url ${server.url}`);
    expect(found.code).toBe(code);
    expect(found.complaints).toMatch(complaints);
    expect(server.received.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ["/api/v2/external/health/ping", undefined],
    ]);
  });

  test("refuses a URL that is not valid", async () => {
    expect(await ran(waitForEmulator, "--wait --url ftp://a")).toMatchObject({
      code: 2,
      complaints: expect.stringMatching(/--url/),
    });
  });
});
