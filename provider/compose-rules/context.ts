import type { ValidationContext } from "../../compose/rule";
import type { RemoteCode } from "./catalogue";

/** A document for the rules of Lyceum. */
export type RemoteContext = ValidationContext<RemoteCode>;

/** How the run can access the registry of the images. Absent parts are unknown. */
export type RegistryAccess =
  | { readonly type: "none" }
  | { readonly type: "basic"; readonly username?: string }
  | { readonly type: "aws"; readonly region?: string };

/** The facts about the run other than its text. If a rule lacks a fact that it needs, it reports nothing. */
export interface RunContext {
  /** The machine of the run, such as `cpu` or `gpu.l40s`. */
  readonly executionType?: string;
  /** The credentials of the run. */
  readonly registry?: RegistryAccess;
  /** Whether the run has `waitFor: "completed"`. A service that never ends would prevent this. */
  readonly untilCompleted?: boolean;
  /**
   * Whether images will replace the builds in this text (`images` of a project). Then the builds are validated later.
   */
  readonly givesImages?: boolean;
  /** Names of the variables that are set. If absent, none is set. */
  readonly variables?: ReadonlySet<string>;
}
