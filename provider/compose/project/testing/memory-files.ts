import { dirname, join, resolve } from "node:path";
import type { ProjectFiles } from "../files";

/** Files by their absolute paths; a text that begins with `-> ` is a link to another path. */
export function memoryFiles(texts: Readonly<Record<string, string | Uint8Array>>): ProjectFiles {
  const entries = new Map(Object.entries(texts));
  const folders = new Set<string>();
  for (const path of entries.keys()) {
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
    stat: (path) => (entries.has(real(path)) ? "file" : folders.has(real(path)) ? "folder" : "missing"),
    read(path, most) {
      const found = entries.get(real(path));
      if (found === undefined) return { kind: "fault", reason: folders.has(real(path)) ? "folder" : "missing" };
      const bytes = typeof found === "string" ? Buffer.from(found) : found;
      return bytes.byteLength > most ? { kind: "fault", reason: "large" } : { kind: "bytes", bytes };
    },
  };
}
