import { printable } from "../../display/printable";
import { sizeText } from "../../display/sizes";
import { projectArgumentFailures } from "../inputs/arguments";
import type { PreparedMounts } from "../inputs/mounts";
import type { Runtime } from "../process/engine";
import { withResourceErrors } from "../process/resource-error";
import { NO_INPUTS, parseProject, type ResourceInputs } from "../run/inputs";
import { mountsToStore, type UploadedMount } from "../run/mounts";
import { type CheckResult, checkInputs } from "./check-inputs";
import { isReadable } from "./check-project";

/** The request of a check. */
export interface CheckRequest {
  /** The inputs of the last command. Absent before a create, even before the create of a replacement. */
  readonly oldInputs?: ResourceInputs | undefined;
  readonly news: ResourceInputs;
}

/** The answer to a host. Has no warnings, because check has already shown them. */
export type CheckAnswer = Omit<CheckResult, "warnings">;

/**
 * Checks the inputs of a resource. Sends no request. Shows each warning once in a command, on the resource's row.
 *
 * @throws {ResourceError} for an error that is not about an input
 */
export async function check(runtime: Runtime, { oldInputs, news }: CheckRequest): Promise<CheckAnswer> {
  return withResourceErrors(async () => {
    const { processCache, engine, projects } = runtime;
    const { urn } = news;
    if (urn !== "") {
      processCache.refreshing(urn, false);
      if (oldInputs !== undefined) processCache.rememberOldInputs(urn, oldInputs);
      if (oldInputs !== undefined && oldInputs.urn !== "") processCache.renamed(oldInputs.urn, urn);
    }
    if (hasUploads(news)) await projects.prepare(news);
    const result = checkInputs(oldInputs ?? NO_INPUTS, news, projects);
    const { inputs } = result;
    // The engine calls check several times in a command. Each warning is shown only the first time.
    const unreported = result.warnings.filter((warning) => processCache.firstTime(`${urn} ${warning}`));
    for (const warning of unreported) engine.report.warning(urn, warning);
    // A notice announces the files that a start will store. A start is expected if check gets no old inputs (the engine
    // will create the resource), or if mounted files have new content.
    const before = recordedMounts(oldInputs ?? processCache.oldInputs(urn));
    const startsRun = oldInputs === undefined || hasNewContent(projects.uploadsOf(urn), before);
    const planned = startsRun ? plannedText(mountsToStore(projects.uploadsOf(urn), before)) : undefined;
    const isPlanned = planned !== undefined && processCache.firstTime(`${urn} ${planned}`);
    if (isPlanned) engine.report.notice(urn, planned);
    const unusable = runtime.unusable?.();
    // If check gets no old inputs, the engine will create the resource.
    const isNew = urn !== "" && oldInputs === undefined;
    const missing = isNew && unusable === undefined ? runtime.missing?.() : undefined;
    const isFirst = missing !== undefined && processCache.firstTime(missing);
    // The warning is about every run, and not about one resource. Without a URN, the engine shows the warning on the
    // row of the stack.
    if (isFirst) engine.report.warning("", missing);
    if (unreported.length > 0 || isFirst || isPlanned) await engine.flush();
    if (isNew) processCache.planCreate(urn, inputs);
    const all = unusable === undefined ? result.failures : [{ property: "", reason: unusable }, ...result.failures];
    const failures = all.map(({ property, reason }) => ({ property: printable(property), reason: printable(reason) }));
    return { inputs, failures };
  });
}

/** Whether the project may mount local files that have to be read. */
function hasUploads({ values }: ResourceInputs): boolean {
  const { localFiles, composeFile } = values;
  const mayMount = localFiles === "upload" && composeFile !== undefined;
  return mayMount && projectArgumentFailures(values).length === 0 && isReadable(values);
}

function recordedMounts(oldInputs: ResourceInputs | undefined): readonly UploadedMount[] {
  return (oldInputs && parseProject(oldInputs)?.record.mounts) ?? [];
}

function hasNewContent(mounts: readonly UploadedMount[], before: readonly UploadedMount[]): boolean {
  return mounts.some(({ hash }) => !before.some((mount) => mount.hash === hash));
}

/** Returns a line about the files that a start stores in the bucket. Undefined if there are no new files. */
function plannedText(added: PreparedMounts["uploads"]): string | undefined {
  if (added.length === 0) return undefined;
  const files = added.reduce((sum, { tree }) => sum + tree.fileCount, 0);
  const bytes = added.reduce((sum, { tree }) => sum + tree.bytes, 0);
  const paths = added.slice(0, MOST_PATHS).map(({ path }) => path);
  const more = added.length > MOST_PATHS ? ` and ${added.length - MOST_PATHS} more` : "";
  return `A start stores ${files} ${files === 1 ? "file" : "files"} (${sizeText(bytes)}) in the bucket: ${paths.join(", ")}${more}.`;
}

const MOST_PATHS = 5;
