import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { StorageError } from "../../storage";
import { bytesOf, hashOf, readSource, type Source } from "..";
import type { SourceFile } from "../source";
import { searchableText } from "./text";

/** A file or folder of this machine. Both paths are absolute. */
export interface TreePath {
  readonly path: string;
  /** No symbolic link may lead out of this folder. */
  readonly root: string;
  readonly kind: "file" | "folder" | "missing";
}

/** The content of a local file or folder. */
export interface Tree {
  readonly hash: string;
  readonly files: readonly SourceFile[];
  readonly executable: readonly string[];
  readonly leftOut: readonly string[];
  /** Files with secrets. They are not in `files`. */
  readonly secrets: readonly { readonly path: string; readonly kind: string }[];
}

/**
 * A {@link Tree} with only the paths, the number and the size of its files. `failed`: why the file or folder cannot be
 * read.
 */
export type DescribedTree =
  | (Omit<Tree, "files"> & { readonly paths: readonly string[]; readonly fileCount: number; readonly bytes: number })
  | { readonly failed: string };

/** The largest size of a text that is searched for secrets, in bytes. Larger files are data. */
const LARGEST_SEARCHED = 64 * 1024;
/** Matches the names of files that are data. Data is not searched for secrets. */
const DATA =
  /\.(?:csv|tsv|parquet|arrow|npy|npz|pt|pth|bin|safetensors|onnx|gz|zip|tar|png|jpe?g|gif|webp|svg|ico|woff2?|ttf|pdf|wasm|so|jar|whl|map|lock)$/i;

/**
 * Reads files and folders. A file is read again only if its size or times have changed, or if the last reading was less
 * than 2 s after a change.
 */
export function createTrees(now: () => number) {
  const known = new Map<string, Source["files"]>();
  const searched = new Map<string, string | undefined>();

  /** Reads a file or folder, except the files with the paths in `leave`. */
  async function read(
    { path, root, kind }: TreePath,
    leave: readonly string[] = [],
  ): Promise<Pick<Tree, "hash" | "files" | "leftOut">> {
    if (kind === "missing") return { hash: hashOf([]), files: [], leftOut: [] };
    const request = { folder: root, source: path, exclude: [], known: known.get(path) ?? [], now: now(), root };
    const { files: all, skipped } = await readSource(request);
    known.set(path, all);
    const left = new Set(leave);
    const files = all.filter((file) => !left.has(file.path));
    return { hash: hashOf(files), files, leftOut: skipped };
  }

  /**
   * Reads a file or folder, and searches its texts for secrets.
   *
   * @param findSecret returns the kind of secret in a text
   */
  async function inspect(of: TreePath, findSecret: (text: string, path: string) => string | undefined): Promise<Tree> {
    const tree = await read(of);
    const secrets: { readonly path: string; readonly kind: string }[] = [];
    for (const file of tree.files) {
      if (file.bytes > LARGEST_SEARCHED || DATA.test(file.path)) continue;
      const key = `${basename(file.path)}\n${file.content}`;
      if (!searched.has(key)) searched.set(key, secretIn(await readFile(file.location), file.path, findSecret));
      const kind = searched.get(key);
      if (kind !== undefined) secrets.push({ path: file.path, kind });
    }
    const left = new Set(secrets.map(({ path }) => path));
    const files = tree.files.filter(({ path }) => !left.has(path));
    const executable = files.filter(isExecutable).map(({ path }) => path);
    return { ...tree, hash: left.size === 0 ? tree.hash : hashOf(files), files, executable, secrets };
  }

  /** Inspects a local file or folder. If it cannot be read, returns the reason. */
  async function describe(...[of, findSecret]: Parameters<typeof inspect>): Promise<DescribedTree> {
    try {
      const { files, ...tree } = await inspect(of, findSecret);
      return { ...tree, paths: files.map(({ path }) => path), fileCount: files.length, bytes: bytesOf(files) };
    } catch (error) {
      if (!StorageError.isInstance(error)) throw error;
      return { failed: error.message };
    }
  }

  return { read, inspect, describe };
}

function secretIn(
  bytes: Buffer,
  path: string,
  findSecret: (text: string, path: string) => string | undefined,
): string | undefined {
  const text = searchableText(bytes);
  return text === undefined ? undefined : findSecret(text, path);
}

function isExecutable({ location }: SourceFile): boolean {
  const mode = statSync(location, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & 0o111) !== 0;
}
