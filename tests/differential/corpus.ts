import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";

/** A small Compose project, and the flags for it. */
export interface Project {
  /** The topic and the case, such as `ports: a port twice`. */
  readonly name: string;
  /** Texts by their paths in the project's folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly run: Run;
  /** The changed file, if the project is a mutant. */
  readonly changed?: string;
}

/** The flags for one call of Compose. */
interface Run {
  /** Files in order, or `["."]` for the folder with its default names. */
  readonly files: readonly string[];
  readonly profiles: readonly string[];
  /** Env files. If the list is empty, the `.env` next to the first file is used. */
  readonly envFiles: readonly string[];
  /** The project folder, if `COMPOSE_FILE` names a file in another folder. */
  readonly home?: string;
  /** Variables of the environment. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A call for the single file `compose.yaml`. */
export const plainRun: Run = { files: ["compose.yaml"], profiles: [], envFiles: [] };

const folder = join(__dirname, "corpus");

/**
 * Reads all projects. Each topic has a file with projects. A project is a text, or files by their paths with an
 * optional `run`.
 */
export function readCorpus(): Project[] {
  const topics = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  return topics.sort().flatMap((file) => {
    const entries: Record<string, unknown> = parse(readFileSync(join(folder, file), "utf8"));
    return Object.entries(entries).map(([title, written]) =>
      projectOf(`${basename(file, ".yaml")}: ${title}`, written),
    );
  });
}

function projectOf(name: string, written: unknown): Project {
  const { run, ...files } = typeof written === "string" ? { "compose.yaml": written } : (written as Entry);
  return {
    name,
    files: files as Record<string, string>,
    run: {
      files: run?.files ?? ["compose.yaml"],
      profiles: run?.profiles ?? [],
      envFiles: run?.env_files ?? [],
      ...(run?.home === undefined ? {} : { home: run.home }),
    },
  };
}

interface Entry {
  readonly run?: {
    readonly files?: string[];
    readonly profiles?: string[];
    readonly env_files?: string[];
    readonly home?: string;
  };
}
