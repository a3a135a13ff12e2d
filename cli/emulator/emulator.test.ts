import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { announce, announced, announcementFile, exportsOf } from "./announced";
import { lineOf } from "./emulator";
import { readEmulatorOptions } from "./options";

test("without options, the emulator uses the usual port, and runs complete", () => {
  expect(readEmulatorOptions([])).toEqual({
    port: undefined,
    apiKey: undefined,
    engine: undefined,
    data: undefined,
    json: false,
  });
});

test("every option is read", () => {
  const args = "--port 0 --api-key lk_a --engine simulated --data d --json";
  expect(readEmulatorOptions(args.split(" "))).toEqual({
    port: 0,
    apiKey: "lk_a",
    engine: "simulated",
    data: "d",
    json: true,
  });
});

test.each([
  ["--port 70000", /--port must be/],
  ["--api-key secret", /--api-key must begin with lk_/],
  ["--engine podman", /--engine must be docker or simulated/],
  ["--data=", /--data must name a folder/],
  ["--env --port 1", /--env stands alone/],
  ["--sped 3", /--sped/],
  ["stray", /stray/],
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
  const ready = { url: "http://127.0.0.1:1/api", apiKey: "lk_local_1", pid: process.pid };

  test("is found by its file, which is for its owner only, until it ends", () => {
    const file = announcementFile({ XDG_CACHE_HOME: folder });
    expect(announced(file)).toBeUndefined();
    const takeBack = announce(ready, file);
    expect(announced(file)).toEqual(ready);
    expect((statSync(file).mode & 0o777).toString(8)).toBe("600");
    takeBack();
    expect(announced(file)).toBeUndefined();
  });

  test("is not one whose process has ended, and an emulator does not withdraw what another one has published", () => {
    const file = join(folder, "emulator.json");
    const takeBack = announce({ ...ready, pid: 2 ** 30 }, file);
    expect(announced(file)).toBeUndefined();
    announce(ready, file);
    takeBack();
    expect(announced(file)).toEqual(ready);
  });

  test("is printed for a shell with its key quoted", () => {
    const apiKey = "lk_a'$(exit 3)`exit 4`;b&\"\\c#~*";
    const script = `${exportsOf({ ...ready, apiKey }).join("\n")}\nprintf %s "$LYCEUM_API_KEY"`;
    expect(execFileSync("sh", ["-c", script], { encoding: "utf8" })).toBe(apiKey);
  });
});

test("a step of a run is one line, whatever the name of the run", () => {
  const step = { executionId: "local-1", status: "completed", returnCode: 0, at: 0 } as const;
  expect(lineOf({ ...step, fileName: "a\u001b[31mb\nc\u2028d\u0007" })).toBe(
    "00:00:00 UTC  completed (exit code 0)  ab c d·  local-1",
  );
});
