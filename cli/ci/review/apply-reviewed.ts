import { NOT_REVIEWED, type PolicyChecks, REVIEW_VARIABLE, type Review } from "../../../provider/policy/reviewed";
import { CiError } from "../catalogue";
import { type EngineResult, runEngine, type Session } from "../stack/session";
import { beyond } from "./beyond";
import { differenceLines } from "./differences";
import { withPlanFile } from "./review-file";
import { reviewOf } from "./review-of";

/**
 * Runs an update that must not do more than a plan. The provider compares its executions with the plan before it starts
 * or ends a run. Steps of other resources are compared with the plan after the update, because nothing can stop the
 * providers of these resources.
 */
export async function updateWithin(session: Session, plan: Review): Promise<EngineResult> {
  const result = await updateWithPlan(session, plan);
  const more = beyond(plan, reviewOf(plan, result.observed, plan.salt));
  if (more.length === 0) return { ...result, isBeyond: wasRefused(result) };
  const text = [new CiError("LYC5013").message, ...differenceLines(more, "done")].join("\n");
  session.surface.printError(text);
  const message = { urn: undefined, severity: "error", text } as const;
  return {
    ...result,
    isBeyond: true,
    observed: { ...result.observed, messages: [...result.observed.messages, message] },
  };
}

/**
 * Runs an update under a policy, if there is no review. Some rules of a policy are evaluated only at the preview
 * (`plan`). For these rules (`checks`), the provider refuses an execution that differs from the preview.
 */
export function updateUnderPolicy(session: Session, plan: Review, checks: PolicyChecks): Promise<EngineResult> {
  return updateWithPlan(session, { ...plan, checks });
}

async function updateWithPlan({ open: { stack }, ...session }: Session, plan: Review): Promise<EngineResult> {
  const { envVars } = stack.workspace;
  return withPlanFile(plan, async (path) => {
    envVars[REVIEW_VARIABLE] = path;
    try {
      return await runEngine(session, (options) => stack.up(options));
    } finally {
      delete envVars[REVIEW_VARIABLE];
    }
  });
}

/** Returns whether the provider refused a step that is not in the plan. */
function wasRefused({ observed }: Pick<EngineResult, "observed">): boolean {
  return observed.messages.some(
    ({ severity, text }) => severity === "error" && text.includes(`${NOT_REVIEWED.code}: `),
  );
}
