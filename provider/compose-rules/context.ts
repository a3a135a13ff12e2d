import type { ValidationContext } from "../../compose/rule";
import type { RemoteCode } from "./catalogue";

/** A document, as a rule of Lyceum sees it. */
export type RemoteContext = ValidationContext<RemoteCode>;

/** How images are asked for. Absent parts are not known. */
export type RegistryAccess =
  | { readonly type: "none" }
  | { readonly type: "basic"; readonly username?: string }
  | { readonly type: "aws"; readonly region?: string };

/** What is known of the run beside its text. A rule that needs what is absent says nothing. */
export interface RunContext {
  /** The machine of the run, such as `cpu` or `gpu.l40s`. */
  readonly executionType?: string;
  /** The credentials of the run. */
  readonly registry?: RegistryAccess;
  /** Whether somebody waits until the run has completed: a service that never ends then keeps it from that. */
  readonly untilCompleted?: boolean;
  /** Images will take the place of builds in this text (`images` of a project): what is built is judged then. */
  readonly givesImages?: boolean;
  /** Names of variables that are set. Without it, none is. */
  readonly variables?: ReadonlySet<string>;
}
