import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/**
 * Runs code in a separate Node process, and returns its answer, which is JSON. The tools are ES modules, which jest
 * cannot load.
 */
async function evaluate(code: string): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code], {
    cwd: __dirname,
  });
  return JSON.parse(stdout);
}

test("the installer gives up after its timeout when the network does not answer", async () => {
  let requests = 0;
  const silent = createServer(() => void requests++).listen(0, "127.0.0.1");
  await once(silent, "listening");
  try {
    const { port } = silent.address() as AddressInfo;
    const refused = await evaluate(`
      const { runOfficialInstaller } = await import("./pulumi-installer.mjs");
      const options = { version: "0.0.0", dir: "/nowhere", url: "http://127.0.0.1:${port}", patienceS: 1 };
      console.log(JSON.stringify(await runOfficialInstaller(options)));`);
    // This message comes from curl. Curl's time limit ended the first request, and curl did not try again.
    expect(refused).toMatch(/timed out/i);
    expect(requests).toBe(1);
  } finally {
    silent.closeAllConnections();
    silent.close();
  }
});

test("a build prints that it goes on, and nothing after its end", async () => {
  const lines = await evaluate(`
    const { whileWorking } = await import("./build-go.mjs");
    const lines = [];
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const log = (line) => void lines.push(line.replace(/[0-9]+/, "N"));
    await whileWorking("building pulumi", log, pause(500), 0.1);
    const printed = lines.length;
    await pause(250);
    console.log(JSON.stringify([lines[0], printed > 1, lines.length - printed]));`);
  expect(lines).toEqual(["  still building pulumi after N s …", true, 0]);
});

describe("a tool is kept only when it is whole", () => {
  let dir = "";
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "obtain-"));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const fill = (body: string) =>
    evaluate(`
      import { writeFileSync } from "node:fs";
      const { fillWhole } = await import("./build-go.mjs");
      const said = await fillWhole(${JSON.stringify(join(dir, "tool"))}, async (dir) => {
        writeFileSync(dir + "/binary", "");
        ${body}
      }).then(() => "kept", (error) => error.message);
      console.log(JSON.stringify(said));`);

  test("a build that fails leaves nothing behind", async () => {
    expect(await fill(`throw new Error("no disk");`)).toBe("no disk");
    expect(readdirSync(dir)).toEqual([]);
  });

  test("the next build removes what a killed build left", async () => {
    await expect(fill(`process.kill(process.pid, "SIGKILL");`)).rejects.toThrow();
    expect(readdirSync(dir)).toEqual([expect.stringMatching(/^\.tool\.\d+$/)]);
    expect(await fill("")).toBe("kept");
    expect(readdirSync(dir)).toEqual(["tool"]);
  });

  test("when two build at once, the first result stays", async () => {
    expect(await fill("")).toBe("kept");
    expect(await fill("")).toBe("kept");
    expect(readdirSync(dir)).toEqual(["tool"]);
  });
});
