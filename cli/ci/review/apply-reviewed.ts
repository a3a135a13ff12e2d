import { NOT_REVIEWED, REVIEW_VARIABLE, type Review } from "../../../provider/policy/reviewed";
import { CiError } from "../catalogue";
import { type EngineResult, runEngine, type Session } from "../stack/session";
import { beyond } from "./beyond";
import { differenceLines } from "./differences";
import { withPlanFile } from "./review-file";
import { reviewOf } from "./review-of";

/**
 * Runs an update that must not go beyond a plan. The provider compares its executions with the plan before it starts
 * or ends a run. Steps of other resources are compared afterwards, because nothing can stop their providers.
 */
export async function updateWithin(session: Session, plan: Review): Promise<EngineResult> {
  const { stack } = session.open;
  const { envVars } = stack.workspace;
  const result = await withPlanFile(plan, async (path) => {
    envVars[REVIEW_VARIABLE] = path;
    try {
      return await runEngine(session, (options) => stack.up(options));
    } finally {
      delete envVars[REVIEW_VARIABLE];
    }
  });
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

/** Returns whether the provider refused to go beyond the plan. */
function wasRefused({ observed }: Pick<EngineResult, "observed">): boolean {
  return observed.messages.some(
    ({ severity, text }) => severity === "error" && text.includes(`${NOT_REVIEWED.code}: `),
  );
}
