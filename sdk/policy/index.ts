/**
 * The rules of `lyceum-policy.yaml` for a policy pack of `@pulumi/policy`. This package does not depend on
 * `@pulumi/policy`.
 *
 * @packageDocumentation
 */
// Types have their own export, because TypeScript 3.8, which Pulumi bundles, cannot parse an inline `type`.
export type { LyceumPolicyOptions } from "./policies";
export { lyceumPolicies } from "./policies";
export type { LyceumPolicy } from "./types";
