import type { PolicySubject } from "../../provider/policy";
import { adoptsRun, isExecutionType, subjectOf } from "../../provider/policy/declared";
import { readUrn } from "../../provider/schema";
import type { ValidatedResource } from "./types";

/** Whether policies are evaluated on a resource: it is an execution, and it does not adopt an existing run. */
export function isEvaluated({ type, props }: ValidatedResource): boolean {
  return isExecutionType(type) && !adoptsRun(props);
}

/** Returns an execution in the form that the rules need. Pulumi passes secrets to a policy pack in plaintext. */
export function subjectIn({ name, urn, props }: ValidatedResource): PolicySubject {
  return subjectOf({ name, stack: readUrn(urn)?.stack ?? "" }, props, true);
}
