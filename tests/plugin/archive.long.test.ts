import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testUnless } from "../harness/needs";
import { kill, listProcesses } from "../harness/processes/processes";
import { ROOT } from "../harness/root";
import { ARCHIVE, archives, NO_ARCHIVE } from "./archive";

const NAME = "pulumi-resource-lyceum";
const base = realpathSync(mkdtempSync(join(tmpdir(), "archive-")));
const folder = join(base, "a folder");
const link = join(base, "link");
afterAll(() => rmSync(base, { recursive: true }));

beforeAll(() => {
  if (NO_ARCHIVE !== undefined) return;
  mkdirSync(folder);
  execFileSync("tar", ["-xzf", join(archives, ARCHIVE), "-C", folder]);
  symlinkSync(join(folder, NAME), link);
});

testUnless(NO_ARCHIVE, "the archive holds the bundle of the package, Node, and the licenses of both", () => {
  const expected = ["LICENSE", "LICENSE.node", "LICENSES.txt", "node", NAME, `${NAME}.cjs`];
  expect(readdirSync(folder).sort()).toEqual(expected.sort());
  expect(readFileSync(join(folder, `${NAME}.cjs`)).equals(readFileSync(join(ROOT, "bin", NAME)))).toBe(true);
  expect(readFileSync(join(folder, "LICENSE.node"), "utf8")).toMatch(/^Node\.js is licensed for use as follows:/);
});

const SIGNALS: readonly (readonly [signal: NodeJS.Signals, ended: readonly [number | null, string | null]])[] = [
  ["SIGTERM", [0, null]],
  ["SIGINT", [0, null]],
  ["SIGKILL", [null, "SIGKILL"]],
];

for (const [signal, ended] of SIGNALS) {
  testUnless(NO_ARCHIVE, `the plugin starts without PATH, and ${signal} reaches it`, async () => {
    const child = spawn(link, [], { cwd: "/", env: { PATH: "" }, stdio: ["ignore", "pipe", "inherit"] });
    try {
      const [port] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
      expect(port).toMatch(/^\d+\n$/);
      const own = listProcesses().filter(({ pid, parent }) => pid === child.pid || parent === child.pid);
      // Without /proc, only the fact that the process ends shows this.
      if (own.length > 0) expect(own.map(({ command }) => command)).toEqual([`${folder}/node ${folder}/${NAME}.cjs`]);
      const exit = once(child, "exit");
      child.kill(signal);
      expect(await exit).toEqual(ended);
    } finally {
      if (child.pid !== undefined) kill(child.pid);
    }
  });
}
