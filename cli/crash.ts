import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** A position in a source, counted from 0. */
interface Original {
  readonly originalSource: string;
  readonly originalLine: number;
  readonly originalColumn: number;
}

/** The text of a source map; `undefined` when the file has none. */
export type MapOf = (file: string) => string | undefined;

/**
 * An error that no command expects, as a report for its maintainers: what failed and where, in lines of the sources. The files of
 * the command line are bundled, so that positions in them help nobody.
 */
export function crashReport(error: unknown, version: string, mapOf: MapOf = mapBeside): string {
  const [summary, frames] = error instanceof Error ? partsOf(error) : [String(error), []];
  return [
    `pulumi-lyceum ${version} failed unexpectedly on Node ${process.versions.node}: ${summary}`,
    ...sourceFrames(frames, mapOf),
    "Please report it with these lines, after removing what is secret from them.",
  ].join("\n");
}

/** What an error says, and the lines of its stack. */
function partsOf(error: Error): [summary: string, frames: readonly string[]] {
  const lines = (error.stack ?? "").split("\n");
  return [String(error), lines.filter((line) => /^\s+at /.test(line))];
}

function sourceFrames(frames: readonly string[], mapOf: MapOf): string[] {
  const maps = new Map<string, SourceMap | undefined>();
  return frames.map((frame) => {
    const [, file, line = "", column = ""] = /^ +at (?:[^(]*\()?((?:\/|file:)[^()]*):(\d+):(\d+)\)?$/.exec(frame) ?? [];
    if (file === undefined) return frame;
    if (!maps.has(file)) maps.set(file, readMap(file, mapOf));
    const entry = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    return entry !== undefined && "originalSource" in entry ? `    at ${positionOf(entry, file)}` : frame;
  });
}

/** A position in a source, by its path in the repository. */
function positionOf({ originalSource, originalLine, originalColumn }: Original, file: string): string {
  const source = join(dirname(pathOf(file)), originalSource);
  // `dist/cli/FILE` stands two folders below the root of the package.
  const root = dirname(dirname(dirname(pathOf(file))));
  return `${relative(root, source)}:${originalLine + 1}:${originalColumn + 1}`;
}

function readMap(file: string, mapOf: MapOf): SourceMap | undefined {
  try {
    const text = mapOf(pathOf(file));
    return text === undefined ? undefined : new SourceMap(JSON.parse(text));
  } catch {
    // A report without a map is better than none.
    return undefined;
  }
}

function mapBeside(file: string): string | undefined {
  return basename(file).endsWith(".js") ? readFileSync(`${file}.map`, "utf8") : undefined;
}

function pathOf(file: string): string {
  return file.startsWith("file:") ? fileURLToPath(file) : file;
}
