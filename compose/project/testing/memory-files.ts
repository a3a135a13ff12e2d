import { dirname, join, resolve } from "node:path";
import type { ProjectFiles } from "../files/files";

/**
 * Returns access to files in memory, by their absolute paths. A text that begins with `-> ` is a link to another path.
 * A text that begins with `#!` is executable. `<socket>` is a socket. `<closed>` is a path to which this user has no
 * access. A folder with an entry `<closed>` cannot be listed. A path that ends with `/` is an empty folder.
 */
export function memoryFiles(texts: Readonly<Record<string, string | Uint8Array>>): ProjectFiles {
  const entries = new Map(Object.entries(texts));
  const folders = new Set<string>();
  for (const path of entries.keys()) {
    if (path.endsWith("/")) folders.add(resolve(path));
    for (let folder = dirname(path); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  }
  const real = (path: string): string => {
    const whole = resolve(path);
    const found = entries.get(whole);
    if (typeof found === "string" && found.startsWith("-> ")) return real(join(dirname(whole), found.slice(3)));
    return whole;
  };
  return {
    real,
    stat(path) {
      const found = entries.get(real(path));
      if (found === "<closed>") return "forbidden";
      if (found === undefined) return folders.has(real(path)) ? "folder" : "missing";
      return found === "<socket>" ? "device" : "file";
    },
    list: (path) => {
      if (entries.has(`${real(path)}/<closed>`)) return { kind: "fault", reason: "forbidden" };
      const below = [...entries.keys(), ...folders].flatMap((entry) => {
        const name = entry.startsWith(`${real(path)}/`) ? entry.slice(real(path).length + 1) : "";
        return name === "" ? [] : [name.split("/")[0] ?? ""];
      });
      return { kind: "names", names: [...new Set(below)].sort() };
    },
    read(path, most) {
      const found = entries.get(real(path));
      if (found === "<closed>") return { kind: "fault", reason: "forbidden" };
      if (found === undefined) return { kind: "fault", reason: folders.has(real(path)) ? "folder" : "missing" };
      const bytes = typeof found === "string" ? Buffer.from(found) : found;
      return bytes.byteLength > most
        ? { kind: "fault", reason: "large" }
        : { kind: "bytes", bytes, executable: String(found).startsWith("#!") };
    },
  };
}
