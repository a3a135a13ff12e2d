import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeSurface } from "../testing/surface";
import { announced, announcementFolder } from "./announced";
import { emulator } from "./emulator";

let folder = "";
const before = process.env;
const mask = process.umask();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-serve-"));
  process.env = { ...before, XDG_CACHE_HOME: folder, XDG_STATE_HOME: folder };
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = before;
  process.umask(mask);
  process.removeAllListeners("SIGHUP");
  rmSync(folder, { recursive: true });
});

/** Runs a simulated emulator with these options, and ends it as soon as it is ready. */
async function served(...options: readonly string[]) {
  const exits: number[] = [];
  jest.spyOn(process, "exit").mockImplementation(((code: number) => exits.push(code)) as never);
  const fake = fakeSurface({});
  let found: string | undefined;
  let data: boolean | undefined;
  const print = (text: string) => {
    setImmediate(() => {
      const [folderOfData = ""] = options.includes("--json") ? [JSON.parse(text).data] : [];
      data = folderOfData === "" ? undefined : existsSync(folderOfData);
      found = announced(announcementFolder())?.engine;
      process.emit("SIGTERM");
    });
    return fake.print(text);
  };
  await emulator.run(["--engine", "simulated", ...options], { ...fake, print });
  const left = announced(announcementFolder());
  return { exits, output: fake.output.join("\n"), complaints: fake.complaints, found, left, data };
}

const SIMULATED = "emulator: SIMULATED: no container is started.";
const HINT =
  "emulator: A run does what the `x-lyceum-sim` of its Compose text says. A run without `x-lyceum-sim` completes after 1 s.";
const STOPPING = "Stopping: what runs is ended (^C again: at once) …";

test("a started emulator shows how to use it, is found while it runs, and ends at a signal", async () => {
  const { exits, output, complaints, found, left } = await served("--port", "0", "--data", join(folder, "data"));
  expect(exits).toEqual([0]);
  expect(output).toMatch(/^The emulator is ready: SIMULATED, no container runs, nothing is billed\.\n/);
  expect(output).toMatch(/\n {2}export LYCEUM_BASE_URL=http:\S+\n {2}export LYCEUM_API_KEY=lk_local_\S+\n/);
  expect(output).toMatch(/\n\^C ends it and what it runs\.\n$/);
  expect(complaints).toEqual([HINT, STOPPING]);
  expect([found, left]).toEqual(["simulated", undefined]);
});

test("an emulator of a program prints JSON, is not found by other commands, and removes its temporary folder", async () => {
  const { exits, output, complaints, found, data } = await served("--port", "0", "--json", "--temporary");
  const { url, simulated, pid, data: path } = JSON.parse(output);
  expect([exits, simulated, pid, data, existsSync(path)]).toEqual([[0], true, process.pid, true, false]);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+/);
  expect(complaints).toEqual([SIMULATED, HINT]);
  expect(found).toBeUndefined();
});

test("without --data, an emulator uses the first of the user's numbered folders", async () => {
  const { output } = await served("--port", "0", "--json");
  expect(JSON.parse(output).data).toMatch(/\/1$/);
  expect(readdirSync(folder).length).toBeGreaterThan(0);
});

test.each([
  ["on every IPv4 address of the machine", "0.0.0.0", true],
  ["on every address of the machine", "::", true],
  ["only on an address of this machine", "127.0.0.1", false],
])("whether an emulator warns that others can reach it, if it listens %s, %s: %s", async (_what, host, warns) => {
  const { complaints } = await served("--port", "0", "--host", host, "--json", "--temporary");
  const warning = `emulator: Every program that reaches ${host} and knows the API key can use it. There is no TLS.`;
  expect(complaints.includes(warning)).toBe(warns);
});

test("a port that is taken is an error", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const { port } = other.address() as { readonly port: number };
  const { exits, output, complaints } = await served("--port", String(port), "--temporary");
  await new Promise((resolve) => other.close(resolve));
  expect([exits, output]).toEqual([[1], ""]);
  expect(complaints.at(-1)).toBe(
    `emulator: Port ${port} is taken. Choose another with --port, or let --port 0 find a free one.`,
  );
});
