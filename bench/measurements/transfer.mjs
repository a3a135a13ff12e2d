// @ts-check
import { mkdir, open, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findOnPath, ToolError } from "../../tools/run.mjs";
import { alternatingPairs, ratio, single } from "../figures.mjs";
import { peakMemory, timed } from "../processes.mjs";
import { makeStack, QUIET } from "../stack.mjs";
import { withEmulator } from "../workspace.mjs";

const MEBIBYTE = 1024 * 1024;
const FASTER_THAN = 1.3;
const MOST_MEMORY = 150;
/** @typedef {{ words: string, files: number, bytes: number }} Load */

/** @type {readonly Load[]} */
const TIMED = [
  { words: "1,000 files of 10 KB", files: 1000, bytes: 10_000 },
  { words: "a file of 1 GB", files: 1, bytes: 1_000_000_000 },
];
/** @type {readonly Load[]} */
const IN_MEMORY = [
  { words: "10,000 files", files: 10_000, bytes: 500 },
  { words: "a file of 1 GB", files: 1, bytes: 1_000_000_000 },
];
const SMALL = { files: 20, bytes: 9_000_000 };

/**
 * Uploads to the emulator with `files put`, compared with `rclone copy` to the same server.
 * @type {import("../main.mjs").Measurement}
 */
export const uploads = {
  name: "upload",
  measure: async (workspace, { pairs, small }) => {
    const rclone = await findOnPath("rclone");
    if (rclone === undefined) throw new ToolError("rclone is not on PATH. Debian's package `rclone` has it.");
    const figures = [];
    for (const load of TIMED) {
      const folder = await filesOf(workspace.dir, small ? smaller(load) : load);
      const taken = await withEmulator(workspace, async (emulator) => {
        const to = await bucketOf(emulator);
        const ours = (/** @type {string} */ prefix) =>
          timed(process.execPath, [join(workspace.packageDir, "dist/cli/main.js"), "files", "put", folder, prefix], {
            env: { ...process.env, LYCEUM_BASE_URL: emulator.url, LYCEUM_API_KEY: emulator.apiKey },
          });
        const theirs = (/** @type {string} */ prefix) =>
          timed(rclone, ["copy", folder, `to:${to.bucket}/${prefix}`], { env: to.env });
        await ours("first");
        return alternatingPairs(pairs, (side, pair) => (side === "ours" ? ours : theirs)(`${side}-${pair}`));
      });
      await rm(folder, { recursive: true });
      const what = `\`files put\` of ${load.words} / \`rclone copy\` to the same server`;
      figures.push(
        ratio(what, taken, ({ seconds }) => seconds, FASTER_THAN),
        ratio(`the same, CPU (${load.words})`, taken, ({ cpuSeconds }) => cpuSeconds),
      );
    }
    return figures;
  },
};

/**
 * The largest memory of the provider during an `up` that stores files, above one that stores a single small file.
 * @type {import("../main.mjs").Measurement}
 */
export const uploadMemory = {
  name: "memory",
  measure: async (workspace, { small }) => {
    const peakOf = (/** @type {Load} */ load) =>
      withEmulator(workspace, async (emulator) => {
        const name = `memory-${load.files}-${load.bytes}`;
        const settings = { count: 1, lines: 30, ...QUIET, files: true };
        const stack = await makeStack(workspace, { name, program: "executions", settings, emulator });
        await filesOf(stack.dir, load);
        const bytes = await peakMemory(stack.dir, () => stack.up());
        await rm(join(stack.dir, "files"), { recursive: true });
        return bytes / MEBIBYTE;
      });
    const idle = await peakOf({ words: "", files: 1, bytes: 1 });
    const figures = [];
    for (const load of IN_MEMORY) {
      const peak = await peakOf(small ? smaller(load) : load);
      const words = `additional memory of the provider while it stores ${load.words}, compared with one small file`;
      figures.push(single(words, peak - idle, "MiB", MOST_MEMORY));
    }
    return figures;
  },
};

/**
 * @param {Load} load
 * @returns {Load}
 */
function smaller({ words, files, bytes }) {
  return { words, files: Math.min(files, SMALL.files), bytes: Math.min(bytes, SMALL.bytes) };
}

/**
 * Writes files of random bytes into the folder `files`.
 * @param {string} dir
 * @param {Load} load
 */
async function filesOf(dir, { files, bytes }) {
  const folder = join(dir, "files");
  const noise = Buffer.from(Array.from({ length: MEBIBYTE }, () => Math.floor(Math.random() * 256)));
  for (let index = 0; index < files; index++) {
    const inside = join(folder, `part-${Math.floor(index / 200)}`);
    if (index % 200 === 0) await mkdir(inside, { recursive: true });
    const path = join(inside, `sample-${index}.bin`);
    if (bytes <= MEBIBYTE) {
      const from = Math.floor(Math.random() * (MEBIBYTE - bytes));
      await writeFile(path, noise.subarray(from, from + bytes));
      continue;
    }
    const file = await open(path, "w");
    for (let left = bytes; left > 0; left -= MEBIBYTE) await file.write(noise, 0, Math.min(left, MEBIBYTE));
    await file.close();
  }
  return folder;
}

/**
 * The emulator's bucket as a remote of rclone.
 * @param {import("../../tools/emulator.mjs").Emulator} emulator
 */
async function bucketOf({ url, apiKey }) {
  const answer = await fetch(`${url}/storage/credentials`, {
    method: "POST",
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const given = /** @type {Record<string, string>} */ (await answer.json());
  const settings = {
    TYPE: "s3",
    PROVIDER: "Other",
    ACCESS_KEY_ID: given.access_key,
    SECRET_ACCESS_KEY: given.secret_key,
    SESSION_TOKEN: given.session_token,
    ENDPOINT: given.endpoint,
    REGION: given.region ?? "us-east-1",
  };
  const remote = Object.entries(settings).map(([name, value]) => [`RCLONE_CONFIG_TO_${name}`, value]);
  // Settings of the shell for AWS would change the connection.
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  return { bucket: given.bucket_name, env: Object.fromEntries([...own, ...remote]) };
}
