// @ts-check
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { capture, findOnPath, tail } from "../run.mjs";

const PATIENCE_S = 15;

/**
 * Runs Pulumi's own installation script, which puts the programs into `dir/bin`. Returns undefined, or one line with
 * the reason of a failure. If the network is blocked, the script stops within 15 s. If only the two hosts of the
 * archive are blocked, the script stops within 30 s. A download that makes progress has no time limit.
 * @param {{ version: string, dir: string, url?: string, patienceS?: number }} options
 * @returns {Promise<string | undefined>}
 */
export async function runOfficialInstaller({ version, dir, url = "https://get.pulumi.com", patienceS = PATIENCE_S }) {
  if (!(await findOnPath("curl"))) return "curl, which it needs, is not on PATH";
  const work = await mkdtemp(join(tmpdir(), "pulumi-installer-"));
  try {
    const script = join(work, "install.sh");
    const fetched = await capture(
      "curl",
      ["-fsSL", "--proto-redir", "=https", "--max-time", String(patienceS), "-o", script, url],
      { timeoutMs: (patienceS + 2) * 1000 },
    );
    if (fetched.code !== 0) return tail(fetched.stderr, 1) || `curl ended with ${fetched.code}`;
    // The script calls curl without time limits. The `.curlrc` in another home folder sets the time limits.
    await writeFile(
      join(work, ".curlrc"),
      `connect-timeout = ${patienceS}\nspeed-limit = 1\nspeed-time = ${patienceS}\nretry-max-time = ${patienceS}\n`,
    );
    await mkdir(dir, { recursive: true });
    const { GITHUB_TOKEN: _unused, ...env } = process.env;
    const installed = await capture("sh", [script, "--version", version, "--install-root", dir, "--no-edit-path"], {
      env: { ...env, HOME: work, CURL_HOME: work },
      timeoutMs: 15 * 60_000,
    });
    return installed.code === 0 ? undefined : tail(`${installed.stdout}\n${installed.stderr}`, 1);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
