import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Repository } from "./repositories";

/**
 * The largest file in the corpus, in bytes. An empty file that is slightly over the limit replaces a larger file. A
 * Compose text cannot contain either file.
 */
const largestFile = 1024 * 1024;
const largestPrint = 256 * 1024 * 1024;

/** A file that users copy to `.env` before the first start. */
const envExamples = [
  ".env.example",
  ".env.sample",
  ".env.template",
  ".env.dist",
  ".env.default",
  "env.example",
  "example.env",
];

/**
 * The files of a repository, in a folder. The files are fetched once. `mirrors` is a folder of bare repositories, such
 * as `docker/awesome-compose.git`. By default, the repositories come from GitHub.
 */
export function obtainTree(
  repository: Repository,
  cache: string,
  mirrors: string | undefined,
  log: (line: string) => void,
): string {
  const { name, commit } = repository;
  const tree = join(cache, `${name.replace("/", "+")}@${commit.slice(0, 12)}`);
  if (existsSync(tree)) return tree;
  log(`Fetching ${name} …`);
  const unfinished = resolve(`${tree}.unfinished`);
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const objects = mirrors === undefined ? fetched(repository, `${tree}.git`) : join(mirrors, `${name}.git`);
  writeTree(objects, commit, unfinished);
  copyEnvExamples(unfinished);
  renameSync(unfinished, tree);
  rmSync(`${tree}.git`, { recursive: true, force: true });
  return tree;
}

/** A bare repository with only this commit, without its large files. */
function fetched({ name, commit }: Repository, folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  execFileSync("git", ["init", "--quiet", "--bare", folder]);
  const url = `https://github.com/${name}.git`;
  const filter = `--filter=blob:limit=${largestFile}`;
  execFileSync("git", ["-C", folder, "fetch", "--quiet", "--depth", "1", filter, url, commit], { stdio: "inherit" });
  return folder;
}

/** Writes the files of a commit, and a placeholder for each file that is too large. */
function writeTree(objects: string, commit: string, folder: string): void {
  const listed = git(objects, ["ls-tree", "-r", "-z", commit]).toString("utf8").split("\0").filter(Boolean);
  const entries = listed.flatMap((line) => {
    const [, mode = "", type, id = "", path = ""] = /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
    return type === "blob" ? [{ id, path, mode }] : [];
  });
  // Without this setting, Git would fetch each missing object.
  const absent = new Set(
    git(objects, ["rev-list", "--objects", "--no-walk", "--missing=print", commit])
      .toString()
      .match(/^\?\w+$/gm),
  );
  const present = entries.filter(({ id }) => !absent.has(`?${id}`));
  const sizes = git(objects, ["cat-file", "--batch-check=%(objectsize)"], ids(present)).toString().split("\n");
  const small = present.filter((_, index) => Number(sizes[index]) <= largestFile);
  const content = git(objects, ["cat-file", "--batch=%(objectsize)"], ids(small));
  let at = 0;
  const contents = new Map<string, Buffer>();
  for (const { path } of small) {
    const start = content.indexOf("\n", at) + 1;
    at = start + Number(content.toString("latin1", at, start - 1));
    contents.set(path, content.subarray(start, at));
    at += 1;
  }
  for (const { path, mode } of entries) {
    const whole = join(folder, path);
    mkdirSync(dirname(whole), { recursive: true });
    const bytes = contents.get(path);
    if (mode === "120000") {
      const target = String(bytes ?? "");
      // A link that leads out of the repository would have no target in a clone.
      if (`${resolve(dirname(whole), target)}/`.startsWith(`${folder}/`)) symlinkSync(target, whole);
      continue;
    }
    writeFileSync(whole, bytes ?? "", { mode: mode === "100755" ? 0o755 : 0o644 });
    if (bytes === undefined) truncateSync(whole, largestFile + 1);
  }
}

function ids(entries: readonly { readonly id: string }[]): string {
  return entries.map(({ id }) => `${id}\n`).join("");
}

function git(objects: string, args: readonly string[], input = ""): Buffer {
  const { status, stdout, stderr } = spawnSync("git", ["-C", objects, ...args], {
    input,
    maxBuffer: largestPrint * 8,
  });
  if (status !== 0) throw new Error(`git ${args[0]} in ${objects} failed: ${stderr}`);
  return stdout;
}

/** Copies an example of a `.env` to `.env`, as the README of the project tells its users. */
function copyEnvExamples(folder: string): void {
  const names = readdirSync(folder, { withFileTypes: true });
  const files = new Set(names.filter((entry) => entry.isFile()).map(({ name }) => name));
  const example = envExamples.find((name) => files.has(name));
  if (example !== undefined && !files.has(".env")) copyFileSync(join(folder, example), join(folder, ".env"));
  for (const entry of names) if (entry.isDirectory()) copyEnvExamples(join(folder, entry.name));
}
