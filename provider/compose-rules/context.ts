import type { ValidationContext } from "../../compose/rule";
import type { RemoteCode } from "./catalogue";

/** The document and the facts that the rules of Lyceum use. */
export type RemoteContext = ValidationContext<RemoteCode>;

/** How the run can access the registry of its images. A field that is absent is unknown. */
export type RegistryAccess =
  | { readonly type: "none" }
  | { readonly type: "basic"; readonly username?: string }
  | { readonly type: "aws"; readonly region?: string };

/**
 * The facts about the run other than its Compose text. A rule reports nothing if a fact that the rule needs is missing.
 */
export interface RunContext {
  /** The machine of the run, such as `cpu` or `gpu.l40s`. */
  readonly executionType?: string;
  /** The registry credentials of the run. */
  readonly registry?: RegistryAccess;
  /**
   * Whether the run has `waitFor: "completed"`. Such a run never completes if one of its Compose services never ends.
   */
  readonly untilCompleted?: boolean;
  /** The job of the run (`job`), whose end ends the run. Absent if the run has no job. */
  readonly job?: string;
  /**
   * Whether the program replaces the builds in this text by images (`images` of a project). If so, the builds are
   * validated later.
   */
  readonly givesImages?: boolean;
  /** Whether the machine of the run certainly has the account's bucket at `/mnt/s3`. */
  readonly hasBucket?: boolean;
  /** Names of the variables that are set. If the field is absent, no variable is set. */
  readonly variables?: ReadonlySet<string>;
}
