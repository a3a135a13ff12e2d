import { execFileSync } from "node:child_process";
import { copyFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { obtainPulumi } from "../consumers/obtain";
import { ROOT } from "../harness/root";

/** The version of Pulumi's SDK that the generated SDK needs: 3.269 or later. */
const PULUMI_FOR_SDK = obtainPulumi("3.270.0");
/** Why this version is missing. */
export const NO_PULUMI_FOR_SDK = PULUMI_FOR_SDK.kind === "missing" ? PULUMI_FOR_SDK.reason : undefined;

/** Runs a tool of this repository, and returns its output. If the tool fails, the error has its output. */
export function runTool(args: readonly string[], cwd: string): string {
  try {
    return execFileSync(process.execPath, args, { cwd, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${args.join(" ")}:\n${stdout}${stderr}`);
  }
}

/** Compiles a folder with its own tsconfig.json. */
export function compile(folder: string, ...more: readonly string[]): void {
  runTool([join(ROOT, "node_modules", "typescript", "bin", "tsc"), "-p", ".", ...more], folder);
}

/** The packages that are installed along with Pulumi's SDK. */
export function packagesOfPulumi(): string {
  if (PULUMI_FOR_SDK.kind === "missing") throw new Error(PULUMI_FOR_SDK.reason);
  return join(PULUMI_FOR_SDK.value, "../../..");
}

/** Generates and compiles the SDK for Node.js. Returns the folder to publish. */
export function nodeSdk(out: string): string {
  runTool([join(ROOT, "tools", "release", "gen-sdk.mjs"), "--language", "nodejs", "--out", out], ROOT);
  const folder = join(out, "nodejs");
  symlinkSync(packagesOfPulumi(), join(folder, "node_modules"));
  compile(folder);
  copyFileSync(join(folder, "package.json"), join(folder, "bin", "package.json"));
  return join(folder, "bin");
}
