import { DEFAULT_PORTS } from "../../../provider/lyceum/http/caller";
import { type Policy, type PolicyFile, policyForStack } from "../../../provider/policy";
import { violationLine } from "../../../provider/policy/declared";
import { changeStack, REFUSED } from "../apply/change";
import { CiError } from "../catalogue";
import { CI_EXIT_CODES } from "../exit-codes";
import { isAfterHours, policyOf } from "../preview/policy";
import { evaluated, readAccountFor } from "../preview/preview";
import { previewData, previewReport } from "../preview/preview-data";
import { previewMarkdown } from "../preview/preview-markdown";
import { codeOf } from "../report/report";
import { type EngineResult, runEngine, type Session } from "../stack/session";
import { recordedStack } from "../stack/state";
import { reportStopped } from "../summary/failure";
import { writeReports } from "../summary/write";
import { differenceLines, endDifferences } from "./end-settings";

/**
 * `ci destroy`: deletes the stack's resources. The end settings of an execution, such as `onDelete`, decide whether its
 * active run is aborted. The stack itself stays.
 */
export async function destroy(session: Session): Promise<number> {
  const { request, surface, open } = session;
  // If the program does not run, Pulumi uses the settings of the providers in the state.
  const more = request.runProgram ? { runProgram: true } : {};
  const shown = (policy: PolicyFile | undefined) =>
    previewed(session, policy, () =>
      runEngine(session, (options) => open.stack.previewDestroy({ ...options, ...more })),
    );
  const work = async () => {
    const policy = policyOf(request, surface);
    const isChecked = mayRefuse(policy, request.stack);
    if (request.previewOnly || isChecked) {
      const code = await shown(policy);
      if (request.previewOnly || code !== undefined) return code ?? CI_EXIT_CODES.clean;
    }
    let isFirst = true;
    return changeStack(session, "destroy", async () => {
      // The policy is checked again if another command had locked the stack, because the resources may have changed.
      // The policy is also checked again if the working hours have ended since the first check.
      const isStale = isChecked && (!isFirst || isAfterHours(policy, request.stack, DEFAULT_PORTS.now()));
      isFirst = false;
      if (isStale && (await shown(policy)) !== undefined) return REFUSED;
      return resultOfDestroy(
        await whereEndsAgree(session, () =>
          runEngine(session, (options) => open.stack.destroy({ ...options, ...more })),
        ),
      );
    });
  };
  return work().finally(open.removeIfNew);
}

/** Returns whether the policy has a rule about a destroy, as an error or as a warning. If so, a preview comes first. */
function mayRefuse(file: PolicyFile | undefined, stack: string): boolean {
  const { refuse, warn } = file === undefined ? { refuse: {}, warn: {} } : policyForStack(file, stack);
  return DESTROY_RULES.some((rule) => (refuse as Policy)[rule] !== undefined || (warn as Policy)[rule] !== undefined);
}

const DESTROY_RULES = ["protected", "workingHours"] as const;

/**
 * Returns the result of a destroy. If a destroy runs the program first, Pulumi also reports a step `same` for a
 * resource that the destroy deletes, and for a new resource, which Pulumi skips. These steps are left out and not
 * counted, because neither resource exists after the destroy. A resource whose deletion failed still exists.
 */
export function resultOfDestroy(result: EngineResult): EngineResult {
  const { steps: all, counts, ended } = result.observed;
  const failed = new Set(ended.flatMap(({ op, urn, hasFailed }) => (op === "delete" && hasFailed ? [urn] : [])));
  const deleted = new Set(all.flatMap(({ op, urn }) => (op === "delete" && !failed.has(urn) ? [urn] : [])));
  const steps = all.filter(({ op, urn, isRecorded }) => op !== "same" || (!deleted.has(urn) && isRecorded));
  const same = Math.max(0, (counts.same ?? 0) - (all.length - steps.length));
  const own = counts.same === undefined ? counts : { ...counts, same };
  return { ...result, observed: { ...result.observed, steps, counts: own } };
}

/**
 * Runs a preview of a destroy. The preview is reported if it failed, if the policy refuses the destroy, or if the
 * command line asks only for a preview.
 *
 * @returns the exit code; undefined if the destroy may follow
 */
async function previewed(
  session: Session,
  policy: PolicyFile | undefined,
  run: () => Promise<EngineResult>,
): Promise<number | undefined> {
  const { request, surface, open, stop } = session;
  const result = resultOfDestroy(await whereEndsAgree(session, run));
  if (stop.signal.aborted) return reportStopped(request, surface);
  const about = { project: open.project, stack: request.stack };
  const account = await readAccountFor(session, undefined);
  const planned = previewData(about, result, account);
  const data = evaluated(session, planned, policy, account, request.previewOnly ? "preview" : "change");
  for (const violation of data.violations) surface.printError(violationLine(violation));
  if (data.succeeded && !request.previewOnly) return undefined;
  const reasons = ["the stack would be destroyed"];
  const deleting = { ...data, executions: data.executions.map((one) => ({ ...one, reasons })) };
  const report = previewReport(request, deleting);
  writeReports(request, surface, previewMarkdown(deleting, "destroy"), report);
  return codeOf(report);
}

/**
 * Runs a destroy or its preview (`run`). With `--run-program`, first compares the end settings of executions, such as
 * `onDelete`, in the program and in the state. A destroy uses the settings in the state. So if they differ, nothing is
 * destroyed, and the result is an error.
 */
async function whereEndsAgree(session: Session, run: () => Promise<EngineResult>): Promise<EngineResult> {
  const { request, surface, open } = session;
  if (!request.runProgram || (await recordedStack(open.stack)).executions.length === 0) return run();
  surface.print(
    "A preview of the program comes first, because a destroy uses what is recorded. Nothing of it is applied.",
  );
  const preview = await runEngine(session, (options) => open.stack.preview(options));
  // The steps are those of a preview of `up`, and none of them was done. So the result has no steps.
  const nothing = { steps: [], ended: [], counts: {} };
  if (preview.kind !== "succeeded") return { ...preview, observed: { ...preview.observed, ...nothing } };
  const differences = endDifferences(preview.observed);
  if (differences.length === 0) return run();
  const text = [new CiError("LYC5006").message, ...differenceLines(differences)].join("\n");
  surface.printError(text);
  const messages = [{ urn: undefined, severity: "error" as const, text }];
  return { kind: "failed", observed: { messages, printed: [], ...nothing }, reason: text, output: [] };
}
