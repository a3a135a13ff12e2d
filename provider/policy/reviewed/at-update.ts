import { readFileSync } from "node:fs";
import type { CheckFailure, Properties } from "../../schema";
import { adoptsRun } from "../declared/document";
import { executionLeaves } from "./execution";
import { isWithin } from "./leaves";
import { parseReview } from "./parse-review";
import type { Review } from "./review";
import { differentValues, valuesOf, valueText } from "./values";

/**
 * The environment variable in which `ci apply` passes the path of a plan file to the provider. The plan comes from the
 * preview. The program runs again for the update, so only the provider can compare the update with the plan. `ci apply`
 * sets the variable if a review or a policy needs this comparison.
 */
export const REVIEW_VARIABLE = "LYCEUM_REVIEWED_PLAN";

/** The error of an execution that differs from the reviewed plan at the update. */
export const NOT_REVIEWED = {
  code: "LYC5012",
  title: "The update would go beyond what was reviewed",
  remedy:
    "The program, its files or a run have changed since the preview of this command. Make the program independent of time and of chance, or preview the change again with `ci preview --save`, and have it reviewed.",
} as const;

/**
 * The error if the update of an execution differs from the preview that the same command has made before. The policy
 * has checked only what this preview showed.
 */
export const NOT_PREVIEWED = {
  code: "LYC5014",
  title: "The update would do something that the policy has not checked",
  remedy:
    "The preview of this command did not show it, for example because the program declares the execution inside `apply`. Declare it outside, with values that are known at the preview and the same in each run of the program.",
} as const;

/** The largest number of values in the message of an error. */
const MOST_NAMED = 5;

/** The execution that the provider checks. */
interface Checked {
  readonly urn: string;
  readonly values: Properties;
  /** Whether the update creates the resource. A replacement creates a resource too. */
  readonly isNew: boolean;
}

/**
 * Returns the failures of a check. If there are no failures but the execution differs from the plan, returns one
 * failure that explains the difference.
 */
export function withUnreviewed(failures: readonly CheckFailure[], checked: Checked): readonly CheckFailure[] {
  if (failures.length > 0) return failures;
  const plan = plannedHere();
  const reason = plan === undefined ? undefined : whyUnreviewed(plan, checked);
  return reason === undefined ? failures : [{ property: "", reason }];
}

/**
 * Returns the error if the plan does not allow the deletion of a resource. Undefined if the plan allows the deletion,
 * or if the command has no plan.
 *
 * @param ids as for {@link whyEndUnreviewed}
 */
export function unreviewedEnd(...ids: readonly string[]): { code: string; message: string } | undefined {
  const plan = plannedHere();
  const message = plan === undefined ? undefined : whyEndUnreviewed(plan, ids);
  return message === undefined ? undefined : { code: message.slice(0, NOT_REVIEWED.code.length), message };
}

/**
 * Returns why a plan does not allow the deletion of a resource. Undefined if the plan allows the deletion.
 *
 * @param plan the plan, or a text that explains why the plan cannot be read
 * @param ids the id of the resource and the id of its run; after a start without a clear answer, the id of the resource
 * is only a placeholder
 */
export function whyEndUnreviewed(plan: Review | string, ids: readonly string[]): string | undefined {
  if (typeof plan === "string") return plan;
  if (plan.checks?.ends === false) return undefined;
  const ended = new Set(plan.executions.flatMap(({ ends }) => ends));
  if (ids.some((id) => id !== "" && ended.has(id))) return undefined;
  return said("the preview did not delete this execution, so its run is kept", plan);
}

/** Returns why an execution differs from a plan. Undefined if the plan allows the execution as it is. */
export function whyUnreviewed(plan: Review | string, { urn, values, isNew }: Checked): string | undefined {
  if (typeof plan === "string") return plan;
  const planned = plan.executions.find((one) => one.urn === urn && one.action !== "delete");
  const { checks } = plan;
  // The rules of a policy are about runs that start and documents that are sent. Nothing is compared with the preview
  // in two cases: an adoption does neither, or the rules check neither.
  if (checks !== undefined && (adoptsRun(values) || (!checks.starts && checks.compares.length === 0))) return undefined;
  if (planned === undefined) return said("the preview did not have this execution", plan);
  const starts = checks === undefined ? STARTS : STARTS_UNDER_POLICY;
  if (isNew && checks?.starts !== false && !starts.includes(planned.action)) {
    return said("the preview started no run for this execution, and the update would", plan);
  }
  const different = differentValues(planned.inputs, valuesOf(executionLeaves(values), plan.salt), true).filter(
    ({ path }) => checks === undefined || checks.compares.some((outer) => isWithin(path, outer)),
  );
  if (different.length === 0) return undefined;
  // The message shows only the reviewed value. The new value may be a secret, because a provider receives secrets in
  // plaintext.
  const names = different
    .slice(0, MOST_NAMED)
    .map(({ path, reviewed }) =>
      reviewed === undefined ? `${path} is given` : `${path} is not ${valueText(reviewed)}`,
    );
  const more = different.length > MOST_NAMED ? `, and ${different.length - MOST_NAMED} more values differ` : "";
  return said(`other than in the preview, ${names.join(", ")}${more}`, plan);
}

const STARTS: readonly string[] = ["start", "adopt", "replace"];
/** The actions that count as a start under a policy. An adoption does not count. */
const STARTS_UNDER_POLICY: readonly string[] = ["start", "replace"];

function said(what: string, { checks }: Pick<Review, "checks"> = {}): string {
  const { code, remedy } = checks === undefined ? NOT_REVIEWED : NOT_PREVIEWED;
  return `${code}: ${what}. ${remedy}`;
}

let known: { readonly path: string; readonly plan: Review | string } | undefined;

/** The plan of this command, or the reason why it cannot be read. Undefined if the command has no plan. */
function plannedHere(): Review | string | undefined {
  const path = process.env[REVIEW_VARIABLE];
  if (!path) return undefined;
  if (known?.path !== path) known = { path, plan: readPlan(path) };
  return known.plan;
}

function readPlan(path: string): Review | string {
  try {
    const parsed = parseReview(readFileSync(path, "utf8"));
    return parsed.kind === "review" ? parsed.review : said(`the plan of this command ${parsed.reason}`);
  } catch {
    return said(`${REVIEW_VARIABLE} names a file that cannot be read`);
  }
}
