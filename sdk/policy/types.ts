/** A resource as a policy receives it, before the resource is created or updated. */
export interface ValidatedResource {
  /** The type of the resource. */
  readonly type: string;
  /** The URN of the resource. */
  readonly urn: string;
  /** The name of the resource. */
  readonly name: string;
  /** The inputs of the resource. */
  readonly props: { readonly [name: string]: unknown };
  /** The provider resource that the resource uses. */
  readonly provider?: {
    /** The type of the provider. */
    readonly type: string;
    /** The name of the provider. */
    readonly name: string;
    /** The inputs of the provider. */
    readonly props: { readonly [name: string]: unknown };
  };
}

/** A resource whose inputs a policy may change. */
export interface RemediatedResource extends ValidatedResource {
  /** The inputs of the resource, which a policy may change. */
  readonly props: Record<string, unknown>;
}

/** A stack as a policy receives it, after a preview or an update. */
export interface ValidatedStack {
  /** The resources of the stack, each with its outputs. */
  readonly resources: readonly ValidatedResource[];
}

/** Reports a violation of a policy. */
export type Report = (message: string, urn?: string) => void;

/**
 * A policy in the form that `new PolicyPack` of `@pulumi/policy` accepts.
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
  /** The name of the policy, which is unique in a pack. */
  name: string;
  /** A description of what the policy requires. */
  description: string;
  /** Whether a violation stops the command, is only a warning, or is remediated. */
  enforcementLevel: "mandatory" | "advisory" | "remediate";
  /** Evaluates the policy on a resource, before the engine creates or changes the resource. */
  validateResource: (resource: ValidatedResource, report: Report) => void;
  /** Changes inputs of the resource in place, and returns them. Returns `undefined` if it changes nothing. */
  remediateResource?: (resource: RemediatedResource) => Record<string, unknown> | undefined;
  /** Evaluates the policy on all resources of a stack together. */
  validateStack?: (stack: ValidatedStack, report: Report) => Promise<void>;
}

/** The name, the description and the enforcement level of a policy. */
export type PolicyHead = Pick<LyceumPolicy, "name" | "description" | "enforcementLevel">;
