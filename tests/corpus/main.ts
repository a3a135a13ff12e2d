/** `npm run test:corpus`: compares this package with Docker Compose on projects of public repositories. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { inTurns } from "../differential/run";
import { type ComparedProject, compareBundle, compareProject } from "./compare";
import { unexplained } from "./differences";
import { obtainTree } from "./fetch";
import { type FoundProject, projectsOf } from "./projects";
import { repositories } from "./repositories";
import { bundleOf, bundleUploaded, bundleWithImages, runnable } from "./shares";
import { type Figures, shortfalls, table } from "./table";

const log = (line: string) => process.stderr.write(`${line}\n`);

function obtainProjects(): FoundProject[] {
  const cache = join(process.cwd(), ".cache", "corpus");
  mkdirSync(cache, { recursive: true });
  const known = new Set<string>();
  return repositories.flatMap((repository) => {
    const root = obtainTree(repository, cache, process.env.LYCEUM_CORPUS_MIRRORS, log);
    return projectsOf(repository, root, known);
  });
}

/** Compares all projects and their bundles. @returns the exit code */
async function main(temporary: string): Promise<number> {
  const dockerConfig = join(temporary, "docker");
  mkdirSync(dockerConfig);
  const found = obtainProjects();
  log(`Comparing ${found.length} projects of ${repositories.length} repositories …`);
  const bundles: { readonly of: ComparedProject; readonly text: string }[] = [];
  const projects = await inTurns(found, async (project) => {
    const compared = await compareProject(project, dockerConfig);
    const [plain, inline] = [bundleOf(compared, false), bundleOf(compared, true)];
    if (inline.bundle !== undefined && compared.theirs.accepted)
      bundles.push({ of: compared, text: inline.bundle.text });
    const [images, uploaded] = [bundleWithImages(compared), await bundleUploaded(compared)];
    return { compared, ...runnable(compared, { plain, inline, images, uploaded }) };
  });
  log(`Comparing ${bundles.length} bundles …`);
  const ofBundles = await inTurns(bundles, ({ of, text }, index) => {
    const folder = join(temporary, String(index));
    mkdirSync(join(folder, basename(of.found.folder)), { recursive: true });
    return compareBundle(of, text, folder, dockerConfig);
  });
  const compared = projects.map(({ compared }) => compared);
  const figures: Figures = {
    repositories: new Set(found.map(({ repository }) => repository)).size,
    projects,
    bundles: ofBundles,
  };
  const lines = [...compared, ...ofBundles].flatMap((project) => {
    const differences = unexplained(project);
    return differences.length === 0 ? [] : [`${project.project.name}\n    ${differences.join("\n    ")}`];
  });
  for (const line of lines) log(line);
  if (process.env.LYCEUM_CORPUS_DETAILS)
    writeFileSync(process.env.LYCEUM_CORPUS_DETAILS, JSON.stringify({ projects, bundles: ofBundles }));
  console.log(table(figures));
  const missed = shortfalls(figures);
  for (const line of missed) log(line);
  return missed.length === 0 && lines.length === 0 ? 0 : 1;
}

const temporary = mkdtempSync(join(tmpdir(), "lyceum-corpus-"));
void main(temporary)
  .then((code) => {
    process.exitCode = code;
  })
  .finally(() => rmSync(temporary, { recursive: true, force: true }));
