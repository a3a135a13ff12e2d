/** A resource as a policy receives it, before it is created or updated. */
export interface ValidatedResource {
  /** The type of the resource. */
  readonly type: string;
  /** The URN of the resource. */
  readonly urn: string;
  /** The name of the resource. */
  readonly name: string;
  /** The inputs of the resource. */
  readonly props: { readonly [name: string]: unknown };
}

/** A stack as a policy receives it, after a preview or an update. */
export interface ValidatedStack {
  /** The resources of the stack, each with its outputs. */
  readonly resources: readonly ValidatedResource[];
}

/** Reports that something is not allowed. */
export type Report = (message: string, urn?: string) => void;

/**
 * A policy as `new PolicyPack` of `@pulumi/policy` takes it.
 *
 * @example
 * ```ts
 * import { type LyceumPolicy, lyceumPolicies } from "pulumi-lyceum/policy";
 *
 * const policies: LyceumPolicy[] = lyceumPolicies();
 * const names = policies.map(({ name }) => name);
 * ```
 */
export interface LyceumPolicy {
  /** The name, which is unique in a pack. */
  name: string;
  /** What the policy is about. */
  description: string;
  /** Whether a violation stops the command or is only a warning. */
  enforcementLevel: "mandatory" | "advisory";
  /** Evaluates the policy on a resource before anything is done to it. */
  validateResource: (resource: ValidatedResource, report: Report) => void;
  /** Evaluates the policy on all resources together. */
  validateStack?: (stack: ValidatedStack, report: Report) => Promise<void>;
}

/** The name of a policy, and what a violation of it does. */
export type PolicyHead = Pick<LyceumPolicy, "name" | "description" | "enforcementLevel">;
