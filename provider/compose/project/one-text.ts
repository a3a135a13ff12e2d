import { resolve } from "node:path";
import { type Bundled, bundleProject } from "./bundle";
import type { ProjectFiles } from "./files";
import type { BundleOptions } from "./options";

const folder = resolve("/");
const path = resolve(folder, "compose.yaml");

/** Makes a text self-contained that stands in no file: it can name no other one. Its diagnostics name `compose.yaml`. */
export function bundleText(text: string, options: Omit<BundleOptions, "paths" | "from" | "root"> = {}): Bundled {
  return bundleProject({ ...options, paths: [path], from: folder }, holding(text));
}

function holding(text: string): ProjectFiles {
  return {
    stat: (asked) => (asked === path ? "file" : asked === folder ? "folder" : "missing"),
    real: (asked) => asked,
    list: () => ({ kind: "names", names: [] }),
    read(asked, most) {
      const bytes = asked === path ? Buffer.from(text, "utf8") : undefined;
      if (bytes === undefined) return { kind: "fault", reason: asked === folder ? "folder" : "missing" };
      return bytes.byteLength > most ? { kind: "fault", reason: "large" } : { kind: "bytes", bytes };
    },
  };
}
