import type { PolicySubject } from "../../provider/policy";
import { adoptsRun, isExecutionType, subjectOf } from "../../provider/policy/declared";
import { readUrn } from "../../provider/schema";
import { RECORDED_DEFAULTS } from "../../provider/schema/wire-forms";
import type { ValidatedResource } from "./types";

/**
 * Whether a resource is an execution that does not adopt an existing run. Policies are evaluated only on these
 * resources.
 */
export function isEvaluated({ type, props }: ValidatedResource): boolean {
  return isExecutionType(type) && !adoptsRun(props);
}

/**
 * Returns a resource as Pulumi passes it to `validateResource`: without the defaults that `check` has recorded. Pulumi
 * passes these defaults only to a remediation. They come from the state, and may contain the machine that an earlier
 * remediation chose. The remediation could then miss a violation that `validateResource` finds.
 */
export function asValidated(resource: ValidatedResource): ValidatedResource {
  const props = new Proxy(resource.props, {
    get: (inputs, name) => (name === RECORDED_DEFAULTS ? undefined : inputs[String(name)]),
  });
  return { ...resource, props };
}

/**
 * Returns an execution in the form that the rules need. Secrets are in plaintext, because Pulumi passes plaintext to a
 * policy pack.
 */
export function subjectIn({ name, urn, props }: ValidatedResource): PolicySubject {
  return subjectOf({ name, stack: readUrn(urn)?.stack ?? "" }, props, true);
}
