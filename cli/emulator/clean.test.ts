import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeAbandoned } from "../../emulator/src/emulator";
import { emulatorsFolder } from "../../emulator/src/store/data-folder";
import { ownerText, processesHere } from "../../emulator/src/store/owner";
import { announce, announcementFolder } from "./announced";
import { clean } from "./clean";

jest.mock("../../emulator/src/emulator", () => ({ removeAbandoned: jest.fn() }));

const before = { ...process.env };
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "clean-"));
  Object.assign(process.env, { XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder });
  jest.mocked(removeAbandoned).mockResolvedValue({ runs: 0, problems: [], withoutDocker: "docker is not installed" });
});
afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

async function cleaned() {
  const printed: string[] = [];
  const print = (text: string) => printed.push(text) > 0;
  const code = await clean({ print, printError: print } as unknown as Parameters<typeof clean>[0]);
  return { code, printed };
}

test("without Docker, there is nothing to remove, which is no error", async () => {
  expect(await cleaned()).toEqual({
    code: 0,
    printed: ["Nothing was removed from a Docker daemon: docker is not installed"],
  });
});

test("what cannot be removed is an error", async () => {
  jest.mocked(removeAbandoned).mockResolvedValue({ runs: 1, problems: ["local-1 is in use"] });
  expect(await cleaned()).toEqual({ code: 1, printed: ["local-1 is in use"] });
});

test("the output of ended emulators is removed, and that of a running one stays", async () => {
  const state = emulatorsFolder();
  mkdirSync(state, { recursive: true });
  const [running, ended] = [join(state, "detached-1.log"), join(state, "detached-2.log")];
  for (const log of [running, ended]) writeFileSync(log, "");
  const { own } = processesHere();
  const process_ = { pid: own.pid, owner: ownerText(own), readyAt: 1, log: running };
  const ready = { url: "u", apiKey: "k", engine: "simulated", control: "c", page: "p", data: "d", ...process_ };
  announce(ready, announcementFolder());
  await cleaned();
  expect([existsSync(running), existsSync(ended)]).toEqual([true, false]);
});

test("the data folder of a foreign emulator stays, and that of an ended one is removed", async () => {
  const { own } = processesHere();
  const folderOf = (name: string, more: object) => {
    const path = join(emulatorsFolder(), name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "process"), `${2 ** 30}\n${ownerText({ ...own, pid: 2 ** 30, ...more })}`);
    return path;
  };
  const [foreign, ended] = [folderOf("1", { namespace: "1" }), folderOf("2", {})];
  await cleaned();
  expect([existsSync(foreign), existsSync(ended)]).toEqual([true, false]);
});
