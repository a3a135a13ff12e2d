import { isExecutionType } from "../../provider/policy/declared";
import { type Artifact, nameOf, parseArtifacts, readUrn } from "../../provider/schema";
import { isRunId, runIdOf } from "../../provider/schema/run-id";
import { UsageError } from "../command";
import { exportStack, resourcesIn } from "./recorded-runs";

/** The artifacts of a run in the state of a stack. */
export interface RecordedArtifacts {
  readonly executionId: string;
  /** Files in the bucket, by their names in the argument `artifacts`. */
  readonly artifacts: Readonly<Record<string, Artifact>>;
  /** The run's own folder in the bucket. Empty if the run has no such folder. */
  readonly filesPrefix: string;
}

/** Returns true if a text can only name a run, not a file: the id of a run, or the URN of its resource. */
export function namesRun(text: string): boolean {
  return isRunId(text) || readUrn(text) !== undefined;
}

/**
 * Returns the artifacts of a run in the state of a stack, from `pulumi stack export` in `folder`.
 *
 * @param named the name or URN of the resource, or the id of the run
 * @param stack the name of the stack. Default: the stack of the URN, or the stack that is selected in the folder
 */
export function recordedArtifacts(named: string, stack: string | undefined, folder: string): RecordedArtifacts {
  const chosen = stack ?? readUrn(named)?.stack;
  const exported = exportStack(chosen, folder);
  if (exported.kind === "failed") throw new UsageError(exported.reason);
  return artifactsIn(exported.text, named, chosen === undefined ? "the selected stack" : `the stack ${chosen}`);
}

/** Returns the artifacts of a run in an exported stack. */
export function artifactsIn(exported: string, named: string, where: string): RecordedArtifacts {
  const runs = runsWithArtifacts(exported);
  const [run, ...others] = runs.filter(
    ({ urn, executionId }) => urn === named || executionId === named || readUrn(urn)?.name === named,
  );
  if (run === undefined) {
    const known = runs.map(({ urn }) => nameOf(urn));
    throw new UsageError(
      `${sentenceStart(where)} has no run ${named}${known.length === 0 ? "" : `; it has ${known.join(", ")}`}`,
    );
  }
  if (others.length > 0) throw new UsageError(`Several resources of ${where} are called ${named}: name one by its URN`);
  const { urn: _urn, ...recorded } = run;
  return recorded;
}

function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Returns the artifacts of all runs in the state of a stack, by the ids of the runs. */
export function artifactsOfStack(stack: string, folder: string): ReadonlyMap<string, RecordedArtifacts["artifacts"]> {
  const exported = exportStack(stack, folder);
  if (exported.kind === "failed") throw new UsageError(exported.reason);
  return new Map(runsWithArtifacts(exported.text).map(({ executionId, artifacts }) => [executionId, artifacts]));
}

function runsWithArtifacts(exported: string): readonly (RecordedArtifacts & { readonly urn: string })[] {
  return resourcesIn(exported).flatMap(({ urn, id, type, delete: isReplaced, outputs }) => {
    const isRun = typeof urn === "string" && typeof id === "string" && isExecutionType(type ?? "");
    if (!isRun || isReplaced === true) return [];
    const filesPrefix = typeof outputs?.filesPrefix === "string" ? outputs.filesPrefix : "";
    return [{ urn, executionId: runIdOf(id, outputs), artifacts: parseArtifacts(outputs?.artifacts), filesPrefix }];
  });
}
