import { cleanPath } from "../../model/file-paths";
import { basename, join, relative } from "../../paths";
import { LARGEST_COMPOSE_TEXT } from "../../yaml/text";
import type { ProjectReader } from "../files/reader";
import { type MappingNode, textOf, valueAt } from "../nodes";

/**
 * A stage of a Dockerfile: its copies from the build context, and its working folder. `workdir` is undefined if only
 * the base image sets it.
 */
interface Stage {
  readonly workdir: string | undefined;
  readonly copies: readonly Copy[];
}

/**
 * A line that copies from the build context. `sources` are paths without slashes at the end. An empty path means the
 * whole build context.
 */
interface Copy {
  readonly sources: readonly string[];
  /** The target path in the container. A target that must be a folder ends with a slash. */
  readonly to: string;
}

/**
 * Whether the Dockerfile of a service copies a path of the build context to a target, alone or with its folder. Skips
 * lines whose result is not certain: those with a variable, a pattern (`*.conf`), a list (`["a", "/b"]`), a heredoc, or
 * one of the flags `--from`, `--exclude` and `--parents`.
 *
 * @param path the path on this machine
 * @param target the path in the container
 */
export function isInImage(path: string, target: string, service: MappingNode, reader: ProjectReader): boolean {
  const build = valueAt(service, "build");
  if (build === undefined || valueAt(build, "dockerfile_inline") !== undefined) return false;
  const context = reader.resolve(reader.folder, textOf(build) ?? textOf(valueAt(build, "context")) ?? ".");
  const inContext = relative(context, path);
  if (inContext === ".." || inContext.startsWith("../")) return false;
  const ignored = linesOf(reader.resolve(context, ".dockerignore"), reader).map(inContextOf);
  if (ignored.some((entry) => /^\*\*?$/.test(entry) || (entry !== "" && isBelow(inContext, entry)))) return false;
  const dockerfile = linesOf(reader.resolve(context, textOf(valueAt(build, "dockerfile")) ?? "Dockerfile"), reader);
  const stage = stageOf(dockerfile, textOf(valueAt(build, "target")));
  const isFile = reader.stat(path) === "file";
  return stage?.copies.some((copy) => placesOf(copy, inContext, isFile).includes(cleanPath(target))) === true;
}

/** Returns the paths in the container to which one line of a Dockerfile copies `path`, a path of the build context. */
function placesOf({ sources, to }: Copy, path: string, isFile: boolean): readonly string[] {
  return sources.flatMap((source) => {
    if (!isBelow(path, source)) return [];
    const isAlone = isFile && path === source;
    if (isAlone && sources.length === 1 && !to.endsWith("/")) return [cleanPath(to)];
    return [cleanPath(join(to, isAlone ? basename(path) : relative(source, path)))];
  });
}

/**
 * Returns the build stage with a name. Without a name, returns the last stage. A stage that is based on an earlier
 * stage also has the `copies` of the earlier stage.
 */
function stageOf(lines: readonly string[], name: string | undefined): Stage | undefined {
  const named = new Map<string, Stage>();
  let stage: Stage = { workdir: undefined, copies: [] };
  let called = "";
  for (const line of lines) {
    const [instruction = "", ...words] = line.split(/\s+/);
    const plain = words.filter((word) => !word.startsWith("--"));
    const [first = "", as = "", own = ""] = plain;
    switch (instruction.toUpperCase()) {
      case "FROM":
        if (called !== "" && called === name?.toLowerCase()) return stage;
        stage = named.get(first.toLowerCase()) ?? { workdir: undefined, copies: [] };
        called = as.toUpperCase() === "AS" ? own.toLowerCase() : "";
        break;
      case "WORKDIR":
        stage = { ...stage, workdir: resolved(stage.workdir, first) };
        break;
      case "COPY":
      case "ADD": {
        const written = plain.at(-1) ?? "";
        const to = resolved(stage.workdir, /(?:^|\/)\.$/.test(written) ? `${written}/` : written);
        const isPlain = plain.every((word) => !/[$*?["<]/.test(word));
        if (to === undefined || !isPlain || words.some((word) => /^--(?:from|exclude|parents)\b/.test(word))) break;
        stage = { ...stage, copies: [...stage.copies, { sources: plain.slice(0, -1).map(inContextOf), to }] };
      }
    }
    if (called !== "") named.set(called, stage);
  }
  return name === undefined || called === name.toLowerCase() ? stage : undefined;
}

/**
 * Returns an absolute path in the container. Returns `undefined` if the path contains a variable, or is relative and
 * the folder is unknown.
 */
function resolved(folder: string | undefined, path: string): string | undefined {
  if (path.includes("$")) return undefined;
  if (path.startsWith("/")) return path;
  return folder === undefined ? undefined : join(folder, path);
}

/** Returns a path of the build context without `.`, double slashes, and slashes at its ends. */
function inContextOf(path: string): string {
  return join("/", path, "/").slice(1, -1);
}

function isBelow(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/**
 * Returns the lines of a file without comments and empty lines. Lines that end with a backslash are joined. Returns no
 * lines if the file does not exist.
 */
function linesOf(path: string, reader: ProjectReader): readonly string[] {
  const obtained = reader.stat(path) === "file" ? reader.obtain(path, LARGEST_COMPOSE_TEXT) : undefined;
  if (obtained?.kind !== "file") return [];
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(obtained.source.bytes);
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .join("\n")
    .replaceAll("\\\n", " ")
    .split("\n");
}
