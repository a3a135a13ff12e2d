/** Writes stand-ins of three projects of the corpus into a folder, for `npm run test:corpus -- --up` to start. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askCompose } from "../differential/docker-compose";
import { obtainTree } from "./fetch";
import { projectsOf } from "./projects";
import { repositories } from "./repositories";
import { standIn } from "./stand-in";

/** Projects of several services with mounts of files and of folders that are not there. */
const chosen: readonly (readonly [repository: string, path: string])[] = [
  ["bitsondatadev/trino-getting-started", "community-tutorials/druid/trino-druid/docker-compose.yml"],
  ["Haxxnet/Compose-Examples", "examples/grafana-monitoring/docker-compose.yml"],
  ["weaviate/weaviate-examples", "monitoring-prometheus-grafana/docker-compose.yml"],
];

async function main(into: string): Promise<void> {
  const cache = join(process.cwd(), ".cache", "corpus");
  mkdirSync(cache, { recursive: true });
  const dockerConfig = mkdtempSync(join(tmpdir(), "lyceum-corpus-"));
  for (const [index, [name, path]] of chosen.entries()) {
    const repository = repositories.find((listed) => listed.name === name);
    if (repository === undefined) throw new Error(`${name} is not in repositories.json`);
    const root = obtainTree(repository, cache, process.env.LYCEUM_CORPUS_MIRRORS, console.error);
    const found = projectsOf(repository, root, new Set()).find(({ project }) => project.name === `${name}: ${path}`);
    if (found === undefined) throw new Error(`${name} has no ${path}`);
    const folder = join(into, String(index));
    const [file = ""] = found.project.run.files;
    cpSync(found.folder, join(folder, "project"), { recursive: true });
    const answer = await askCompose(found.project, join(folder, "project"), dockerConfig);
    if (!answer.accepted) throw new Error(`${name}: ${answer.reasons.join()}`);
    const { text, lines } = standIn(
      readFileSync(join(folder, "project", file), "utf8"),
      answer.model,
      join(folder, "project"),
    );
    writeFileSync(join(folder, "project", file), text);
    writeFileSync(join(folder, "expected.json"), JSON.stringify({ name: found.project.name, file, lines }));
  }
}

void main(process.argv[2] ?? "");
