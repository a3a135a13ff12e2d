import type { ServiceCell, SignalCell, SurgeryCell } from "./cells";
import type { Edit } from "./edit";

/** The stacks of one project in a chaos run: two in the first backend, and the same two in a copy of this backend. */
export const STACKS = ["dev", "other", "dev of the copy", "other of the copy"] as const;

/** One of {@link STACKS}. */
export type StackId = (typeof STACKS)[number];

/** The targets of a command (`--target`). */
export interface Targets {
  readonly names: readonly string[];
  /** Whether the resource with the stack's secret is a target too, if the host has one. */
  readonly withScope: boolean;
}

/** What a person wants to reach with a stack. The first command, and the commands that recover from it, have faults. */
export interface CommandStage {
  readonly title: string;
  readonly stack: StackId;
  readonly command: "up" | "destroy";
  /** How the program of the stack changes before the stage. */
  readonly edit?: Edit;
  readonly targets?: Targets;
  readonly signal?: SignalCell;
  readonly faults: readonly ServiceCell[];
  readonly faultsOfRecovery: readonly ServiceCell[];
  /** If the first command fails, the next stage begins, without recovery. */
  readonly abandons?: boolean;
  /** The cell that is complete after this stage. */
  readonly counts?: SurgeryCell;
}

/** Changes of states by hand, between two commands. */
export type Surgery =
  | { readonly kind: "move"; readonly names: readonly string[]; readonly to: StackId }
  | { readonly kind: "rename"; readonly name: string; readonly to: string }
  | { readonly kind: "delete"; readonly names: readonly string[] }
  /** What is copied: the whole folder of the backend, or only this stack with `stack export` and `stack import`. */
  | { readonly kind: "copy"; readonly by: "folder" | "import" }
  /** Stores the state for a later `restore`. */
  | { readonly kind: "export" }
  | { readonly kind: "restore" };

/** State surgery on a stack. */
export interface SurgeryStage {
  readonly title: string;
  readonly stack: StackId;
  readonly surgery: Surgery;
  /** The cell that is complete after this action. */
  readonly counts?: SurgeryCell;
}

/** One step of a plan. */
export type Stage = CommandStage | SurgeryStage;

/** Everything in a chaos run that the plan decides. */
export interface Plan {
  readonly stages: readonly Stage[];
}
