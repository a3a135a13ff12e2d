import { dirname, resolve } from "../paths";
import type { ProjectFiles } from "../project";

/**
 * Returns access to files in memory, for a program without a disk. `contents` maps paths to texts or bytes. A relative
 * path starts at `/`. A folder exists if a path contains it.
 */
export function memoryFiles(contents: Readonly<Record<string, string | Uint8Array>>): ProjectFiles {
  const bytes = new Map<string, Uint8Array>();
  const folders = new Map<string, Set<string>>([["/", new Set()]]);
  for (const [path, content] of Object.entries(contents)) {
    const file = resolve("/", path);
    bytes.set(file, typeof content === "string" ? new TextEncoder().encode(content) : content);
    for (let inside = file; inside !== "/"; inside = dirname(inside)) {
      const folder = dirname(inside);
      const names = folders.get(folder) ?? new Set();
      folders.set(folder, names.add(inside.slice(folder === "/" ? 1 : folder.length + 1)));
    }
  }
  return {
    stat: (path) => (bytes.has(resolve(path)) ? "file" : folders.has(resolve(path)) ? "folder" : "missing"),
    real: (path) => path,
    read(path, most) {
      const found = bytes.get(resolve(path));
      if (found === undefined) return { kind: "fault", reason: folders.has(resolve(path)) ? "folder" : "missing" };
      return found.byteLength > most ? { kind: "fault", reason: "large" } : { kind: "bytes", bytes: found };
    },
    list(path) {
      const names = folders.get(resolve(path));
      return names === undefined ? { kind: "fault", reason: "missing" } : { kind: "names", names: [...names].sort() };
    },
  };
}
