import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

test("the API reference is generated without a warning, and every export is documented", () => {
  const out = mkdtempSync(join(tmpdir(), "lyceum-api-"));
  try {
    // The documentation generator treats warnings as errors, including those about undocumented exports and properties.
    execFileSync(process.execPath, [join(root, "node_modules/typedoc/bin/typedoc"), "--out", out], {
      cwd: root,
      stdio: "pipe",
    });
    const page = join(out, "interfaces", "index.ComposeExecutionBaseArgs.html");
    expect(existsSync(join(out, "types", "index.ComposeExecutionArgs.html"))).toBe(true);
    expect(existsSync(page)).toBe(true);
    expect(readFileSync(page, "utf8")).toContain("graceful_timeout");
    expect(existsSync(join(out, "functions", "policy.lyceumPolicies.html"))).toBe(true);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});
