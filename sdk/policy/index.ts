/**
 * The rules of `lyceum-policy.yaml` for a policy pack of `@pulumi/policy`, which this package does not need.
 *
 * @packageDocumentation
 */
// Types stand apart: an inline `type` would not parse with the TypeScript 3.8 that Pulumi bundles.
export type { LyceumPolicyOptions } from "./policies";
export { lyceumPolicies } from "./policies";
export type { LyceumPolicy } from "./types";
