import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../root";

/**
 * Generates the Python SDK and installs it into a virtual environment, as the guide does.
 * @param target a folder for PYTHONPATH, if the SDK must not be in the virtual environment
 */
export function installSdk(venv: string, out: string, target?: string): void {
  execFileSync(process.execPath, [join(ROOT, "tools", "release", "gen-sdk.mjs"), "--language", "python", "--out", out]);
  // The packages that the SDK needs are already installed, and the hash of each archive was checked.
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--no-deps",
    "--no-index",
    "--no-build-isolation",
    ...(target === undefined ? ["--force-reinstall"] : ["--target", target]),
  ];
  execFileSync(join(venv, "bin", "python"), [...pip, join(out, "python")]);
}
