import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Diagnostic } from "../../../compose";
import { type Surface, UsageError } from "../../command";
import { CI_EXIT_CODES } from "../exit-codes";
import type { CiRequest } from "../options";
import { findProjects, type RepositoryProject } from "../repository/projects";
import { repositoryFiles } from "../repository/repository-files";
import { explained, runOperation } from "../run-operation";
import { listenToStop } from "../stack/stop";
import type { AllResult, StackResult } from "./all-report";
import { changedSince, concernedBy, textsOf } from "./changed";
import { needsOf } from "./needs";
import { referencesOf } from "./references";
import { makeFolder, reviewFile, withoutReview } from "./reviews";
import { runInOrder } from "./schedule";
import { lastPart, namedSurface, type Target, targetsOf, titleOf } from "./targets";
import { failedBefore, writeAll } from "./write-all";

/**
 * Runs a command for all stacks of a repository: `ci preview --all`, `ci apply --all` or `ci drift --all`. The reports
 * also contain the errors that concern no single stack.
 */
export async function runAll(request: CiRequest, surface: Surface): Promise<number> {
  const found: Diagnostic[] = [];
  const all = await runStacks(request, surface, found).catch((error: unknown) => {
    const text = explained(error);
    surface.printError(text);
    return failedBefore(request, surface, text);
  });
  return writeAll(request, surface, all, found);
}

async function runStacks(request: CiRequest, surface: Surface, found: Diagnostic[]): Promise<AllResult> {
  const { folder, only, since } = request;
  if (surface.stat(folder) !== "folder") throw new UsageError(`${folder} is not a folder`);
  // Only a preview may read untracked files. An apply must not use files that a job has left in the repository.
  const paths = repositoryFiles(folder, request.operation === "preview" ? "new" : "tracked");
  const projects = findProjects({ folder, read: (path, most) => surface.read(join(folder, path), most) }, paths);
  const targets = targetsOf(projects, only);
  if (targets.length === 0) throw new UsageError(nothingFound(projects, request));
  const changed = since === undefined ? undefined : changedSince(since, folder);
  const concerns = changed === undefined ? () => true : concernedBy(changed, textsOf(folder, paths, changed));
  const chosen = targets.filter(({ project, stack }) => concerns(project, stack));
  const untouched = targets.filter((target) => !chosen.includes(target));
  surface.print(`${chosen.length} of ${targets.length} stacks: ${chosen.map(titleOf).join(", ") || "none"}.`);
  const unreviewed = withoutReview(chosen, request, surface);
  const started = chosen.filter((target) => !unreviewed.includes(target));
  if (unreviewed.length > 0) surface.print(`Not applied without a review: ${unreviewed.map(titleOf).join(", ")}.`);
  makeFolder(request);
  const stop = listenToStop();
  const isStopped = () => stop.signal.aborted;
  // The command for each stack adds listeners for signals to this process. With the default limit, Node.js would warn
  // about too many listeners.
  process.setMaxListeners(process.getMaxListeners() + 4 * request.parallelProjects);
  const temporary = mkdtempSync(join(tmpdir(), "pulumi-lyceum-all-"));
  try {
    const files = new Map(started.map((target, at) => [target, join(temporary, `${at}`)]));
    const requestOf = (target: Target) => requestFor(target, files.get(target) ?? temporary, request, found);
    const needs =
      request.operation === "apply"
        ? await needsOf(
            started,
            request.parallelProjects,
            (target) => referencesOf(requestOf(target), namedSurface(target, surface)),
            surface,
            isStopped,
          )
        : () => [];
    const outcomes = await runInOrder<Target, StackResult>(started, request.parallelProjects, {
      needs,
      run: (target) => runOne(target, requestOf(target), surface),
      hasSucceeded: ({ exitCode }) => exitCode === CI_EXIT_CODES.clean,
      titleOf,
      isStopped,
    });
    const about = { operation: request.operation, only, since, untouched, unreviewed, error: undefined };
    return { ...about, outcomes, isStopped: isStopped() };
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

/**
 * Returns the request for one stack. The reports about this stack go into the folder `files`, because the whole command
 * combines the reports of all stacks.
 */
function requestFor(target: Target, files: string, request: CiRequest, found: Diagnostic[]): CiRequest {
  const { project, stack } = target;
  const reviewIn = (folder: string | undefined) =>
    folder === undefined ? undefined : join(folder, reviewFile(target));
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

async function runOne(target: Target, request: CiRequest, surface: Surface): Promise<StackResult> {
  const exitCode = await runOperation(request, {
    ...namedSurface(target, surface),
    // The whole command writes one summary for all stacks to this file. So the operation for a single stack does not
    // write to the file.
    variable: (name) => (name === "GITHUB_STEP_SUMMARY" ? undefined : surface.variable(name)),
  });
  const report = textOf(request.json);
  return { exitCode, summary: textOf(request.summary), report: report === "" ? null : JSON.parse(report) };
}

/** Returns the text of a file that a command has written; empty if there is no such file. */
function textOf(path: string | undefined): string {
  try {
    return path === undefined ? "" : readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
