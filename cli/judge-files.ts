import { join, relative, resolve } from "node:path";
import {
  type Diagnostic,
  type JudgeOptions,
  judgeCompose,
  type LineIndex,
  largestComposeText,
} from "../provider/compose";
import { type Surface, UsageError } from "./command";

/** Files that were judged. */
export interface Judged {
  /** As they are shown. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  /** The lines of a file that a diagnostic names, for printing it. */
  readonly linesOf: (file: string | undefined) => LineIndex | undefined;
  /** Values that no printed line may hold. */
  readonly secrets: readonly string[];
}

/** What is judged with. */
export interface JudgeSettings extends Pick<JudgeOptions, "executionType" | "diagnostics"> {
  readonly variables: ReadonlyMap<string, string>;
}

/** The names that Compose looks for in a folder, best first. */
const composeNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/** Judges a file, or the one in a folder. */
export function judgeFiles(paths: readonly string[], surface: Surface, settings: JudgeSettings): Judged {
  const [path = ".", ...others] = paths;
  if (others.length > 0) throw new UsageError("Only one file can be judged at a time");
  const file = fileAt(path, surface);
  // One byte more than is accepted: what is larger is then found to be.
  const read = surface.read(file, largestComposeText + 1);
  if (read.kind === "fault") throw new UsageError(`${file} ${read.words}`);
  const { variables, ...options } = settings;
  const { diagnostics, lines } = judgeCompose(read.bytes, {
    ...options,
    file: shown(file, surface.folder),
    variables: new Set(variables.keys()),
  });
  return {
    files: [shown(file, surface.folder)],
    diagnostics,
    linesOf: () => lines,
    secrets: [...variables.values()],
  };
}

function fileAt(path: string, surface: Surface): string {
  if (path === "-") return path;
  const found = surface.look(path);
  if (found === "missing") throw new UsageError(`${path} does not exist`);
  if (found === "file") return path;
  const file = composeNames.map((name) => join(path, name)).find((name) => surface.look(name) === "file");
  if (file === undefined) throw new UsageError(`${path} holds none of ${composeNames.join(", ")}`);
  return file;
}

/** Relative to the folder of the command where it lies below it: what a page about the repository can link to. */
function shown(file: string, folder: string): string {
  if (file === "-") return "compose.yaml";
  const whole = resolve(folder, file);
  const way = relative(folder, whole);
  return way.startsWith("..") ? whole : way;
}
