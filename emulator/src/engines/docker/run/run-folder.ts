import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** The functions for the folders of runs. */
export type RunFolders = ReturnType<typeof runFolders>;

/** Returns the functions for the folders of runs, below `<workFolder>/runs`. No other user may read these folders. */
export function runFolders(workFolder: string) {
  const base = join(workFolder, "runs");
  const remove = (path: string) => rm(path, { recursive: true, force: true });
  return {
    /**
     * Creates the folder of a run. @returns `cwd`: the empty folder in which Compose runs. `config`: the folder for
     * DOCKER_CONFIG
     */
    async create(project: string): Promise<{ readonly cwd: string; readonly config: string }> {
      await remove(join(base, project));
      const [cwd, config] = [join(base, project, "empty"), join(base, project, "docker")];
      for (const folder of [cwd, config]) await mkdir(folder, { recursive: true, mode: 0o700 });
      return { cwd, config };
    },
    /** Returns the Compose projects that have a folder. */
    projects: (): Promise<readonly string[]> => readdir(base).catch(() => []),
    remove: (project: string): Promise<void> => remove(join(base, project)),
    removeAll: (): Promise<void> => remove(base),
  };
}
