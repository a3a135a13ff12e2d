import type { ServiceCell, SignalCell, SurgeryCell } from "./cells";
import type { Edit } from "./edit";

/**
 * The stacks of one project in a chaos run: two stacks in the first backend, and the same two in a copy of this
 * backend.
 */
export const STACKS = ["dev", "other", "dev of the copy", "other of the copy"] as const;

/** One of {@link STACKS}. */
export type StackId = (typeof STACKS)[number];

/** The targets of a command (`--target`). */
export interface Targets {
  readonly names: readonly string[];
  /** Whether the resource with the stack's secret is also a target. Only one host has such a resource. */
  readonly withScope: boolean;
}

/**
 * A command that a person wants to succeed. The faults happen during the first attempt, and during the attempts that
 * recover from it.
 */
export interface CommandStage {
  readonly title: string;
  readonly stack: StackId;
  readonly command: "up" | "destroy";
  /** How the program of the stack changes before this command. */
  readonly edit?: Edit;
  readonly targets?: Targets;
  readonly signal?: SignalCell;
  readonly faults: readonly ServiceCell[];
  readonly faultsOfRecovery: readonly ServiceCell[];
  /** Whether the next step begins without recovery, even if the first attempt fails. */
  readonly abandons?: boolean;
  /** The cell that is complete after this step. */
  readonly counts?: SurgeryCell;
}

/** Changes of states by hand, between two commands. */
export type Surgery =
  | { readonly kind: "move"; readonly names: readonly string[]; readonly to: StackId }
  | { readonly kind: "rename"; readonly name: string; readonly to: string }
  | { readonly kind: "delete"; readonly names: readonly string[] }
  /**
   * `by` shows what is copied: the whole folder of the backend, or only this stack with `stack export` and `stack
   * import`.
   */
  | { readonly kind: "copy"; readonly by: "folder" | "import" }
  /** Stores the state for a later `restore`. */
  | { readonly kind: "export" }
  | { readonly kind: "restore" };

/** A change of a stack's state. */
export interface SurgeryStage {
  readonly title: string;
  readonly stack: StackId;
  readonly surgery: Surgery;
  /** The cell that this change completes. */
  readonly counts?: SurgeryCell;
}

/** One step of a plan. */
export type Stage = CommandStage | SurgeryStage;

/** Everything that the plan decides about a chaos run. */
export interface Plan {
  readonly stages: readonly Stage[];
}
