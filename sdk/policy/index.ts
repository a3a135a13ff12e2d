/**
 * The rules of `lyceum-policy.yaml` for a policy pack of `@pulumi/policy`, which this package does not need.
 *
 * @packageDocumentation
 */
export { lyceumPolicies } from "./policies";
