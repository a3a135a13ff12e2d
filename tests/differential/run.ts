import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bytesOf } from "./characters";
import { type Difference, differencesOf } from "./compare";
import type { Project } from "./corpus";
import { type Answer, askCompose, type Release } from "./docker-compose";
import { askOurs } from "./pulumi-lyceum";

/** The result of one project. */
export interface Compared {
  readonly project: Project;
  readonly ours: Answer;
  readonly theirs: Answer;
  readonly differences: readonly Difference[];
  /** The folder from which the project's relative paths start. */
  readonly home: string;
}

/** The name of the folder of every project. */
const folderName = "p";
const atOnce = 4;

/** Runs tasks, a few at a time. Returns the results in the order of the inputs. */
export async function inTurns<Input, Result>(
  inputs: readonly Input[],
  task: (input: Input, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = [...inputs.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, input] = next;
      results[index] = await task(input, index);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

/** Compares all projects, a few at a time. Calls `inspect` for each project while its files exist. */
export async function compareAll(
  projects: readonly Project[],
  inspect: (compared: Compared, folder: string) => void = () => {},
  release: Release = "oldest",
): Promise<Compared[]> {
  const base = mkdtempSync(join(tmpdir(), "lyceum-differential-"));
  const dockerConfig = join(base, "docker");
  mkdirSync(dockerConfig);
  try {
    return await inTurns(projects, async (project, index) => {
      const folder = join(base, String(index), folderName);
      writeProject(project, folder);
      const theirs = await askCompose(project, folder, dockerConfig, release);
      const ours = askOurs(project, folder);
      const home = homeOf(project, folder);
      const compared = { project, ours, theirs, home, differences: differencesOf(ours, theirs, home, { release }) };
      inspect(compared, folder);
      return compared;
    });
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/** The folder from which a project's relative paths start. */
function homeOf({ run }: Project, folder: string): string {
  const [first = "."] = run.files;
  if (run.home !== undefined) return join(folder, run.home);
  return join(folder, first === "." ? first : dirname(first));
}

function writeProject({ files }: Project, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    const whole = join(folder, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, bytesOf(text));
  }
}
