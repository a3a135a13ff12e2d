import type { ValidationContext } from "../../compose/rule";
import type { RemoteCode } from "./catalogue";

/** The context of the rules of Lyceum. */
export type RemoteContext = ValidationContext<RemoteCode>;

/** The credentials with which the run pulls images. An absent field is unknown. */
export type RegistryAccess =
  | { readonly type: "none" }
  | { readonly type: "basic"; readonly username?: string }
  | { readonly type: "aws"; readonly region?: string };

/** Facts about the run that are not in its Compose text. A rule that needs a missing fact reports nothing. */
export interface RunContext {
  /** The machine of the run, such as `cpu` or `gpu.l40s`. */
  readonly executionType?: string;
  /** The registry credentials of the run. */
  readonly registry?: RegistryAccess;
  /**
   * Whether the run has `waitFor: "completed"`. Without `job`, such a run may never complete if one of its Compose
   * services never ends.
   */
  readonly untilCompleted?: boolean;
  /** The argument `job`: the job whose end ends the run. */
  readonly job?: string;
  /**
   * Whether the program or command sets `images`. An image replaces the `build` of its service. So if true, the rules
   * report a `build` only in the text that has these images.
   */
  readonly givesImages?: boolean;
  /** Whether the run's machine certainly has the account's bucket at `/mnt/s3`. */
  readonly hasBucket?: boolean;
  /** The names of the given variables, such as `TAG` in `variables: {TAG: …}` or `--variable TAG=…`. Default: none. */
  readonly variables?: ReadonlySet<string>;
}
