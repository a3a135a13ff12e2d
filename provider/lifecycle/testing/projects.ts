import { memoryFiles } from "../../../compose/project/testing/memory-files";
import { createProjects, type Projects } from "../inputs/projects";

/**
 * Makes the projects of a process whose files are in memory. Relative paths start from `/p`, and no variable is set.
 */
export function memoryProjects(files: Readonly<Record<string, string>> = {}): Projects {
  return createProjects(memoryPorts(files));
}

/** Makes the access to files in memory. The tests may change the files, because each call reads the map again. */
export function memoryPorts(files: Readonly<Record<string, string>> = {}) {
  const now = () => memoryFiles(Object.fromEntries(Object.entries(files).map(([path, text]) => [`/p/${path}`, text])));
  return {
    files: {
      stat: (path: string) => now().stat(path),
      real: (path: string) => now().real(path),
      read: (path: string, most: number) => now().read(path, most),
      list: (path: string, most: number) => now().list(path, most),
    },
    folder: () => "/p",
    variable: () => undefined,
  };
}
