import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Surface } from "../../../command";
import { readAtMost, stat } from "../../../compose/files";
import { fakeSurface } from "../../../testing/surface";
import { ci } from "../../ci";

/**
 * Gives each test of a file an empty folder, and removes the folder after the test. Paths are relative to the folder.
 */
export function initFolder() {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lyceum-init-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const whole = (path: string) => join(folder, path);
  return {
    whole,
    /** Runs `ci init`. */
    async init(...args: readonly string[]) {
      const fake = fakeSurface({});
      const surface: Surface = {
        ...fake,
        folder,
        read: (path, most) => readAtMost(whole(path), most),
        stat: (path) => stat(whole(path)),
      };
      const code = await ci.run(["init", ...args], surface);
      return { code, output: fake.output.join("\n"), complaints: fake.complaints.join("\n") };
    },
    /** Returns the paths of all files. */
    written: () =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((path) => statSync(whole(path)).isFile())
        .sort(),
    read: (path: string) => readFileSync(whole(path), "utf8"),
    put(path: string, text: string): void {
      mkdirSync(dirname(whole(path)), { recursive: true });
      writeFileSync(whole(path), text);
    },
  };
}
