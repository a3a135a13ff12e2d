import type { ServiceCell, SignalCell, SurgeryCell } from "./cells";
import type { Edit } from "./edit";

/** The stacks of one project that a run may have: two in the backend that it begins with, and the same two in a copy of it. */
export const STACKS = ["dev", "other", "dev of the copy", "other of the copy"] as const;

/** One of {@link STACKS}. */
export type StackId = (typeof STACKS)[number];

/** Which resources a command is limited to (`--target`). */
export interface Targets {
  readonly names: readonly string[];
  /** Whether the resource that holds the stack's secret is a target as well, where the host has one. */
  readonly withScope: boolean;
}

/** One thing that a person wants of a stack, and what gets in the way of the first command and of those that fix it. */
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
  /** A first command that fails is not tried again: the next stage begins. */
  readonly abandons?: boolean;
  /** What has come up once this stage is done. */
  readonly counts?: SurgeryCell;
}

/** What a person does to states by hand, between commands. */
export type Surgery =
  | { readonly kind: "move"; readonly names: readonly string[]; readonly to: StackId }
  | { readonly kind: "rename"; readonly name: string; readonly to: string }
  | { readonly kind: "delete"; readonly names: readonly string[] }
  /** All of the backend's folder, or this stack alone by `stack export` and `stack import`. */
  | { readonly kind: "copy"; readonly by: "folder" | "import" }
  /** Keeps the state for a later `restore`. */
  | { readonly kind: "export" }
  | { readonly kind: "restore" };

/** State surgery on a stack. */
export interface SurgeryStage {
  readonly title: string;
  readonly stack: StackId;
  readonly surgery: Surgery;
  /** What has come up once it is done. */
  readonly counts?: SurgeryCell;
}

/** One step of a plan. */
export type Stage = CommandStage | SurgeryStage;

/** Everything that one run does, as far as the script decides it. */
export interface Plan {
  readonly stages: readonly Stage[];
}
