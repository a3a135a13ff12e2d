import { join, resolve } from "node:path";
import { memoryFiles } from "../../compose/project/testing/memory-files";
import type { Surface } from "../command";
import { runCommandLine } from "../run";

/** The surface of a command with files in memory. It records the text that is written. */
export interface FakeSurface extends Surface {
  readonly output: string[];
  readonly complaints: string[];
}

/**
 * Makes the surface of a command that runs in the folder `/project`.
 *
 * @param contents the files by their paths, which are absolute or relative to `/project`
 */
export function fakeSurface(
  contents: Readonly<Record<string, string | Uint8Array>>,
  environment: Readonly<Record<string, string>> = {},
): FakeSurface {
  const folder = "/project";
  const files = new Map(Object.entries(contents).map(([path, content]) => [resolve(folder, path), content]));
  const output: string[] = [];
  const complaints: string[] = [];
  return {
    folder,
    output,
    complaints,
    files: memoryFiles(Object.fromEntries(files)),
    variable: (name) => environment[name],
    read: (path, most) => {
      const content = files.get(path === "-" ? join(folder, "-") : resolve(folder, path));
      if (content === undefined) return { kind: "error", reason: "does not exist" };
      return { kind: "bytes", bytes: Buffer.from(content).subarray(0, most) };
    },
    stat: (path) => {
      const whole = resolve(folder, path);
      if (files.has(whole)) return "file";
      return [...files.keys()].some((file) => file.startsWith(`${whole}/`)) ? "folder" : "missing";
    },
    columns: undefined,
    errorColumns: () => undefined,
    color: false,
    print: (text) => output.push(text) > 0,
    printError: (text) => complaints.push(text),
  };
}

/**
 * Runs a command that returns no promise, on files in memory.
 *
 * @param args the command line, without quotes
 * @returns also `marks`: location and code of each diagnostic that was printed
 */
export function runOn(args: string, ...given: Parameters<typeof fakeSurface>) {
  const surface = fakeSurface(...given);
  const words = args.split(" ").filter((word) => word !== "");
  const code = runCommandLine(words, surface);
  const output = surface.output.join("\n");
  const found = output.matchAll(/^(\S+) (?:error|warning) (LYC\d+)/gm);
  const marks = [...found].map(([, location, which]) => `${location} ${which}`);
  return { code, output, marks, complaints: surface.complaints.join("\n") };
}
