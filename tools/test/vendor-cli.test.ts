import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

/** The tool is an ES module, which jest does not load. The root is empty, so nothing is there from before. */
test("without a Python the vendor's CLI is refused in one sentence, and nothing is left", async () => {
  const root = mkdtempSync(join(tmpdir(), "vendor-cli-"));
  try {
    cpSync(join(__dirname, "..", "vendor-cli"), join(root, "tools", "vendor-cli"), { recursive: true });
    const code = `
      const { ensureVendorCli } = await import("./vendor-cli.mjs");
      await ensureVendorCli({ root: ${JSON.stringify(root)}, log: console.log })
        .catch((error) => console.log(error.constructor.name, error.message));`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code], {
      cwd: __dirname,
      env: { PATH: root },
    });
    expect(stdout).toBe("ToolError there is no Python 3.11 or later with venv on PATH\n");
    expect(existsSync(join(root, ".cache"))).toBe(false);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
