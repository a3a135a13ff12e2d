import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMapping } from "./model";

/** What is known of a run beside its containers; outlives a crash of the emulator. */
export interface RunNotes {
  readonly executionId: string;
  readonly project: string;
  /** Process id of the compose that brings the run up, while it does. */
  readonly composePid?: number | undefined;
  /** Whether compose has brought up everything. */
  readonly up: boolean;
}

/** The folders of runs, below one work folder; nobody else may read them. */
export interface RunFolders {
  /** Makes the folder of a run, empty. @returns the empty folder that compose runs in, and its DOCKER_CONFIG. */
  create(project: string): Promise<{ readonly cwd: string; readonly config: string }>;
  /** Writes the docker configuration that holds a credential. */
  writeConfig(project: string, text: string): Promise<void>;
  removeConfig(project: string): Promise<void>;
  writeNotes(notes: RunNotes): Promise<void>;
  /** Notes of every run whose folder is there; a folder without readable ones is left out. */
  allNotes(): Promise<readonly RunNotes[]>;
  remove(project: string): Promise<void>;
  /** Removes everything. */
  removeAll(): Promise<void>;
}

/** Run folders on the disk, below `<workFolder>/runs`. */
export function runFolders(workFolder: string): RunFolders {
  const base = join(workFolder, "runs");
  const of = (project: string, ...rest: string[]) => join(base, project, ...rest);
  const configFile = (project: string) => of(project, "docker", "config.json");
  return {
    async create(project) {
      await rm(of(project), { recursive: true, force: true });
      const [cwd, config] = [of(project, "empty"), of(project, "docker")];
      await mkdir(cwd, { recursive: true, mode: 0o700 });
      await mkdir(config, { recursive: true, mode: 0o700 });
      return { cwd, config };
    },
    writeConfig: (project, text) => writeFile(configFile(project), text, { mode: 0o600, flag: "wx" }),
    removeConfig: (project) => rm(configFile(project), { force: true }),
    async writeNotes(notes) {
      const [file, next] = [of(notes.project, "run.json"), of(notes.project, "run.json.new")];
      await writeFile(next, JSON.stringify(notes), { mode: 0o600 });
      await rename(next, file);
    },
    async allNotes() {
      const projects = await readdir(base).catch(() => []);
      const notes = await Promise.all(projects.map((project) => readNotes(of(project, "run.json"))));
      return notes.flatMap((note) => note ?? []);
    },
    remove: (project) => rm(of(project), { recursive: true, force: true }),
    removeAll: () => rm(base, { recursive: true, force: true }),
  };
}

async function readNotes(file: string): Promise<RunNotes | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    if (!isMapping(value)) return undefined;
    const { executionId, project, composePid, up } = value;
    if (typeof executionId !== "string" || typeof project !== "string") return undefined;
    return { executionId, project, up: up === true, ...(typeof composePid === "number" ? { composePid } : {}) };
  } catch {
    // Cut off by a crash, or of another version: its containers are found by their labels.
    return undefined;
  }
}
