/** What a policy sees of a resource before it is created or updated. */
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

/** What a policy sees of a stack after a preview or an update. */
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
  /** Unique in a pack. */
  name: string;
  /** What it is about. */
  description: string;
  /** Whether a violation stops the command, or is a warning. */
  enforcementLevel: "mandatory" | "advisory";
  /** Evaluates it on a resource before anything is done to it. */
  validateResource: (resource: ValidatedResource, report: Report) => void;
  /** Evaluates it on all resources together. */
  validateStack?: (stack: ValidatedStack, report: Report) => Promise<void>;
}

/** What a policy is called, and what a violation of it does. */
export type PolicyHead = Pick<LyceumPolicy, "name" | "description" | "enforcementLevel">;
