import type { PolicySubject } from "../../provider/policy";
import { adoptsRun, isExecutionType, subjectOf } from "../../provider/policy/declared";
import { readUrn } from "../../provider/schema";
import type { ValidatedResource } from "./types";

/** Whether a policy is evaluated on a resource: it is an execution, and does not adopt a run. */
export function isEvaluated({ type, props }: ValidatedResource): boolean {
  return isExecutionType(type) && !adoptsRun(props);
}

/** An execution in the form that the rules need. Pulumi passes secrets in plaintext to a policy pack. */
export function subjectIn({ name, urn, props }: ValidatedResource): PolicySubject {
  return subjectOf({ name, stack: readUrn(urn)?.stack ?? "" }, props, true);
}
