import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownerText, processesHere } from "../../emulator/src/store/owner";
import { resolveConfiguration } from "../../provider/lyceum/configuration/configuration";
import { fakeSurface } from "../testing/surface";
import {
  type Announced,
  allAnnounced,
  announce,
  announced,
  announcementFolder,
  EXPORTS_WITHOUT_EMULATOR,
  exportsOf,
} from "./announced";
import { detach } from "./detach";
import { lineOf } from "./emulator";
import { hideSecrets } from "./hide-secrets";
import { readEmulatorOptions } from "./options";

const DEFAULTS = {
  action: "serve",
  port: undefined,
  host: undefined,
  allowedHosts: [],
  apiKey: undefined,
  engine: undefined,
  data: undefined,
  temporary: false,
  parent: undefined,
  detach: false,
  json: false,
  format: "shell",
  wait: false,
  url: undefined,
  all: false,
};

test.each<[string, object]>([
  ["", {}],
  [
    "--port 0 --api-key lk_local_a --engine simulated --data d --json --parent 7 --detach",
    { port: 0, apiKey: "lk_local_a", engine: "simulated", data: "d", json: true, parent: 7, detach: true },
  ],
  ["--temporary", { temporary: true }],
  [
    "--host 0.0.0.0 --allow-host emulator --allow-host [FD00::1]",
    { host: "0.0.0.0", allowedHosts: ["emulator", "[fd00::1]"] },
  ],
  ["--wait --url http://emulator:4010", { action: "wait", wait: true, url: "http://emulator:4010" }],
  ["--env --port 1 --format dotenv --wait", { action: "env", port: 1, format: "dotenv", wait: true }],
  ["--wait --port 1", { action: "wait", port: 1, wait: true }],
  ["stop --all", { action: "stop", all: true }],
  ["status --json --port 1", { action: "status", json: true, port: 1 }],
  ["clean", { action: "clean" }],
])("every option of `emulator %s` is read", (line, expected) => {
  expect(readEmulatorOptions(line.split(" ").filter(Boolean), {})).toEqual({ ...DEFAULTS, ...expected });
});

test.each([
  ["", "lk_local_variable", "lk_local_variable"],
  ["--api-key lk_local_option", "lk_local_variable", "lk_local_option"],
  ["", "", undefined],
  ["status", "lk_account", undefined],
])("the key of `emulator %s` with LYCEUM_EMULATOR_API_KEY=%s is %s", (line, variable, apiKey) => {
  const environment = { LYCEUM_EMULATOR_API_KEY: variable };
  expect(readEmulatorOptions(line.split(" ").filter(Boolean), environment).apiKey).toBe(apiKey);
});

test("a key of an account in LYCEUM_EMULATOR_API_KEY is refused, and not shown", () => {
  const refused = () => readEmulatorOptions([], { LYCEUM_EMULATOR_API_KEY: "lk_account" });
  expect(refused).toThrow("LYCEUM_EMULATOR_API_KEY must begin with lk_local_");
  expect(refused).not.toThrow("lk_account");
});

test.each([
  ["--port 70000", /--port must be/],
  ["--api-key lk_secret", /--api-key must begin with lk_local_/],
  ["--api-key=", /--api-key must begin with lk_local_/],
  ["--host emulator", /--host must be an address/],
  ["--allow-host emulator:4010", /--allow-host must be a host name without a port/],
  ["--wait --url http://a --port 1", /--url and --port exclude each other/],
  ["--env --allow-host a", /--allow-host does not go with --env/],
  ["--engine podman", /--engine must be docker or simulated/],
  ["--data=", /--data must name a folder/],
  ["--data d --temporary", /--data and --temporary exclude each other/],
  ["--parent x", /--parent must be the id of a process/],
  ["--env --format yaml", /--format must be shell or dotenv/],
  ["--env --engine docker", /--engine does not go with --env/],
  ["--format dotenv", /--format does not go with an emulator that starts/],
  ["stop --json", /--json does not go with `emulator stop`/],
  ["--sped 3", /--sped/],
  ["stray", /Unknown word `stray`: emulator takes stop, status or clean/],
  ["stop stray", /Unknown word `stray`/],
])("%s is refused in one line", (line, reason) => {
  const refused = (): unknown => readEmulatorOptions(line.split(" "));
  expect(refused).toThrow(reason);
  expect(refused).not.toThrow("\n");
});

describe("the emulator that runs here", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "announced-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const { own, startOf } = processesHere();
  const ready: Announced = {
    url: "http://127.0.0.1:1/api",
    apiKey: "lk_local_1",
    engine: "simulated",
    control: "c",
    page: "p",
    pid: process.pid,
    owner: ownerText(own),
    data: "d",
    readyAt: 1,
  };
  const parent = {
    pid: process.ppid,
    owner: ownerText({ ...own, pid: process.ppid, started: startOf(process.ppid) ?? "" }),
  };
  const ended = { ...ready, pid: 2 ** 30, owner: ownerText({ ...own, pid: 2 ** 30 }), readyAt: 9 };

  test("is found by its file until it ends, and only its owner may read the file", () => {
    const published = announcementFolder({ XDG_CACHE_HOME: folder });
    expect(announced(published)).toBeUndefined();
    const takeBack = announce(ready, published);
    expect(announced(published)).toEqual(ready);
    const [file = ""] = readdirSync(published);
    expect((statSync(join(published, file)).mode & 0o777).toString(8)).toBe("600");
    takeBack();
    expect(announced(published)).toBeUndefined();
  });

  test("is not the emulator of another container that shares the home folder and has the same pid", () => {
    const [here, there] = ["a", "b"].map((machine) => announcementFolder({ XDG_CACHE_HOME: folder }, machine));
    const other = { ...ready, url: "http://127.0.0.1:2/api" };
    announce(ready, here ?? "");
    announce(other, there ?? "");
    expect([announced(here ?? ""), announced(there ?? "")]).toEqual([ready, other]);
  });

  test("is the emulator that was started last, or else the emulator that was started before it", () => {
    const second = { ...ready, ...parent, readyAt: 2 };
    announce(ready, folder);
    const takeBack = announce(second, folder);
    expect(announced(folder)).toEqual(second);
    takeBack();
    expect(announced(folder)).toEqual(ready);
  });

  test("is not an emulator whose process id now belongs to another process", () => {
    announce({ ...ready, owner: ownerText({ ...own, started: "1" }) }, folder);
    expect(announced(folder)).toBeUndefined();
  });

  test("is found by its port", () => {
    const second = { ...ready, ...parent, url: "http://127.0.0.1:2/api", readyAt: 2 };
    announce(ready, folder);
    announce(second, folder);
    expect([announced(folder), announced(folder, 1), announced(folder, 2), announced(folder, 3)]).toEqual([
      second,
      ready,
      second,
      undefined,
    ]);
    expect(allAnnounced(folder)).toEqual([second, ready]);
  });

  test("is not an emulator whose process was killed, and the next emulator removes the file of this one", () => {
    announce(ended, folder);
    writeFileSync(join(folder, "1.json"), "{");
    expect(announced(folder)).toBeUndefined();
    announce(ready, folder);
    expect([announced(folder), readdirSync(folder)]).toEqual([ready, [`${process.pid}.json`]]);
  });

  test("if there is none, the next command of the shell fails, and reaches no account", () => {
    const script = `export LYCEUM_BASE_URL=https://a.example LYCEUM_API_KEY=lk_a; eval "$1" || echo failed; env`;
    const printed = execFileSync("sh", ["-c", script, "sh", EXPORTS_WITHOUT_EMULATOR.shell.join("\n")], {
      encoding: "utf8",
    });
    expect(printed).toMatch(/^failed\n/);
    const environment = Object.fromEntries([...printed.matchAll(/^(LYCEUM_\w+)=(.*)$/gm)].map(([, ...pair]) => pair));
    for (const stack of [{}, { apiKey: "lk_b" }, { apiKey: "lk_b", baseUrl: "https://b.example" }]) {
      const result = resolveConfiguration({ environment, stack, file: { kind: "not-read" } });
      expect(result).toMatchObject({ kind: "errors", error: { code: "LYC1002" } });
    }
  });

  test("keeps the file of a foreign emulator, which may run, although no command finds it", () => {
    announce({ ...ready, pid: 7, owner: ownerText({ ...own, machine: "other" }) }, folder);
    expect(announced(folder)).toBeUndefined();
    announce(ready, folder);
    expect(readdirSync(folder).sort()).toEqual(["7.json", `${process.pid}.json`].sort());
  });

  test("is printed for the environment file of a forge without quotes", () => {
    expect(exportsOf({ ...ready, apiKey: "lk_a'b" }, "dotenv")).toEqual([
      "LYCEUM_BASE_URL=http://127.0.0.1:1/api",
      "LYCEUM_API_KEY=lk_a'b",
    ]);
  });

  test("is printed for a shell with its key quoted", () => {
    const apiKey = "lk_a'$(exit 3)`exit 4`;b&\"\\c#~*";
    const script = `${exportsOf({ ...ready, apiKey }).join("\n")}\nprintf %s "$LYCEUM_API_KEY"`;
    expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(apiKey);
  });
});

test("a step of a run is printed in one line, for any name of the run", () => {
  const step = { executionId: "local-1", status: "completed", returnCode: 0, at: 0 } as const;
  expect(lineOf({ ...step, fileName: "a\u001b[31mb\nc\u2028d\u0007" }, hideSecrets)).toBe(
    "00:00:00 UTC  completed (exit code 0)  ab c d·  local-1",
  );
  expect(lineOf({ ...step, fileName: "yyptx00123456abcdefga001q7zk-hello" }, hideSecrets)).toBe(
    "00:00:00 UTC  completed (exit code 0)  hello  local-1",
  );
  const secret = `ghp_${"0123456789abcdefghijABCDEFGHIJ456789"}`;
  expect(lineOf({ ...step, fileName: `job ${secret}` }, hideSecrets)).toBe(
    "00:00:00 UTC  completed (exit code 0)  job [redacted]  local-1",
  );
});

test("a detached emulator that ends at once is an error with its output", async () => {
  const folder = mkdtempSync(join(tmpdir(), "detach-"));
  const [{ argv }, state] = [process, process.env.XDG_STATE_HOME];
  try {
    process.env.XDG_STATE_HOME = folder;
    process.argv = ["node", join(folder, "emulator.cjs")];
    writeFileSync(
      join(folder, "emulator.cjs"),
      "console.log('x'.repeat(9000), 'No Docker for', ...process.argv.slice(2)); process.exit(1)",
    );
    const surface = fakeSurface({});
    const show = jest.fn();
    expect(await detach(["--detach", "--port", "0"], surface, show)).toBe(1);
    const end = " No Docker for emulator --port 0\n";
    expect(surface.complaints).toEqual([
      `The emulator is not ready. Its output:\n${"x".repeat(2000 - end.length)}${end}`,
    ]);
    const logs = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".log"));
    expect(logs.map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600]);
    expect(show).not.toHaveBeenCalled();
  } finally {
    process.argv = argv;
    if (state === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = state;
    rmSync(folder, { recursive: true });
  }
});
