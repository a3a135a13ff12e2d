/**
 * Makes the rules of `lyceum-policy.yaml` available to a policy pack of `@pulumi/policy`. This package does not depend
 * on `@pulumi/policy`.
 *
 * @packageDocumentation
 */
// Types are exported separately, because TypeScript 3.8, which Pulumi bundles, cannot parse an inline `type`.
export type { LyceumPolicyOptions } from "./policies";
export { lyceumPolicies } from "./policies";
export type { LyceumPolicy } from "./types";
