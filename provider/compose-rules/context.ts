import type { ValidationContext } from "../../compose/rule";
import type { RemoteCode } from "./catalogue";

/** A document for the rules of Lyceum. */
export type RemoteContext = ValidationContext<RemoteCode>;

/** The access to the registry of the images. Absent parts are unknown. */
export type RegistryAccess =
  | { readonly type: "none" }
  | { readonly type: "basic"; readonly username?: string }
  | { readonly type: "aws"; readonly region?: string };

/** The facts of the run besides its text. A rule without the facts that it needs reports nothing. */
export interface RunContext {
  /** The machine of the run, such as `cpu` or `gpu.l40s`. */
  readonly executionType?: string;
  /** The credentials of the run. */
  readonly registry?: RegistryAccess;
  /** Whether the run is awaited until it has completed, which a service without an end prevents. */
  readonly untilCompleted?: boolean;
  /**
   * Whether images will replace the builds of this text (`images` of a project). Then the builds are validated later.
   */
  readonly givesImages?: boolean;
  /** Names of the set variables. Without it, none is set. */
  readonly variables?: ReadonlySet<string>;
}
