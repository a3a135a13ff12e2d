/**
 * The rules of `lyceum-policy.yaml` for a policy pack of `@pulumi/policy`, which this package does not need.
 *
 * @packageDocumentation
 */
// Types are exported separately, because TypeScript 3.8, which Pulumi bundles, cannot parse an inline `type`.
export type { LyceumPolicyOptions } from "./policies";
export { lyceumPolicies } from "./policies";
export type { LyceumPolicy } from "./types";
