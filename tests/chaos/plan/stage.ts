import type { ServiceCell, SignalCell, SurgeryCell } from "./cells";
import type { Edit } from "./edit";

/** The stacks of one project in a run: two in the first backend, and the same two in a copy of it. */
export const STACKS = ["dev", "other", "dev of the copy", "other of the copy"] as const;

/** One of {@link STACKS}. */
export type StackId = (typeof STACKS)[number];

/** The targets of a command (`--target`). */
export interface Targets {
  readonly names: readonly string[];
  /** Whether the resource with the stack's secret is a target as well, if the host has one. */
  readonly withScope: boolean;
}

/** One goal of a person for a stack, with faults for the first command and for the commands that recover. */
export interface CommandStage {
  readonly title: string;
  readonly stack: StackId;
  readonly command: "up" | "destroy";
  /** How the stack's program changes before. */
  readonly edit?: Edit;
  readonly targets?: Targets;
  readonly signal?: SignalCell;
  readonly faults: readonly ServiceCell[];
  readonly faultsOfRecovery: readonly ServiceCell[];
  /** After a failed first command, the next stage begins. */
  readonly abandons?: boolean;
  /** The cell that is done after this stage. */
  readonly counts?: SurgeryCell;
}

/** Changes of states by hand, between commands. */
export type Surgery =
  | { readonly kind: "move"; readonly names: readonly string[]; readonly to: StackId }
  | { readonly kind: "rename"; readonly name: string; readonly to: string }
  | { readonly kind: "delete"; readonly names: readonly string[] }
  /** The whole folder of the backend, or only this stack with `stack export` and `stack import`. */
  | { readonly kind: "copy"; readonly by: "folder" | "import" }
  /** Stores the state for a later `restore`. */
  | { readonly kind: "export" }
  | { readonly kind: "restore" };

/** State surgery on a stack. */
export interface SurgeryStage {
  readonly title: string;
  readonly stack: StackId;
  readonly surgery: Surgery;
  /** The cell that is done after it. */
  readonly counts?: SurgeryCell;
}

/** One step of a plan. */
export type Stage = CommandStage | SurgeryStage;

/** Everything in a run that the script decides. */
export interface Plan {
  readonly stages: readonly Stage[];
}
