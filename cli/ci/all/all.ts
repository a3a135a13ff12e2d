import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Diagnostic } from "../../../compose";
import { type Surface, UsageError } from "../../command";
import { shownJson } from "../../compose/json";
import { writeText } from "../../output";
import { listenToStop } from "../apply/stop";
import { CI_EXIT_CODES } from "../exit-codes";
import type { CiRequest } from "../options";
import { writeFindings } from "../preview/findings";
import { runOperation } from "../run-operation";
import { writeMarkdown } from "../summary/write";
import { allMarkdown } from "./all-markdown";
import { type AllResult, allJson, type StackResult, worstCode } from "./all-report";
import { changedSince, concernedBy, textsOf } from "./changed";
import { needsOf } from "./needs";
import { findProjects, type RepositoryProject } from "./projects";
import { repositoryFiles } from "./repository-files";
import { runInOrder } from "./schedule";
import { lastPart, type Target, targetsOf, titleOf } from "./targets";

/** A command for all stacks of a repository: `ci preview --all`, `ci apply --all` and `ci drift --all`. */
export async function runAll(request: CiRequest, surface: Surface): Promise<number> {
  const { folder, only, since } = request;
  if (surface.stat(folder) !== "folder") throw new UsageError(`${folder} is not a folder`);
  // Only a preview is harmless: what a job has left in the repository must not be applied.
  const paths = repositoryFiles(folder, request.operation === "preview" ? "new" : "tracked");
  const projects = findProjects({ folder, read: (path, most) => surface.read(join(folder, path), most) }, paths);
  const targets = targetsOf(projects, only);
  if (targets.length === 0) throw new UsageError(nothingFound(projects, request));
  const changed = since === undefined ? undefined : changedSince(since, folder);
  const concerns = changed === undefined ? () => true : concernedBy(changed, textsOf(folder, paths, changed));
  const chosen = targets.filter(({ project, stack }) => concerns(project, stack));
  const untouched = targets.filter((target) => !chosen.includes(target));
  surface.print(`${chosen.length} of ${targets.length} stacks: ${chosen.map(titleOf).join(", ") || "none"}.`);
  const stop = listenToStop();
  // Each stack listens to the signals of the job, and Node warns of many listeners.
  process.setMaxListeners(process.getMaxListeners() + 4 * request.parallelProjects);
  const temporary = mkdtempSync(join(tmpdir(), "pulumi-lyceum-all-"));
  const found: Diagnostic[] = [];
  try {
    const files = new Map(chosen.map((target, at) => [target, join(temporary, `${at}`)]));
    const requestOf = (target: Target) => requestFor(target, files.get(target) ?? temporary, request, found);
    const needs =
      request.operation === "apply" ? await needsOf(chosen, request.parallelProjects, requestOf, surface) : () => [];
    const outcomes = await runInOrder<Target, StackResult>(chosen, request.parallelProjects, {
      needs,
      run: (target) => runOne(target, requestOf(target), surface),
      hasSucceeded: ({ exitCode }) => exitCode === CI_EXIT_CODES.clean,
      titleOf,
      isStopped: () => stop.signal.aborted,
    });
    const all: AllResult = { operation: request.operation, only, since, outcomes, untouched };
    writeMarkdown(request, surface, allMarkdown(all));
    if (request.json !== undefined) writeText(request.json, `${shownJson(allJson(all))}\n`);
    writeFindings(request, surface, found);
    const isCut = stop.signal.aborted && outcomes.some(({ kind }) => kind === "not started");
    return isCut ? CI_EXIT_CODES.stopped : worstCode(outcomes);
  } finally {
    stop.dispose();
    rmSync(temporary, { recursive: true, force: true });
  }
}

function nothingFound(projects: readonly RepositoryProject[], { only, operation }: CiRequest): string {
  const tracked =
    operation === "preview" ? "" : ". In a Git repository, only files that Git tracks count: run `git add`";
  if (projects.length === 0) return `There is no Pulumi project in this folder${tracked}`;
  const stack = lastPart(only ?? "STACK");
  return `No Pulumi project here has the stack. --all finds stacks by their files: Pulumi.${stack}.yaml${tracked}`;
}

/** The request for one stack. Its reports are parts of those of the whole command. */
function requestFor({ project, stack }: Target, files: string, request: CiRequest, found: Diagnostic[]): CiRequest {
  // With --all, a review is a folder with a file for each stack.
  const review = `${[project.folder.replaceAll("/", "--"), stack.replaceAll("/", "--")].join(".")}.json`;
  const reviewIn = (folder: string | undefined) => (folder === undefined ? undefined : join(folder, review));
  return {
    ...request,
    folder: join(request.folder, project.folder),
    stack,
    summary: join(files, "summary.md"),
    json: join(files, "report.json"),
    sarif: undefined,
    codequality: undefined,
    annotates: false,
    save: reviewIn(request.save),
    reviewed: reviewIn(request.reviewed),
    onFound: (more) => found.push(...more),
  };
}

/** Runs the command for one stack. Its lines begin with the name of the stack, because several stacks print at once. */
async function runOne(target: Target, request: CiRequest, surface: Surface): Promise<StackResult> {
  const named = (text: string) => text.replace(/^.*$/gm, (line) => `[${titleOf(target)}] ${line}`.trimEnd());
  const exitCode = await runOperation(request, {
    ...surface,
    // The whole command writes one summary.
    variable: (name) => (name === "GITHUB_STEP_SUMMARY" ? undefined : surface.variable(name)),
    color: false,
    print: (text) => surface.print(named(text)),
    printError: (text) => surface.printError(named(text)),
  });
  const report = textOf(request.json);
  return { exitCode, summary: textOf(request.summary), report: report === "" ? null : JSON.parse(report) };
}

/** What a command has written; empty if it has written nothing. */
function textOf(path: string | undefined): string {
  try {
    return path === undefined ? "" : readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
