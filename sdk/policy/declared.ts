import type { PolicySubject } from "../../provider/policy";
import { adoptsRun, isExecutionType, subjectOf } from "../../provider/policy/declared";
import { readUrn } from "../../provider/schema";
import { RECORDED_DEFAULTS } from "../../provider/schema/wire-forms";
import type { ValidatedResource } from "./types";

/** Whether policies are evaluated on a resource: it is an execution, and it does not adopt an existing run. */
export function isEvaluated({ type, props }: ValidatedResource): boolean {
  return isExecutionType(type) && !adoptsRun(props);
}

/**
 * Returns a resource as Pulumi passes it to `validateResource`: without the defaults that `check` has recorded, which
 * only a remediation receives. The recorded defaults come from the state, and may contain the machine of an earlier
 * remediation.
 */
export function asValidated(resource: ValidatedResource): ValidatedResource {
  const props = new Proxy(resource.props, {
    get: (inputs, name) => (name === RECORDED_DEFAULTS ? undefined : inputs[String(name)]),
  });
  return { ...resource, props };
}

/** Returns an execution in the form that the rules need. Pulumi passes secrets to a policy pack in plaintext. */
export function subjectIn({ name, urn, props }: ValidatedResource): PolicySubject {
  return subjectOf({ name, stack: readUrn(urn)?.stack ?? "" }, props, true);
}
