import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Surface, UsageError } from "../../command";
import { writing } from "../../output";
import { CI_EXIT_CODES } from "../exit-codes";
import type { InitRequest } from "../options";
import { findProjects, type RepositoryProject } from "../repository/projects";
import { OWN_PACKAGES, PIPELINES, type PipelineKind } from "./init-files";
import { lineDiff } from "./line-diff";
import { EXAMPLE, type PipelineSettings, pipelineFile } from "./pipeline-file";
import { isKnownRuntime } from "./runtimes";
import { inUsualOrder, pipelineSettings, scheduleIn, scheduleSetting, stacksIn } from "./settings";
import { authorOf, signed } from "./signature";

/** The folder with the templates of the pipeline files. */
const TEMPLATES = templatesAbove(__dirname);
const LARGEST_FILE = 1_000_000;

/**
 * Returns the path of `examples/gitops` in `folder`, or else in the nearest folder above it. The search is needed,
 * because this file in the repository and the bundled file in the package are not at the same depth. If no folder has
 * it, returns a path that does not exist.
 */
function templatesAbove(folder: string): string {
  const templates = join(folder, "examples", "gitops");
  return existsSync(templates) || dirname(folder) === folder ? templates : templatesAbove(dirname(folder));
}

/** `ci init`: writes the files of a pipeline into the repository, or updates the files that nobody else has changed. */
export function init(request: InitRequest, surface: Surface): number {
  const kind = request.kind ?? kindOf(surface);
  const projects = findProjects(surface);
  const runtimes = runtimesOf(projects);
  const settings = {
    ...pipelineSettings(request.stacks ?? usualStacks(kind, projects, surface), request.cwd ?? projectFolder(projects)),
    runtimes: runtimes.length === 0 ? EXAMPLE.runtimes : runtimes,
    ...scheduleOf(request, kind, surface),
  };
  const files = PIPELINES[kind].files.map((path) => {
    const text = signed(path, pipelineFile(readFileSync(join(TEMPLATES, path), "utf8"), settings));
    return { path, text, ...stateOf(path, text, surface) };
  });
  const foreign = files.filter(({ state }) => state === "foreign").map(({ path }) => path);
  if (foreign.length > 0 && !request.force) {
    throw new UsageError(`Nothing was written, because there is already ${foreign.join(", ")}. --force overwrites`);
  }
  const edited = files.filter(({ state }) => state === "edited" && !request.force);
  for (const { path, text, state } of files.filter((file) => !edited.includes(file))) {
    if (state !== "same") write(join(surface.folder, path), text, state !== "missing" || request.force);
    surface.print(
      `${{ missing: "wrote", same: "unchanged", own: "updated", edited: "overwrote", foreign: "overwrote" }[state]} ${path}`,
    );
  }
  for (const { path, before, text } of edited) {
    const change = lineDiff(before, text).join("\n");
    surface.printError(
      `${path} was not written, because somebody has changed it since \`ci init\` wrote it. Make these changes by hand, or overwrite it with --force:\n${change}`,
    );
  }
  const next = [
    ...(surface.stat(".git") === "missing"
      ? ["This folder is not the root of a Git repository, where a pipeline looks for these files."]
      : []),
    ...whatIsMissing(kind, settings, projects),
    ...unknownRuntimes(projects),
    ...(kind === "policy-pack" ? [] : [installLine(surface)]),
    ...PIPELINES[kind].next(settings.stacks, settings.schedule),
  ];
  surface.print(["", "Next:", ...next.map((line) => `* ${line}`), "", READ_ON].join("\n"));
  return edited.length > 0 ? CI_EXIT_CODES.error : CI_EXIT_CODES.clean;
}

const APPLY = ".github/workflows/apply.yml";

/** Returns the schedule of applies: that of the command line, or else that of the existing pipeline. */
function scheduleOf(
  { schedule }: InitRequest,
  kind: PipelineKind,
  surface: Surface,
): Pick<PipelineSettings, "schedule"> {
  if (schedule !== undefined) {
    if (kind === "github" || kind === "gitlab") return { schedule: scheduleSetting(schedule) };
    throw new UsageError(
      "--schedule is for github and gitlab: the other pipelines set the times of their jobs elsewhere",
    );
  }
  const existing = kind === "github" ? scheduleIn(contentOf(APPLY, surface)) : undefined;
  return existing === undefined ? {} : { schedule: existing };
}

/**
 * Returns a line of text if the repository does not have what the written files need. A policy pack needs the project
 * whose policy it enforces. A pipeline needs a settings file for each of its stacks.
 */
function whatIsMissing(
  kind: PipelineKind,
  { folder, stacks }: PipelineSettings,
  projects: readonly RepositoryProject[],
): readonly string[] {
  if (kind === "policy-pack") {
    const isThere = projects.some((project) => project.folder === folder);
    return isThere ? [] : [`There is no Pulumi project in ${folder}: --cwd names its folder.`];
  }
  const missing = stacks.filter((stack) => !projects.some((project) => project.stacks.includes(stack)));
  if (missing.length === 0) return [];
  const files = missing.map((stack) => `Pulumi.${stack}.yaml`).join(" or ");
  return [
    `No project has ${files}. The pipeline finds stacks by these files, so commit one for each stack, even an empty one.`,
  ];
}

/**
 * Returns the text about what to install. The commands for pipelines need Node.js, even if a project is in another
 * language.
 */
function installLine(surface: Surface): string {
  const read = surface.read(OWN_PACKAGES, LARGEST_FILE);
  const hasPackage = read.kind === "bytes" && textOf(read.bytes).includes('"pulumi-lyceum"');
  const command = hasPackage ? "npm install" : "npm install pulumi-lyceum @pulumi/pulumi";
  return `Run \`${command}\` here, and commit package.json and package-lock.json: also for a project in YAML, Python or Go, \`npm ci\` installs the commands of the pipeline and the plugin.`;
}

function unknownRuntimes(projects: readonly RepositoryProject[]): readonly string[] {
  const unknown = projects.filter((project) => !isKnownRuntime(project));
  return unknown.map(
    ({ folder, runtime }) =>
      `The project in ${folder} has the runtime "${runtime}", which is not known here: add the steps that set it up.`,
  );
}

function runtimesOf(projects: readonly RepositoryProject[]) {
  const runtimes = projects.map(({ runtime, toolchain }) => ({ runtime, toolchain }));
  return [...new Map(runtimes.map((one) => [JSON.stringify(one), one])).values()];
}

const READ_ON = "docs/guides/gitops.md of the package explains what each file does.";

/**
 * Returns the folder of the project whose policy a policy pack enforces: the only project of the repository, or else
 * the project of the example.
 */
function projectFolder(projects: readonly RepositoryProject[]): string {
  const [first, ...others] = projects;
  return first === undefined || others.length > 0 ? EXAMPLE.folder : first.folder;
}

/**
 * Returns the default stacks of a pipeline: first the stacks of the existing pipeline, then the other stacks of the
 * projects.
 */
function usualStacks(kind: PipelineKind, projects: readonly RepositoryProject[], surface: Surface): string {
  const texts = PIPELINES[kind].files.map((path) => contentOf(path, surface) ?? "");
  const found = [...stacksIn(texts), ...inUsualOrder(projects.flatMap(({ stacks }) => stacks))];
  return (found.length === 0 ? EXAMPLE.stacks : [...new Set(found)]).join(",");
}

/**
 * Returns the kind of the pipeline: GitLab if the URL of a remote in `.git/config` contains `gitlab`, otherwise GitHub.
 */
function kindOf(surface: Surface): PipelineKind {
  const config = surface.read(".git/config", LARGEST_FILE);
  const isGitlab = config.kind === "bytes" && /^[ \t]*url = .*gitlab/im.test(textOf(config.bytes));
  return isGitlab ? "gitlab" : "github";
}

/**
 * Returns the state of a file before `ci init` writes it. `same`: the file has the new text, or is an existing
 * `package.json`. `own`: only `ci init` wrote the file. `edited`: somebody has changed the file since. `foreign`:
 * nothing shows that `ci init` wrote the file, or the path is not a readable file.
 */
function stateOf(
  path: string,
  text: string,
  surface: Surface,
): { readonly state: "missing" | "same" | "own" | "edited" | "foreign"; readonly before: string } {
  if (surface.stat(path) === "missing") return { state: "missing", before: "" };
  const before = contentOf(path, surface);
  if ((path === OWN_PACKAGES && before !== undefined) || before === text) return { state: "same", before: "" };
  const author = before === undefined ? "other" : authorOf(before);
  return { state: ({ init: "own", edited: "edited", other: "foreign" } as const)[author], before: before ?? "" };
}

/** Returns the text of a file; undefined if the path is not a file. */
function contentOf(path: string, surface: Surface): string | undefined {
  const read = surface.stat(path) === "file" ? surface.read(path, LARGEST_FILE) : undefined;
  return read?.kind === "bytes" ? textOf(read.bytes) : undefined;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}

/** Writes a file without following links, because a link may lead out of the repository. */
function write(path: string, text: string, replaces: boolean): void {
  writing(path, () => {
    mkdirSync(dirname(path), { recursive: true });
    if (replaces) rmSync(path, { force: true });
    writeFileSync(path, text, { flag: "wx", mode: path.endsWith(".sh") ? 0o755 : 0o644 });
  });
}
