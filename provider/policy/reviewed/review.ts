import type { PolicyChecks } from "./policy-checks";
import type { ReviewedValue, ReviewedValues } from "./values";

/** The first keys of a review file. `version` changes only when an older package can no longer read the file. */
export const REVIEW_FORMAT = { format: "pulumi-lyceum review", version: 1 } as const;

/** What a preview showed. `ci apply --reviewed` compares this review with its own preview. */
export interface Review {
  readonly project: string;
  readonly stack: string;
  /** The key for the digests in this review. */
  readonly salt: string;
  /**
   * What must be the same in the update as in this preview, because of a policy. Absent in a review that a person has
   * read: in that case, everything must be the same.
   */
  readonly checks?: PolicyChecks;
  readonly executions: readonly ReviewedExecution[];
  readonly resources: readonly ReviewedResource[];
}

/** What a command does with an execution. */
export type ReviewedAction = "start" | "adopt" | "replace" | "update" | "delete" | "keep";

/** An execution in a review. */
export interface ReviewedExecution {
  readonly urn: string;
  readonly action: ReviewedAction;
  /** The id of the run that the action aborts. */
  readonly aborts?: string;
  /**
   * Set if the action is `update`, and the update may start a run: an earlier start got no clear answer, and if the
   * update does not find its run, it starts one.
   */
  readonly mayStart?: true;
  /** The ids of the resources that the action deletes from the state, and the ids of the runs of these resources. */
  readonly ends: readonly string[];
  /** Whether the engine plans only the step `same` for the execution, and the inputs are the same as in the state. */
  readonly isUnchanged: boolean;
  /** The URN in the state, if an alias renames the resource. */
  readonly from?: string;
  /** The id of the run that the resource option `import` puts into the state. */
  readonly imports?: string;
  /** The URN of the execution's provider. Absent if the execution is deleted. */
  readonly provider?: string;
  /** The Compose document and the arguments. Empty if the execution is deleted. */
  readonly inputs: ReviewedValues;
}

/**
 * A change of a property. The old value is absent if the property is new, and the new value is absent if the property
 * is removed. A value is also absent if the engine does not report it.
 */
export interface ReviewedChange {
  readonly from?: ReviewedValue;
  readonly to?: ReviewedValue;
}

/**
 * One action on a resource that is not an execution. For a resource with several actions, a review has several of these
 * objects.
 */
export interface ReviewedResource {
  readonly urn: string;
  /**
   * A key of `RESOURCE_ACTIONS` (`cli/ci/stack/resources.ts`), or Pulumi's name of an operation that this package does
   * not know.
   */
  readonly action: string;
  /** The digest of the resource's id in the state. */
  readonly id?: string;
  /** The digest of the id that the resource option `import` puts into the state. */
  readonly imports?: string;
  /** The URN in the state, if an alias renames the resource. */
  readonly from?: string;
  /** Set if the action is `delete`, but only removes the resource from the state, because of `retainOnDelete`. */
  readonly stays?: true;
  /** The URN of the provider. Absent if the resource is deleted, or has no provider. */
  readonly provider?: string;
  /**
   * The inputs, if the action is `create`, `replace` or `import`. Otherwise empty. The input `FILES_MANIFEST` is left
   * out, because the times in it differ on each machine.
   */
  readonly inputs: ReviewedValues;
  /** The properties that change in an update or a replacement, by their paths. */
  readonly changes: Readonly<Record<string, ReviewedChange>>;
}
