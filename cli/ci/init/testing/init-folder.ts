import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Surface } from "../../../command";
import { readAtMost, stat } from "../../../compose/files";
import { fakeSurface } from "../../../testing/surface";
import { ci } from "../../ci";

/** Runs `ci init` in a folder. */
export async function initIn(folder: string, args: readonly string[]) {
  const fake = fakeSurface({});
  const surface: Surface = {
    ...fake,
    folder,
    read: (path, most) => readAtMost(join(folder, path), most),
    stat: (path) => stat(join(folder, path)),
  };
  const code = await ci.run(["init", ...args], surface);
  return { code, output: fake.output.join("\n"), complaints: fake.complaints.join("\n") };
}

/** Returns the paths of all files in a folder. */
export const writtenIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();

/** Writes a file into a folder. */
export function putIn(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
