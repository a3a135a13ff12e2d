import { answerInWords, GUARANTEES, nameOfCall, type OptionalCall } from "../../lyceum/capability";
import type { LyceumError } from "../../lyceum/errors";
import type { ParsedArguments } from "../../schema";
import { LIFECYCLE_CATALOGUE } from "../run/error-catalogue";
import { isOfStart, keysIn, parseFileName } from "../run/identity/start-key";
import type { ExecutionOutputs } from "../run/record/record";
import type { RowReport } from "../watch/ports";
import type { ProcessCache } from "./process-cache";

/** Why a lookup of runs is incomplete. */
export type Gap =
  | { readonly kind: "refused"; readonly call: OptionalCall; readonly error: LyceumError }
  | { readonly kind: "unreadable"; readonly call: OptionalCall; readonly count: number }
  | { readonly kind: "more"; readonly call: OptionalCall }
  | { readonly kind: "unnamed"; readonly count: number }
  | { readonly kind: "credential"; readonly error: LyceumError };

/** What the provider does if the lookup of runs before a start is incomplete. */
export type WhenUnverified = NonNullable<ParsedArguments["whenUnverified"]>;

/** Returns a sentence that describes a gap in a lookup of runs, for a warning. */
export function describeGap(gap: Gap): string {
  switch (gap.kind) {
    case "refused":
      return `${nameOfCall(gap.call)} ${answerInWords(gap.error)}: ${GUARANTEES[gap.call].without}.`;
    case "credential":
      return `${gap.error} What has become of the runs since the last command is not known.`;
    case "unreadable":
      return `${nameOfCall(gap.call)} shows ${entries(gap.count)} that cannot be parsed: ${gap.count === 1 ? "it" : "one of them"} may be a run of this resource.`;
    case "more":
      return `${nameOfCall(gap.call)} has more entries than the provider can read, or an unclear order: a run of this resource may be among them.`;
    case "unnamed":
      return `The service does not show file names, and ${gap.count === 1 ? "1 run is" : `${gap.count} runs are`} active: ${gap.count === 1 ? "it" : "one of them"} may be a run of this resource that an interrupted command started.`;
  }
}

/**
 * Returns one `Gap` for each request in `calls` that Lyceum has refused. By default, `calls` has the two requests that
 * read one run by its id.
 */
export function readGaps(
  refused: (call: OptionalCall) => LyceumError | undefined,
  calls: readonly OptionalCall[] = ["record", "olderStatus"],
): Gap[] {
  return calls.flatMap((call) => {
    const error = refused(call);
    return error === undefined ? [] : [{ kind: "refused", call, error } as const];
  });
}

interface Warning {
  readonly processCache: Pick<ProcessCache, "firstTime">;
  readonly report: RowReport;
}

/** Returns one sentence for each gap, as one text. */
export function describeGaps(gaps: readonly Gap[]): string {
  return gaps.map(describeGap).join(" ");
}

/**
 * Returns the refusals among the gaps, as text for a message: "GET /workloads/list answered 403, GET /billing/history
 * answered 404".
 */
export function listRefusals(gaps: readonly Gap[]): string {
  return gaps
    .flatMap((gap) => (gap.kind === "refused" ? [`${nameOfCall(gap.call)} ${answerInWords(gap.error)}`] : []))
    .join(", ");
}

/** Prints one warning about the gaps that this command has not reported yet. */
export function warnOfGaps({ processCache, report }: Warning, gaps: readonly Gap[]): void {
  const unreported = gaps.filter((gap) => processCache.firstTime(keyOf(gap)));
  if (unreported.length === 0) return;
  const [first] = unreported;
  const text =
    first?.kind === "credential"
      ? describeGap(first)
      : `LYC3015: ${describeGaps(unreported)} ${LIFECYCLE_CATALOGUE.LYC3015.remedy}`;
  report.warning(text);
}

/**
 * Warns once in a command if the `file_name` that Lyceum shows does not contain the start key of the run. Without the
 * key, the provider cannot find the run of a start that got no clear answer.
 */
export function reportFileName(
  { processCache, report }: Warning,
  { executionId, startKey }: Pick<ExecutionOutputs, "executionId" | "startKey">,
  fileName: string | undefined,
): void {
  const key = parseFileName(startKey);
  const isFound = key !== undefined && keysIn(fileName).some((found) => isOfStart(found, key));
  if (startKey === "" || fileName?.startsWith(startKey) || isFound || !processCache.firstTime("file name")) return;
  const what = fileName === undefined ? "does not return" : "alters";
  report.warning(
    `Lyceum ${what} the file name of run ${executionId}, so the provider cannot find a run whose start got no answer.`,
  );
}

function keyOf(gap: Gap): string {
  return "call" in gap ? `gap ${gap.kind} ${gap.call}` : `gap ${gap.kind}`;
}

function entries(count: number): string {
  return count === 1 ? "1 entry" : `${count} entries`;
}
